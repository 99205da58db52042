import type { ChangeFrame } from '../../core/contract/live.ts'
import type { Database } from '../database/connect.ts'
import { selectComments, viewComment, viewThread } from './view.ts'

/** One event, ready to send: the frame for everybody, and the author's own, each serialised once. */
export interface Change {
  seq: number
  frame: string
  authorId: string
  authorFrame: string
}

/**
 * An article's events after a number, in order and without gaps, shown as their comments are now. Showing the
 * present state keeps what was erased or hidden meanwhile out of replays; applying one twice changes nothing.
 * @param limit the most events to give
 */
export async function changesAfter(
  db: Database,
  article: { siteId: string; articleId: string },
  after: number,
  limit: number,
): Promise<Change[]> {
  const rows = await selectComments(db)
    .innerJoin('event', (join) =>
      join.onRef('event.site_id', '=', 'comment.site_id').onRef('event.comment_id', '=', 'comment.id'),
    )
    .innerJoin('thread', (join) =>
      join.onRef('thread.site_id', '=', 'comment.site_id').onRef('thread.id', '=', 'comment.thread_id'),
    )
    .select(['event.seq', 'thread.anchor', 'thread.comment_count', 'thread.created_at as thread_created_at'])
    .where('event.site_id', '=', article.siteId)
    .where('event.article_id', '=', article.articleId)
    .where('event.seq', '>', after)
    .orderBy('event.seq')
    .limit(limit)
    .execute()

  return rows.map((row) => {
    const head = viewThread({ ...row, id: row.thread_id, created_at: row.thread_created_at })
    const frame = (viewer: { id: string } | null): string => {
      const comment = viewComment(row, viewer)
      const change: ChangeFrame = {
        type: 'change',
        article: article.articleId,
        seq: row.seq,
        commentId: row.id,
        threadId: row.thread_id,
        thread: comment || row.comment_count > 0 ? head : null,
        comment,
      }
      return JSON.stringify(change)
    }
    return {
      seq: row.seq,
      frame: frame(null),
      authorId: row.author_id,
      authorFrame: frame({ id: row.author_id }),
    }
  })
}
