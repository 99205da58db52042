import { align, prepare } from '../../core/anchoring/index.ts'
import { blockTexts } from '../articles/index.ts'
import type { Database } from '../database/connect.ts'
import { follow } from './carry.ts'

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
  const { before, goesBack } = await wayOf(db, siteId, article)
  const threads = await db
    .selectFrom('thread')
    .leftJoin('placement as now', (join) =>
      join
        .onRef('now.site_id', '=', 'thread.site_id')
        .onRef('now.article_id', '=', 'thread.article_id')
        .onRef('now.thread_id', '=', 'thread.id')
        .on('now.revision', '=', article.carried),
    )
    .leftJoin('placement as before', (join) =>
      join
        .onRef('before.site_id', '=', 'thread.site_id')
        .onRef('before.article_id', '=', 'thread.article_id')
        .onRef('before.thread_id', '=', 'thread.id')
        .on('before.revision', '=', before),
    )
    .select([
      'thread.id',
      'thread.anchor',
      'now.status as now_status',
      'now.anchor as now_anchor',
      'before.status',
      'before.anchor as placed',
      'before.section',
      'before.confidence',
    ])
    .where('thread.site_id', '=', siteId)
    .where('thread.article_id', '=', article.id)
    .where('thread.anchor', 'is not', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('reattachment')
            .select('reattachment.id')
            .whereRef('reattachment.site_id', '=', 'thread.site_id')
            .whereRef('reattachment.thread_id', '=', 'thread.id'),
        ),
      ),
    )
    .orderBy('thread.id')
    .execute()
  if (threads.length === 0) return 0
  const after = prepare(await blockTexts(db, siteId, article.id, article.carried))
  const earlier = before === 0 ? null : prepare(await blockTexts(db, siteId, article.id, before))
  const way = { after, alignment: earlier && align(earlier, after) }
  for (const thread of threads) {
    if (!thread.anchor) continue
    if (thread.now_status === null) {
      report(`thread ${thread.id} has no place in revision ${article.carried}`)
      continue
    }
    // A text that was there before gave its places back: they are not computed.
    if (goesBack) continue
    const again = follow(way, thread, thread.anchor)
    const [is, was] = [again.anchor?.position.start ?? null, thread.now_anchor?.position.start ?? null]
    if (is !== was)
      report(`thread ${thread.id} is kept at ${was ?? 'nowhere'}, and comes out at ${is ?? 'nowhere'}`)
  }
  return threads.length
}

/** The revision before the newest, and whether the newest is an earlier text once more. */
async function wayOf(db: Database, siteId: string, article: { id: string; carried: number }) {
  const revisions = await db
    .selectFrom('article_revision')
    .select(['number', 'fingerprint'])
    .where('site_id', '=', siteId)
    .where('article_id', '=', article.id)
    .where('status', '=', 'taken')
    .where('number', '<=', article.carried)
    .orderBy('number', 'desc')
    .execute()
  const [newest, ...earlier] = revisions
  return {
    before: earlier[0]?.number ?? 0,
    goesBack: earlier.some(({ fingerprint }) => fingerprint === newest?.fingerprint),
  }
}
