import { createHmac, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'
import type { Browser } from './reader.ts'

/** Milliseconds between two writings. */
const writtenEvery = 5_000
/** Readers that are told apart a day, of articles and of passages each: some twenty megabytes of memory. */
const mostKnown = 400_000
/** Days that the counts of a day are kept. */
const keptFor = 400

/** What is opened: an article's discussion, or a passage, by its oldest thread. */
interface Opened {
  siteId: string
  id: string
}
type Counted = Opened & { day: string; readers: number }

/** Counts who opens one kind of thing. */
export interface Openings {
  /** Somebody's browser has opened it: another reader of the day, unless it has done so before. */
  opened(browser: Browser, what: Opened): void
  /** Writes what was counted and is not written yet. What cannot be written waits for the next time. */
  write(): Promise<void>
  /** Writes the last, and ends. */
  close(): Promise<void>
}

/** Where each kind is written. */
const tables = {
  article: { table: 'opened', key: 'article_id', of: 'article' },
  passage: { table: 'opened_passage', key: 'thread_id', of: 'thread' },
} as const
export type Kind = keyof typeof tables

/**
 * Counts the readers of a day without knowing them: of each, a hash is in memory until the day is over, by a key that is made for
 * this day and process and is nowhere else. So nobody can say who was counted, nor that two days' readers are the same.
 * @param kind of what is opened
 * @param limits.known how many are told apart; past that, no more are counted until the next day
 */
export function countOpenings(
  db: Database,
  kind: Kind,
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
      await addReaders(db, kind, batch)
    } catch (error) {
      for (const one of batch) add(counted, one)
      onError(error)
    }
  }

  const write = () => (writing = writing.then(writeNow))
  const timer = setInterval(() => void write(), writtenEvery).unref()
  return {
    opened(browser, what) {
      const day = now().toISOString().slice(0, 10)
      if (day !== today) begin(day)
      const reader = hashOf(key, browser, what)
      if (known.has(reader) || known.size >= limits.known) return
      known.add(reader)
      if (known.size === limits.known)
        onError(
          new Error(`${limits.known} readers of ${kind}s were counted today: no more are until tomorrow.`),
        )
      add(counted, { ...what, day, readers: 1 })
    },
    write,
    async close() {
      clearInterval(timer)
      await write()
    },
  }
}

/** 48 bits, so that it is a number: of 400,000, one in 3,500 days is taken for another. */
function hashOf(key: Buffer, { network, agent }: Browser, { siteId, id }: Opened): number {
  const parts = [siteId, id, network, agent].join('\n')
  return createHmac('sha256', key).update(parts).digest().readUIntBE(0, 6)
}

function add(counted: Map<string, Counted>, one: Counted): void {
  const at = `${one.id} ${one.day}`
  counted.set(at, { ...one, readers: one.readers + (counted.get(at)?.readers ?? 0) })
}

/** One statement for all, in one order, so that two processes never wait for each other in a circle. */
async function addReaders(db: Database, kind: Kind, counted: Counted[]): Promise<void> {
  if (counted.length === 0) return
  const [table, key, of] = [sql.id(tables[kind].table), sql.id(tables[kind].key), sql.id(tables[kind].of)]
  await sql`
    insert into ${table} as known (site_id, ${key}, day, readers)
    select "siteId", id, day, readers
    from jsonb_to_recordset(${JSON.stringify(counted)}::jsonb) as counted ("siteId" uuid, id uuid, day date, readers int)
    -- It may be gone since, or never have been there.
    where exists (select 1 from ${of} as there where there.site_id = "siteId" and there.id = counted.id)
    order by "siteId", id, day
    on conflict (site_id, ${key}, day) do update set readers = known.readers + excluded.readers
  `.execute(db)
}

/** Deletes the counts of days that are too long ago. */
export async function deleteOldOpenings(db: Database): Promise<void> {
  for (const { table } of Object.values(tables))
    // By site, since that is how the index is.
    await sql`
      delete from ${sql.id(table)} as old using site
      where old.site_id = site.id and old.day < (now() at time zone 'UTC')::date - ${keptFor}::int
    `.execute(db)
}
