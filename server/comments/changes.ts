import type { LogFrame } from '../../core/contract/live.ts'
import type { Database } from '../database/connect.ts'
import { isPublic, placementNow, reactionsNow, selectComments, viewComment, viewThread } from './view.ts'

/** One event, ready to send: the frame for everybody, and that of a comment's author, each serialised once. */
export interface Change {
  seq: number
  frame: string
  authorId: string | null
  authorFrame: string
}

/**
 * An article's events after a number, in order and without gaps, shown as their comments are now. Showing the
 * present state keeps what was erased or hidden meanwhile out of replays; applying one twice changes nothing.
 * @param limit the most events to give: of either kind, no more are looked at, since their numbers have no gaps
 */
export async function changesAfter(
  db: Database,
  article: { siteId: string; articleId: string },
  after: number,
  limit: number,
): Promise<Change[]> {
  const [comments, others] = await Promise.all([
    commentChanges(db, article, after, limit),
    otherChanges(db, article, after, limit),
  ])
  const changes = others.length === 0 ? comments : [...comments, ...others].sort((a, b) => a.seq - b.seq)
  // Read one after the other, each may have what the other came too early for: that waits for the next reading.
  return changes.filter(({ seq }, nth) => seq === after + 1 + nth)
}

async function commentChanges(
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
    .select(['event.seq', 'thread.anchor', 'thread.comment_count', 'thread.last_at', 'thread.mark'])
    .select(['thread.created_at as thread_created_at', placementNow, reactionsNow])
    .where('event.site_id', '=', article.siteId)
    .where('event.article_id', '=', article.articleId)
    .where('event.seq', '>', after)
    .where('event.seq', '<=', after + limit)
    .orderBy('event.seq')
    .execute()

  return rows.map((row) => {
    const head = viewThread({ ...row, id: row.thread_id, created_at: row.thread_created_at })
    const frame = (viewer: { id: string } | null): string => {
      const comment = viewComment(row, viewer)
      const change: LogFrame = {
        type: 'change',
        article: article.articleId,
        seq: row.seq,
        commentId: row.id,
        threadId: row.thread_id,
        thread: comment || isPublic(row) ? head : null,
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

/** What happened to the article's text, and to threads as a whole. */
async function otherChanges(
  db: Database,
  article: { siteId: string; articleId: string },
  after: number,
  limit: number,
): Promise<Change[]> {
  const rows = await db
    .selectFrom('event')
    .leftJoin('thread', (join) =>
      join.onRef('thread.site_id', '=', 'event.site_id').onRef('thread.id', '=', 'event.thread_id'),
    )
    .select([
      'event.seq',
      'thread.id',
      'thread.anchor',
      'thread.comment_count',
      'thread.last_at',
      'thread.mark',
    ])
    .select(['thread.created_at', placementNow, reactionsNow])
    .where('event.site_id', '=', article.siteId)
    .where('event.article_id', '=', article.articleId)
    .where('event.comment_id', 'is', null)
    .where('event.seq', '>', after)
    .where('event.seq', '<=', after + limit)
    .orderBy('event.seq')
    .execute()
  return rows.map(({ seq, ...row }) => {
    const { id, comment_count, created_at } = row
    const at = { article: article.articleId, seq }
    const change: LogFrame =
      id === null || comment_count === null || created_at === null
        ? { type: 'revised', ...at }
        : {
            type: 'thread',
            ...at,
            threadId: id,
            thread: isPublic({ comment_count, reactions: row.reactions })
              ? viewThread({ ...row, id, comment_count, created_at })
              : null,
          }
    const frame = JSON.stringify(change)
    return { seq, frame, authorId: null, authorFrame: frame }
  })
}
