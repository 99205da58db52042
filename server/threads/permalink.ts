import { sql } from 'kysely'
import type { CommentView, ThreadHead } from '../../core/contract/threads.ts'
import { publishedAt } from '../articles/index.ts'
import {
  selectComments,
  selectThreads,
  viewComment,
  viewThread,
  type CommentFacts,
} from '../comments/index.ts'
import type { Database } from '../database/connect.ts'

/** Comments shown around the one that a link names. */
const mostAbove = 20
const mostBelow = 50

/** An article as its discussion's pages need it. */
export interface DiscussedArticle {
  siteId: string
  id: string
  title: string
  url: string | null
  slug: string
  language: string | null
  direction: 'ltr' | 'rtl' | 'auto'
  seq: number
  /** When it came out; where that is not known, when it came here. */
  publishedAt: Date
  /** Whether the server has its text, to be read here. */
  isReadable: boolean
}

/** @returns the article with this id, of any site; or null */
export async function findDiscussed(db: Database, id: string): Promise<DiscussedArticle | null> {
  const article = await db
    .selectFrom('article')
    .select(['site_id', 'id', 'title', 'url', 'slug', 'language', 'direction', 'seq', 'revision'])
    .select(publishedAt)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!article) return null
  const { site_id: siteId, revision, ...rest } = article
  return { ...rest, siteId, isReadable: revision > 0 }
}

/** @returns a thread with its article's id, as everybody may see it; or null */
export async function findThread(
  db: Database,
  id: string,
): Promise<{ articleId: string; siteId: string; thread: ThreadHead } | null> {
  const row = await selectThreads(db)
    .select(['thread.site_id', 'thread.article_id'])
    .where('thread.id', '=', id)
    .where('thread.comment_count', '>', 0)
    .executeTakeFirst()
  return row ? { articleId: row.article_id, siteId: row.site_id, thread: viewThread(row) } : null
}

/** A comment as everybody may see it, with those it answers and the first of those that answer it. */
export async function readInContext(
  db: Database,
  commentId: string,
): Promise<{ siteId: string; threadId: string; comments: CommentView[] } | null> {
  const { rows } = await sql<{ id: string; site_id: string; thread_id: string }>`
    with recursive above as (
      select id, site_id, thread_id, parent_id, 0 as steps from comment
      where id = ${commentId} and shown_revision is not null
      union all
      select parent.id, parent.site_id, parent.thread_id, parent.parent_id, steps + 1
      from above join comment as parent on parent.site_id = above.site_id and parent.id = above.parent_id
      where steps < ${mostAbove}
    ), below as (
      select reply.id, reply.site_id, reply.thread_id from above
      join comment as reply on reply.site_id = above.site_id and reply.parent_id = above.id
      where above.steps = 0 and reply.shown_revision is not null
      order by reply.id limit ${mostBelow}
    )
    select id, site_id, thread_id from above union all select id, site_id, thread_id from below
  `.execute(db)
  const [first] = rows
  if (!first) return null
  const facts: CommentFacts[] = await selectComments(db)
    .where('comment.site_id', '=', first.site_id)
    .where(
      'comment.id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('comment.id')
    .execute()
  return {
    siteId: first.site_id,
    threadId: first.thread_id,
    comments: facts.flatMap((row) => viewComment(row, null) ?? []),
  }
}
