import { sign, verify, type KeyObject } from 'node:crypto'
import { sql } from 'kysely'
import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { Id } from '../../core/contract/common.ts'
import type { Database } from '../database/connect.ts'
import { keyId } from './key.ts'

const closed = { additionalProperties: false }

/** What a log said at some moment: how many rows it had, and the last one's hash, which stands for all of them. */
export const Checkpoint = Type.Object(
  {
    siteId: Id,
    rows: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    hash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    at: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' }),
    keyId: Type.Union([Type.String({ pattern: '^[0-9a-f]{64}$' }), Type.Null()]),
    signature: Type.Union([Type.String({ maxLength: 100 }), Type.Null()]),
  },
  closed,
)
export type Checkpoint = Static<typeof Checkpoint>

const checkpoint = Compile(Checkpoint)
/** Sites looked at in one query. */
const batch = 200

/** What is signed: the lines of a checkpoint, after the note format of transparency logs (C2SP tlog-checkpoint). */
const statement = ({ siteId, rows, hash, at }: Checkpoint): Buffer =>
  Buffer.from(`postil audit\n${siteId}\n${rows}\n${hash}\n${at}\n`)

/**
 * Writes down where each log stands that has grown since its last checkpoint, signed where there is a key.
 * @param siteId of one site only, where it is given
 * @returns how many were written
 */
export async function addCheckpoints(db: Database, key: KeyObject | null, siteId?: string): Promise<number> {
  let written = 0
  for (let after: string | null = null; ;) {
    const { rows: heads } = await grown(db, after, siteId)
    const last = heads.at(-1)
    if (!last) return written
    const at = new Date()
    const rows = heads.map(({ site_id, number, hash }) => {
      const unsigned = {
        siteId: site_id,
        rows: number,
        hash,
        at: at.toISOString(),
        keyId: null,
        signature: null,
      }
      const signature = key && sign(null, statement(unsigned), key).toString('base64')
      return { site_id, rows: number, hash, at, key_id: key && keyId(key), signature }
    })
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('audit_checkpoint')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    written += Number(numInsertedOrUpdatedRows ?? 0)
    after = last.site_id
  }
}

async function grown(db: Database, after: string | null, siteId: string | undefined) {
  return await sql<{ site_id: string; number: number; hash: string }>`
    select site.id as site_id, head.number, head.hash
    from site
    cross join lateral (
      select number, hash from audit where audit.site_id = site.id order by number desc limit 1
    ) as head
    where (${after}::uuid is null or site.id > ${after}::uuid)
      and (${siteId ?? null}::uuid is null or site.id = ${siteId ?? null}::uuid)
      and not exists (
        select from audit_checkpoint where audit_checkpoint.site_id = site.id and rows = head.number
      )
    order by site.id limit ${batch}
  `.execute(db)
}

/** @returns a site's checkpoints over more rows than `after`, and no more than `upTo`, in their order; at most `limit` */
export async function checkpointsAfter(
  db: Database,
  siteId: string,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<Checkpoint[]> {
  const rows = await db
    .selectFrom('audit_checkpoint')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('rows', '>', after)
    .where('rows', '<=', upTo)
    .orderBy('rows')
    .limit(limit)
    .execute()
  return rows.map(viewCheckpoint)
}

/** @returns the newest checkpoint of a site, or null */
export async function lastCheckpoint(db: Database, siteId: string): Promise<Checkpoint | null> {
  const row = await db
    .selectFrom('audit_checkpoint')
    .selectAll()
    .where('site_id', '=', siteId)
    .orderBy('rows', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? viewCheckpoint(row) : null
}

function viewCheckpoint(row: {
  site_id: string
  rows: number
  hash: string
  at: Date
  key_id: string | null
  signature: string | null
}): Checkpoint {
  const { site_id: siteId, rows, hash, at, key_id, signature } = row
  // A date that somebody made impossible is one that nobody has signed.
  const said = Number.isFinite(at.getTime()) ? at.toISOString() : String(at)
  return { siteId, rows, hash, at: said, keyId: key_id, signature }
}

/** A checkpoint as it was printed. @throws Error where it is none */
export function parseCheckpoint(text: string): Checkpoint {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // Answered below, as any other text that is none.
  }
  if (!checkpoint.Check(value))
    throw new Error('This is no checkpoint as `audit checkpoint --print` prints it.')
  return value
}

/**
 * Who has signed a checkpoint, among these keys.
 * @returns `unknown`: another key, so nothing can be said of it
 */
export function signatureOf(
  one: Checkpoint,
  keys: readonly KeyObject[],
): 'right' | 'wrong' | 'unknown' | 'none' {
  if (one.signature === null) return 'none'
  const key = keys.find((known) => keyId(known) === one.keyId)
  if (!key) return 'unknown'
  return verify(null, statement(one), key, Buffer.from(one.signature, 'base64')) ? 'right' : 'wrong'
}
