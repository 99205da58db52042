import type { ExpressionBuilder } from 'kysely'
import type { ArticleKey } from '../articles/index.ts'
import type { Database } from '../database/connect.ts'
import type { Schema } from '../database/schema.ts'
import { follow, wayTo, type Way } from './carry.ts'
import { pageOfThreads, selectPlaces } from './places.ts'

/**
 * Computes the places of a site's threads once more and compares: those of the newest revision of each article, from the one
 * before it. What a person put right is not compared.
 * @returns how many were looked at, and a line for each that differs (fifty at most)
 */
export async function verifyAnchors(
  db: Database,
  siteId: string,
): Promise<{ anchors: number; faults: string[] }> {
  const faults: string[] = []
  let anchors = 0
  for (let after = ''; ;) {
    const articles = await db
      .selectFrom('article')
      .select(['id', 'slug', 'carried', 'revision'])
      .where('site_id', '=', siteId)
      .where('carried', '>', 0)
      .$if(after !== '', (query) => query.where('id', '>', after))
      .orderBy('id')
      .limit(100)
      .execute()
    for (const article of articles) {
      anchors += await verifyArticle(db, siteId, article, (fault) => {
        if (faults.length < 50) faults.push(`${article.slug}: ${fault}`)
      })
    }
    after = articles.at(-1)?.id ?? ''
    if (articles.length < 100) return { anchors, faults }
  }
}

async function verifyArticle(
  db: Database,
  siteId: string,
  article: { id: string; carried: number },
  report: (fault: string) => void,
): Promise<number> {
  const at = { siteId, articleId: article.id }
  const { before, goesBack } = await revisionBefore(db, at, article.carried)
  let way: Way | undefined
  let looked = 0
  for (let last = ''; ;) {
    const threads = await selectPlaces(db, at, before, article.carried, last)
      .where(isLeftAsCarried(db))
      .execute()
    for (const thread of threads) {
      if (thread.now_status === null)
        report(`thread ${thread.id} has no place in revision ${article.carried}`)
      // A text that was there before gave its places back: they are not computed.
      if (thread.now_status === null || !thread.anchor || goesBack) continue
      const again = follow((way ??= await wayTo(db, at, before, article.carried)), thread, thread.anchor)
      const [is, was] = [again.anchor, thread.now_anchor].map((anchor) => anchor?.position.start ?? 'nowhere')
      if (is !== was) report(`thread ${thread.id} is kept at ${was ?? ''}, and comes out at ${is ?? ''}`)
    }
    looked += threads.length
    last = threads.at(-1)?.id ?? last
    if (threads.length < pageOfThreads) return looked
  }
}

/** Whether nobody has put the thread’s passage right. */
const isLeftAsCarried = (db: Database) => (eb: ExpressionBuilder<Schema, 'thread'>) =>
  eb.not(
    eb.exists(
      db
        .selectFrom('reattachment')
        .select('reattachment.id')
        .whereRef('reattachment.site_id', '=', eb.ref('thread.site_id'))
        .whereRef('reattachment.thread_id', '=', eb.ref('thread.id')),
    ),
  )

/** The revision before the newest, and whether the newest is an earlier text once more. */
async function revisionBefore(db: Database, at: ArticleKey, carried: number) {
  const revisions = await db
    .selectFrom('article_revision')
    .select(['number', 'fingerprint'])
    .where('site_id', '=', at.siteId)
    .where('article_id', '=', at.articleId)
    .where('status', '=', 'taken')
    .where('number', '<=', carried)
    .orderBy('number', 'desc')
    .execute()
  const [newest, ...earlier] = revisions
  return {
    before: earlier[0]?.number ?? 0,
    goesBack: earlier.some(({ fingerprint }) => fingerprint === newest?.fingerprint),
  }
}
