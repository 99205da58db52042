import {
  align,
  carry,
  passageAt,
  prepare,
  sectionOf,
  type Alignment,
  type Prepared,
} from '../../core/anchoring/index.ts'
import type { Anchor } from '../../core/contract/anchor.ts'
import { blockTexts } from '../articles/index.ts'
import { appendTextEvent } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { orphaned, placeBySelectors, placed, type Placed } from './place.ts'

type Article = { siteId: string; articleId: string }

const pageOfThreads = 500

/**
 * Carries all threads of an article over to its newest revision, one revision after another, and tells its readers. In one
 * transaction that holds the article: revisions are carried in order, and a thread that is opened meanwhile waits.
 * Done again, it finds everything done.
 * @returns whether anything was carried
 */
export async function carryArticle(db: Database, siteId: string, articleId: string): Promise<boolean> {
  const article = { siteId, articleId }
  return await db.transaction().execute(async (tx) => {
    const known = await tx
      .selectFrom('article')
      .select(['revision', 'carried'])
      .where('site_id', '=', siteId)
      .where('id', '=', articleId)
      .forUpdate()
      .executeTakeFirst()
    if (!known) return false
    let { carried } = known
    const revisions = await takenAfter(tx, article, known)
    // A thread opened while the last job ran may have been missed by it.
    const missed = carried > 0 && revisions.length === 0 && (await carryTo(tx, article, carried, carried))
    for (const { number, fingerprint } of revisions) {
      await giveBack(tx, article, number, fingerprint)
      await carryTo(tx, article, carried, number)
      carried = number
    }
    if (revisions.length === 0 && !missed) return false
    await tx
      .updateTable('article')
      .set({ carried })
      .where('site_id', '=', siteId)
      .where('id', '=', articleId)
      .execute()
    await appendTextEvent(tx, article, { kind: 'revised' })
    return true
  })
}

async function takenAfter(
  tx: Database,
  at: Article,
  { carried, revision }: { carried: number; revision: number },
) {
  return await tx
    .selectFrom('article_revision')
    .select(['number', 'fingerprint'])
    .where('site_id', '=', at.siteId)
    .where('article_id', '=', at.articleId)
    .where('status', '=', 'taken')
    .where('number', '>', carried)
    .where('number', '<=', revision)
    .orderBy('number')
    .execute()
}

/** An article that goes back to an earlier text gives its threads back the places they had in it. */
async function giveBack(tx: Database, at: Article, number: number, fingerprint: string): Promise<void> {
  const earlier = await tx
    .selectFrom('article_revision')
    .select('number')
    .where('site_id', '=', at.siteId)
    .where('article_id', '=', at.articleId)
    .where('fingerprint', '=', fingerprint)
    .where('number', '<', number)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!earlier) return
  await tx
    .insertInto('placement')
    .columns([
      'site_id',
      'article_id',
      'thread_id',
      'revision',
      'status',
      'anchor',
      'section',
      'confidence',
      'reason',
    ])
    .expression((eb) =>
      eb
        .selectFrom('placement')
        .select([
          'site_id',
          'article_id',
          'thread_id',
          eb.lit(number).as('revision'),
          'status',
          'anchor',
          'section',
          'confidence',
          'reason',
        ])
        .where('site_id', '=', at.siteId)
        .where('article_id', '=', at.articleId)
        .where('revision', '=', earlier.number),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Places every thread that has no place in a revision yet. @returns whether there was one */
async function carryTo(tx: Database, at: Article, from: number, to: number): Promise<boolean> {
  const way = lazily(async () => {
    const after = prepare(await blockTexts(tx, at.siteId, at.articleId, to))
    const before =
      from === 0 || from === to ? null : prepare(await blockTexts(tx, at.siteId, at.articleId, from))
    return { after, alignment: before && align(before, after) }
  })
  for (let last = ''; ;) {
    const threads = await unplaced(tx, at, from, to, last)
    if (threads.length > 0) await insert(tx, at, to, await way(), threads)
    last = threads.at(-1)?.id ?? ''
    if (threads.length < pageOfThreads) return last !== ''
  }
}

/** The next threads, by id, on a passage that has no place in revision `to`, with their place in revision `from`. */
async function unplaced(tx: Database, at: Article, from: number, to: number, after: string) {
  return await tx
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
    ])
    .where('thread.site_id', '=', at.siteId)
    .where('thread.article_id', '=', at.articleId)
    .where('thread.anchor', 'is not', null)
    .where('now.thread_id', 'is', null)
    .$if(after !== '', (query) => query.where('thread.id', '>', after))
    .orderBy('thread.id')
    .limit(pageOfThreads)
    .execute()
}

type Unplaced = Awaited<ReturnType<typeof unplaced>>[number]
type Way = { after: Prepared; alignment: Alignment | null }

async function insert(
  tx: Database,
  at: Article,
  revision: number,
  way: Way,
  threads: Unplaced[],
): Promise<void> {
  const rows = threads.flatMap((thread) => {
    if (!thread.anchor) return []
    const { anchor, ...rest } = follow(way, thread, thread.anchor)
    return [
      {
        site_id: at.siteId,
        article_id: at.articleId,
        thread_id: thread.id,
        revision,
        anchor: anchor && JSON.stringify(anchor),
        ...rest,
      },
    ]
  })
  await tx.insertInto('placement').values(rows).execute()
}

/**
 * By the edit itself where the passage was there before it; else by its selectors: it may be back, or the article may have
 * got its text only now.
 */
export function follow(
  { after, alignment }: Way,
  before: Pick<Unplaced, 'status' | 'placed' | 'section' | 'confidence'>,
  original: Anchor,
): Placed {
  if (!alignment || before.status === null) return placeBySelectors(after, original)
  if (!before.placed) {
    const back = placeBySelectors(after, original)
    if (back.status !== 'orphaned') return back
    const section = sectionOf(alignment, { block: before.section ?? 0, start: 0, endBlock: 0, end: 0 })
    return orphaned(section, after.texts.length, before.confidence ?? 1)
  }
  const { start, end } = before.placed.position
  const passage = passageAt(alignment.before, start, end)
  const carried = carry(alignment, passage)
  if (!carried.passage) return orphaned(sectionOf(alignment, passage), after.texts.length, carried.confidence)
  return placed(after, original, carried.passage, {
    hasMoved: carried.status === 'moved' || before.status === 'moved',
    confidence: Math.min(carried.confidence, before.confidence ?? 1),
    reason: carried.reason,
  })
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}
