import type { FastifyReply, FastifyRequest } from 'fastify'
import { validate } from 'uuid'
import type { Database } from '../database/connect.ts'
import { findDiscussed, findThread, readInContext, type DiscussedArticle } from '../threads/index.ts'
import { settingOf } from './setting.ts'

/**
 * The comment that an address names, as everybody sees it, with what is around it and what its page needs.
 * @param named as it stands in the address
 * @returns null where there is no such comment to be seen
 */
export async function commentNamed(
  db: Database,
  named: string,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const id = named.toLowerCase()
  const context = validate(id) ? await readInContext(db, id) : null
  const comment = context?.comments.find((one) => one.id === id)
  const found = context && (await findThread(db, context.threadId))
  const article = found && (await findDiscussed(db, found.articleId))
  if (!comment || !article) return null
  const { comments } = context
  return { comment, comments, thread: found.thread, setting: await settingOf(db, request, reply, article) }
}

/**
 * The article of a comment that was erased, and that had been there for others to see.
 * @param named as it stands in the address
 */
export async function findErased(db: Database, named: string): Promise<DiscussedArticle | null> {
  if (!validate(named)) return null
  const erased = await db
    .selectFrom('comment')
    .innerJoin('comment_revision as latest', (join) =>
      join
        .onRef('latest.site_id', '=', 'comment.site_id')
        .onRef('latest.comment_id', '=', 'comment.id')
        .onRef('latest.number', '=', 'comment.latest_revision'),
    )
    .select('comment.article_id')
    .where('comment.id', '=', named)
    .where('comment.announced', '=', true)
    .where('latest.state', '=', 'ERASED')
    .executeTakeFirst()
  return erased ? await findDiscussed(db, erased.article_id) : null
}
