import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'

/** One thing that was done: by whom (null: a rule), to what. Ids and small facts only, never a text. */
export interface AuditEntry {
  siteId: string
  actorId: string | null
  action: string
  subject: Record<string, string | number | null>
}

/** What the first row of a log has in place of the hash before it. */
export const start = '0'.repeat(64)

/**
 * Appends to the site's audit log. Each row carries the hash of the one before (a hash chain, as in RFC 6962 §2
 * without the tree), so that a changed or missing row shows. Holds the site's log until the transaction ends: call
 * it late, with nothing behind it but the article's log.
 */
export async function appendAudit(tx: Database, entry: AuditEntry): Promise<void> {
  const { rows } = await sql<{ number: number; hash: string }>`
    select number, hash from audit_end(${entry.siteId})
  `.execute(tx)
  const [last] = rows
  const row = { ...entry, number: (last?.number ?? 0) + 1, at: new Date(), previous: last?.hash ?? start }
  await tx
    .insertInto('audit')
    .values({
      site_id: row.siteId,
      number: row.number,
      at: row.at,
      actor_id: row.actorId,
      action: row.action,
      subject: JSON.stringify(row.subject),
      previous_hash: row.previous,
      hash: hashOf(row),
    })
    .execute()
}

/** The hash of a row: SHA-256 over all that stands in it and the hash before it, in hexadecimal digits. */
export function hashOf(row: {
  siteId: string
  number: number
  at: Date
  actorId: string | null
  action: string
  subject: object
  previous: string
}): string {
  const subject = Object.entries(row.subject).sort(([a], [b]) => (a < b ? -1 : 1))
  const facts = [row.previous, row.siteId, row.number, row.at.toISOString(), row.actorId, row.action, subject]
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex')
}
