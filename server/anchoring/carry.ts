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
import { blockTexts, type ArticleKey } from '../articles/index.ts'
import { appendTextEvent } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { orphaned, placeBySelectors, placed, type Placed } from './place.ts'
import { pageOfThreads, selectPlaces, type PlacedThread } from './places.ts'

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
    await appendTextEvent(tx, article)
    return true
  })
}

async function takenAfter(
  tx: Database,
  at: ArticleKey,
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
async function giveBack(tx: Database, at: ArticleKey, number: number, fingerprint: string): Promise<void> {
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
async function carryTo(tx: Database, at: ArticleKey, from: number, to: number): Promise<boolean> {
  let way: Way | undefined
  for (let last = ''; ;) {
    const threads = await selectPlaces(tx, at, from, to, last).where('now.thread_id', 'is', null).execute()
    if (threads.length > 0) await insert(tx, at, to, (way ??= await wayTo(tx, at, from, to)), threads)
    last = threads.at(-1)?.id ?? last
    if (threads.length < pageOfThreads) return last !== ''
  }
}

/** How passages come from one revision to another; from none, or the same one, by their selectors. */
export interface Way {
  after: Prepared
  alignment: Alignment | null
}

export async function wayTo(db: Database, at: ArticleKey, from: number, to: number): Promise<Way> {
  const read = async (revision: number) => prepare(await blockTexts(db, at.siteId, at.articleId, revision))
  const after = await read(to)
  return { after, alignment: from === 0 || from === to ? null : align(await read(from), after) }
}

async function insert(
  tx: Database,
  at: ArticleKey,
  revision: number,
  way: Way,
  threads: PlacedThread[],
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
  before: Pick<PlacedThread, 'status' | 'placed' | 'section' | 'confidence'>,
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
