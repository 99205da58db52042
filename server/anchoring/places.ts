import type { ArticleKey } from '../articles/index.ts'
import type { Database } from '../database/connect.ts'

/** Threads that are worked on at a time. */
export const pageOfThreads = 500

/**
 * A page of an article's threads on passages, by id, each with its place in revision `from` and in revision `to`; to be
 * narrowed by the caller.
 * @param after the id of the page before's last thread; empty for the first page
 */
export function selectPlaces(db: Database, at: ArticleKey, from: number, to: number, after: string) {
  return db
    .selectFrom('thread')
    .leftJoin('placement as before', (join) =>
      join
        .onRef('before.site_id', '=', 'thread.site_id')
        .onRef('before.article_id', '=', 'thread.article_id')
        .onRef('before.thread_id', '=', 'thread.id')
        .on('before.revision', '=', from),
    )
    .leftJoin('placement as now', (join) =>
      join
        .onRef('now.site_id', '=', 'thread.site_id')
        .onRef('now.article_id', '=', 'thread.article_id')
        .onRef('now.thread_id', '=', 'thread.id')
        .on('now.revision', '=', to),
    )
    .select([
      'thread.id',
      'thread.anchor',
      'before.status',
      'before.anchor as placed',
      'before.section',
      'before.confidence',
      'now.status as now_status',
      'now.anchor as now_anchor',
    ])
    .where('thread.site_id', '=', at.siteId)
    .where('thread.article_id', '=', at.articleId)
    .where('thread.anchor', 'is not', null)
    .$if(after !== '', (query) => query.where('thread.id', '>', after))
    .orderBy('thread.id')
    .limit(pageOfThreads)
}

export type PlacedThread = Awaited<ReturnType<ReturnType<typeof selectPlaces>['execute']>>[number]
