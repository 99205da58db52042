import type { CommentView } from '../../core/contract/threads.ts'
import type { Database } from '../database/connect.ts'
import { selectComments, viewComment } from './view.ts'

/** Events looked at for so many comments: edits and decisions are events too. */
const eventsFor = 4

/**
 * The comments of an article that appeared or changed last, as everybody sees them, the newest change first.
 * @param threadId of one thread only, where it is given
 */
export async function latestComments(
  db: Database,
  at: { siteId: string; articleId: string; threadId?: string },
  limit: number,
): Promise<CommentView[]> {
  const recent = await db
    .selectFrom('event')
    .select('comment_id')
    .where('site_id', '=', at.siteId)
    .where('article_id', '=', at.articleId)
    .where('comment_id', 'is not', null)
    .orderBy('seq', 'desc')
    .limit(limit * eventsFor)
    .execute()
  const ids = [...new Set(recent.flatMap(({ comment_id }) => comment_id ?? []))]
  if (ids.length === 0) return []
  const { threadId } = at
  const rows = await selectComments(db)
    .where('comment.site_id', '=', at.siteId)
    .where('comment.shown_revision', 'is not', null)
    .$if(threadId === undefined, (query) => query.where('comment.id', 'in', ids))
    .$if(threadId !== undefined, (query) => query.where('comment.thread_id', '=', threadId ?? ''))
    .orderBy('comment.id', 'desc')
    .limit(limit * eventsFor)
    .execute()
  const views = rows.flatMap((row) => viewComment(row, null) ?? [])
  return views.sort((a, b) => changeOf(b).localeCompare(changeOf(a))).slice(0, limit)
}

/** When a comment appeared or was last changed, ISO 8601. */
export const changeOf = ({ createdAt, editedAt }: CommentView): string => editedAt ?? createdAt
