import { selectComments } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'

/** Selects comments that people were told of, each with its notification, thread and article, to be narrowed by the caller. */
export function selectNotified(db: Database) {
  return selectComments(db)
    .innerJoin('notification', (join) =>
      join
        .onRef('notification.site_id', '=', 'comment.site_id')
        .onRef('notification.comment_id', '=', 'comment.id'),
    )
    .innerJoin('thread', (join) =>
      join.onRef('thread.site_id', '=', 'comment.site_id').onRef('thread.id', '=', 'comment.thread_id'),
    )
    .innerJoin('article', (join) =>
      join.onRef('article.site_id', '=', 'comment.site_id').onRef('article.id', '=', 'comment.article_id'),
    )
    .select(['notification.reason', 'thread.anchor', 'article.title'])
}
