import type { Database } from '../database/connect.ts'
import type { Site } from '../sites/index.ts'
import { mappedAddress, instantOf, type Mapping } from './address.ts'
import { Texts } from './articles.ts'
import { writeBatch, type Batch, type Into } from './batch.ts'
import { readCommento } from './formats/commento.ts'
import { readDisqus } from './formats/disqus.ts'
import { readGeneric } from './formats/generic.ts'
import { readIsso } from './formats/isso.ts'
import { readRemark42 } from './formats/remark42.ts'
import { readWordPress } from './formats/wordpress.ts'
import { putInOrder } from './order.ts'
import type { Reader, SourceState, Spot } from './source.ts'
import { Spool, type Group, type Spooled } from './spool.ts'

export { mappingOf, type Mapping } from './address.ts'

/** The formats that comments come in, each with what reads it. */
export const readers = {
  disqus: readDisqus,
  wordpress: readWordPress,
  commento: readCommento,
  remark42: readRemark42,
  isso: readIsso,
  generic: readGeneric,
} satisfies Record<string, Reader>
export type Source = keyof typeof readers

/** What an import came to. */
export interface Imported {
  articles: { known: number; made: number }
  written: Record<SourceState, number>
  /** There from an import before. */
  known: number
  /** To a passage that they quote. */
  anchored: number
  /** What was left out or changed, in the order it was found; no more than are worth reading. */
  faults: { spot: string; reason: string }[]
  faultCount: number
  /** Where articles stand that is no origin of the site: the embed will not find them. */
  strangers: string[]
}

/** So many comments are one transaction, and those of a tree are never in two. */
const batchSize = 500
const mostFaults = 1_000
const mostStrangers = 20

/**
 * Imports the comments of a file. Each batch is all there or not at all, and what is there already is passed over: so a run that
 * was cut off is continued by the next, and a second one changes nothing.
 * @param options.dryRun does everything, and takes each batch back
 * @param options.onProgress told after each batch how many of all comments are done
 */
export async function importComments(
  db: Database,
  site: Site,
  source: Source,
  file: string,
  options: {
    mappings?: readonly Mapping[]
    dryRun?: boolean
    onProgress?: (done: number, all: number) => void
  } = {},
): Promise<Imported> {
  const done: Imported = {
    articles: { known: 0, made: 0 },
    written: { approved: 0, pending: 0, spam: 0, deleted: 0 },
    known: 0,
    anchored: 0,
    faults: [],
    faultCount: 0,
    strangers: [],
  }
  const fault = (spot: string, reason: string) => {
    done.faultCount += 1
    if (done.faults.length < mostFaults) done.faults.push({ spot, reason })
  }
  const spool = new Spool()
  try {
    await fill(spool, site, readers[source], file, options.mappings ?? [], fault)
    const into = { siteId: site.id, source, texts: new Texts(), fault }
    const groups = spool.groups()
    const all = groups.reduce((sum, { count }) => sum + count, 0)
    let handled = 0
    for (const group of groups) {
      const { origin } = new URL(group.address)
      if (
        !site.origins.has(origin) &&
        done.strangers.length < mostStrangers &&
        !done.strangers.includes(origin)
      )
        done.strangers.push(origin)
      let isNew: boolean | null = null
      for (const batch of batches(spool.comments(group.address))) {
        const wrote = await inTransaction(db, into, group, batch, options.dryRun ?? false)
        isNew ??= wrote.isNewArticle
        count(done, wrote)
        options.onProgress?.((handled += batch.length), all)
      }
      done.articles[isNew ? 'made' : 'known'] += 1
    }
    return done
  } finally {
    spool.close()
  }
}

async function fill(
  spool: Spool,
  site: Site,
  reader: Reader,
  file: string,
  mappings: readonly Mapping[],
  fault: (spot: Spot, reason: string) => void,
): Promise<void> {
  const now = Date.now()
  const sink = spool.sink(fault, (date) => {
    const at = instantOf(date)
    if (at === null) return { at: now, wrong: 'has no date that can be read: dated now' }
    return at > now ? { at: now, wrong: `is dated in the future (${date}): dated now` } : { at, wrong: null }
  })
  await reader(file, sink)
  spool.address((url) => mappedAddress(site, mappings, url))
  putInOrder(spool, fault)
}

async function inTransaction(
  db: Database,
  into: Into,
  group: Group,
  batch: readonly Spooled[],
  dryRun: boolean,
): Promise<Batch> {
  const tx = await db.startTransaction().execute()
  try {
    const wrote = await writeBatch(tx, into, group, batch)
    await (dryRun ? tx.rollback() : tx.commit()).execute()
    return wrote
  } catch (error) {
    await tx.rollback().execute()
    throw error
  }
}

function count(done: Imported, { written, known, anchored }: Batch): void {
  for (const state of ['approved', 'pending', 'spam', 'deleted'] as const)
    done.written[state] += written[state]
  done.known += known
  done.anchored += anchored
}

/** Whole trees, up to the size of a batch; a tree that is larger is a batch of its own. */
function* batches(comments: Iterable<Spooled>): Generator<Spooled[]> {
  let batch: Spooled[] = []
  for (const one of comments) {
    if (batch.length >= batchSize && one.parent === null) {
      yield batch
      batch = []
    }
    batch.push(one)
  }
  if (batch.length > 0) yield batch
}
