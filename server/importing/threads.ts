import type { Anchor } from '../../core/contract/anchor.ts'
import type { Prepared } from '../../core/anchoring/index.ts'
import { keepPlacement, placeBySelectors } from '../anchoring/index.ts'
import type { Database } from '../database/connect.ts'
import { addJob } from '../jobs/index.ts'
import type { ImportTarget } from './articles.ts'

export interface NewThread {
  id: string
  anchor: Anchor | null
  by: string
  at: Date
}

/** Makes threads, each with the place of its passage in the article's text, as `openThread` makes one. */
export async function addThreads(
  tx: Database,
  siteId: string,
  article: ImportTarget,
  text: Prepared | null,
  threads: readonly NewThread[],
): Promise<void> {
  if (threads.length === 0) return
  await tx
    .insertInto('thread')
    .values(
      threads.map(({ id, anchor, by, at }) => ({
        site_id: siteId,
        id,
        article_id: article.id,
        anchor: anchor && JSON.stringify(anchor),
        article_revision: article.revision,
        created_by: by,
        created_at: at,
      })),
    )
    .execute()
  const anchored = threads.filter(({ anchor }) => anchor !== null)
  for (const { id, anchor } of anchored)
    if (anchor && text)
      await keepPlacement(
        tx,
        { siteId, articleId: article.id, threadId: id },
        { ...placeBySelectors(text, anchor), revision: article.revision },
      )
  if (anchored.length > 0 && article.carried !== article.revision)
    await addJob(tx, 'carry', { siteId, articleId: article.id }, { queue: article.id })
}

/** The thread about the whole article that a source's comments went to before; null: none yet. */
export async function wholeThread(
  tx: Database,
  siteId: string,
  source: string,
  articleId: string,
): Promise<string | null> {
  const found = await tx
    .selectFrom('comment')
    .innerJoin('import_source', (join) =>
      join
        .onRef('import_source.site_id', '=', 'comment.site_id')
        .onRef('import_source.comment_id', '=', 'comment.id'),
    )
    .innerJoin('thread', (join) =>
      join.onRef('thread.site_id', '=', 'comment.site_id').onRef('thread.id', '=', 'comment.thread_id'),
    )
    .select('comment.thread_id')
    .where('comment.site_id', '=', siteId)
    .where('comment.article_id', '=', articleId)
    .where('import_source.source', '=', source)
    .where('thread.anchor', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return found?.thread_id ?? null
}
