import { createHmac, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'
import type { Browser } from './reader.ts'

/** Milliseconds between two writings. */
const writtenEvery = 5_000
/** Readers of articles that are told apart a day: some twenty megabytes of memory. */
const mostKnown = 400_000
/** Days that the counts of a day are kept. */
const keptFor = 400

interface Article {
  siteId: string
  articleId: string
}
type Counted = Article & { day: string; readers: number }

/** Counts who opens discussions. */
export interface Openings {
  /** Somebody's browser has read the discussion of an article: another reader of the day, unless it has done so before. */
  opened(browser: Browser, article: Article): void
  /** Writes what was counted and is not written yet. What cannot be written waits for the next time. */
  write(): Promise<void>
  /** Writes the last, and ends. */
  close(): Promise<void>
}

/**
 * Counts the readers of a day without knowing them: of each, a hash is in memory until the day is over, by a key that is made for
 * this day and process and is nowhere else. So nobody can say who was counted, nor that two days' readers are the same.
 * @param limits.known how many are told apart; past that, no more are counted until the next day
 */
export function countOpenings(
  db: Database,
  onError: (error: unknown) => void,
  now: () => Date = () => new Date(),
  limits = { known: mostKnown },
): Openings {
  let today = ''
  let key = randomBytes(32)
  let known = new Set<number>()
  let counted = new Map<string, Counted>()
  /** One after another, so that what failed is there again for the next. */
  let writing = Promise.resolve()

  function begin(day: string): void {
    today = day
    key = randomBytes(32)
    known = new Set()
  }

  async function writeNow(): Promise<void> {
    const batch = [...counted.values()]
    counted = new Map()
    try {
      await addReaders(db, batch)
    } catch (error) {
      for (const one of batch) add(counted, one)
      onError(error)
    }
  }

  const write = () => (writing = writing.then(writeNow))
  const timer = setInterval(() => void write(), writtenEvery).unref()
  return {
    opened(browser, article) {
      const day = now().toISOString().slice(0, 10)
      if (day !== today) begin(day)
      const reader = hashOf(key, browser, article)
      if (known.has(reader) || known.size >= limits.known) return
      known.add(reader)
      if (known.size === limits.known)
        onError(new Error(`${limits.known} readers were counted today: no more are until tomorrow.`))
      add(counted, { ...article, day, readers: 1 })
    },
    write,
    async close() {
      clearInterval(timer)
      await write()
    },
  }
}

/** 48 bits, so that it is a number: of 400,000, one in 3,500 days is taken for another. */
function hashOf(key: Buffer, { network, agent }: Browser, { siteId, articleId }: Article): number {
  const parts = [siteId, articleId, network, agent].join('\n')
  return createHmac('sha256', key).update(parts).digest().readUIntBE(0, 6)
}

function add(counted: Map<string, Counted>, one: Counted): void {
  const at = `${one.articleId} ${one.day}`
  counted.set(at, { ...one, readers: one.readers + (counted.get(at)?.readers ?? 0) })
}

/** One statement for all, in one order, so that two processes never wait for each other in a circle. */
async function addReaders(db: Database, counted: Counted[]): Promise<void> {
  if (counted.length === 0) return
  await sql`
    insert into opened (site_id, article_id, day, readers)
    select site_id, article_id, day, readers from jsonb_to_recordset(${JSON.stringify(
      counted.map(({ siteId, articleId, day, readers }) => ({
        site_id: siteId,
        article_id: articleId,
        day,
        readers,
      })),
    )}::jsonb) as counted (site_id uuid, article_id uuid, day date, readers int)
    -- It may be gone since.
    where exists (select 1 from article where article.site_id = counted.site_id and article.id = counted.article_id)
    order by site_id, article_id, day
    on conflict (site_id, article_id, day) do update set readers = opened.readers + excluded.readers
  `.execute(db)
}

/** Deletes the counts of days that are too long ago. */
export async function deleteOldOpenings(db: Database): Promise<void> {
  // By site, since that is how the index is.
  await sql`
    delete from opened using site
    where opened.site_id = site.id and opened.day < (now() at time zone 'UTC')::date - ${keptFor}::int
  `.execute(db)
}
