import type { KeyObject } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'
import { hashOf, start } from './chain.ts'
import { checkpointsAfter, signatureOf, type Checkpoint } from './checkpoint.ts'

const countedRows = (rows: number) => (rows === 1 ? '1 row' : `${rows} rows`)

/** Rows in memory at once, however long a log is. */
const page = 1000

/** What a walk along a log has found. */
export interface Verified {
  /** Rows that fit, from the first on. */
  rows: number
  /** The number of the first row that does not fit, or null; and why, as the end of a sentence. */
  broken: number | null
  why: string | null
  /** Checkpoints that fit, by what is known of who signed them. */
  checkpoints: { signed: number; unknown: number; unsigned: number }
}

interface Options {
  /** Whose signatures are known; without any, none can be checked. */
  keys?: readonly KeyObject[]
  /** A checkpoint that was kept elsewhere. */
  witness?: Checkpoint | null
  /** Told after each page how many rows were walked. */
  onProgress?: (rows: number) => void
}

/**
 * Walks a site's audit log, a page at a time: each row's hash, its number and the row before it; and at each checkpoint,
 * whether the log is what was signed. Stops at the first thing that does not fit.
 */
export async function verifyAudit(
  db: Database,
  siteId: string,
  { keys = [], witness = null, onProgress }: Options = {},
): Promise<Verified> {
  const found: Verified = {
    rows: 0,
    broken: null,
    why: null,
    checkpoints: { signed: 0, unknown: 0, unsigned: 0 },
  }
  const broken = (row: number, why: string): Verified => ({ ...found, broken: row, why })
  let previous = start
  if (witness) {
    if (witness.siteId !== siteId) return broken(1, 'the checkpoint kept elsewhere is of another site')
    if (signatureOf(witness, keys) === 'wrong')
      return broken(1, 'the checkpoint kept elsewhere was not signed so')
  }
  for (;;) {
    const rows = await readRows(db, siteId, found.rows)
    const upTo = rows.length < page ? Number.MAX_SAFE_INTEGER : (rows.at(-1)?.number ?? 0)
    const checkpoints = await checkpointsIn(db, siteId, found.rows, upTo)
    const due = [
      ...checkpoints,
      ...(witness && witness.rows > found.rows && witness.rows <= upTo ? [witness] : []),
    ]
    due.sort((a, b) => a.rows - b.rows)
    for (const row of rows) {
      const fault = faultOf(row, siteId, found.rows + 1, previous)
      if (fault) return broken(found.rows + 1, fault)
      for (; due[0]?.rows === row.number; due.shift()) {
        const wrong = faultAt(due[0], row.hash, keys, found.checkpoints)
        if (wrong) return broken(row.number, wrong)
      }
      found.rows = row.number
      previous = row.hash
    }
    onProgress?.(found.rows)
    const [beyond] = due
    if (beyond) {
      const why = `it is missing at the end: on ${beyond.at} the log had ${countedRows(beyond.rows)}, and now it has ${found.rows}`
      return broken(found.rows + 1, why)
    }
    if (rows.length < page) return found
  }
}

interface Row {
  number: number
  seconds: string
  actor_id: string | null
  action: string
  subject: string
  previous_hash: string
  hash: string
}

/** As it is stored, to the last digit: JSON and time would lose some of them on the way through JavaScript's own. */
async function readRows(db: Database, siteId: string, after: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select number, extract(epoch from at)::text as seconds, actor_id, action, subject::text as subject, previous_hash, hash
    from audit where site_id = ${siteId} and number > ${after === 0 ? Number.MIN_SAFE_INTEGER : after}
    order by number limit ${page}
  `.execute(db)
  return rows
}

/** The checkpoints over these rows: as many as there are, since a page has no more than its rows. */
async function checkpointsIn(
  db: Database,
  siteId: string,
  after: number,
  upTo: number,
): Promise<Checkpoint[]> {
  return await checkpointsAfter(db, siteId, { after, upTo, limit: page + 1 })
}

/** Why a row does not fit where it stands; null when it does. */
function faultOf(row: Row, siteId: string, number: number, previous: string): string | null {
  if (row.number !== number) return `it is missing: row ${row.number} comes next`
  if (row.previous_hash !== previous) return 'it does not follow from the row before it'
  const at = instantOf(row.seconds)
  const subject = subjectOf(row.subject)
  if (!at || !subject) return 'it was changed: nothing here writes such a row'
  const { actor_id: actorId, action } = row
  return row.hash === hashOf({ siteId, number, at, actorId, action, subject, previous })
    ? null
    : 'it was changed: its hash is of something else'
}

/** Seconds as PostgreSQL prints them; rows are written to the millisecond. */
function instantOf(seconds: string): Date | null {
  const [, whole, thousandths] = /^(\d{1,11})\.(\d{3})000$/.exec(seconds) ?? []
  return whole === undefined ? null : new Date(Number(whole) * 1000 + Number(thousandths))
}

/** The facts of a row, where PostgreSQL prints them as they would be written today: a `1.0` for a `1` is a change. */
function subjectOf(stored: string): object | null {
  const subject: unknown = JSON.parse(stored)
  if (typeof subject !== 'object' || subject === null || Array.isArray(subject)) return null
  const length = (key: string) => Buffer.byteLength(key)
  const entries = Object.entries(subject).sort(
    ([a], [b]) => length(a) - length(b) || Buffer.compare(Buffer.from(a), Buffer.from(b)),
  )
  const written = entries.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
  return stored === `{${written.join(', ')}}` ? subject : null
}

/** Why a checkpoint does not fit the log; null when it does, and then it is counted. */
function faultAt(
  one: Checkpoint,
  hash: string,
  keys: readonly KeyObject[],
  counted: Verified['checkpoints'],
): string | null {
  if (one.hash !== hash) return `on ${one.at} the log was another up to here: its checkpoint has another hash`
  const signature = signatureOf(one, keys)
  if (signature === 'wrong') return `the checkpoint of ${one.at} was not signed so`
  if (signature === 'none' && counted.signed + counted.unknown > 0)
    return `the checkpoint of ${one.at} is not signed, and those before it are`
  counted[signature === 'right' ? 'signed' : signature === 'none' ? 'unsigned' : 'unknown'] += 1
  return null
}
