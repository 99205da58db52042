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
export async function appendAudit(
  tx: Database,
  { siteId, actorId, action, subject }: AuditEntry,
): Promise<void> {
  const at = new Date()
  const { before, after } = factsAround({ siteId, at, actorId, action, subject })
  // Its hash is made where its number is known: in one step, since all who moderate the site wait for each other here.
  await sql`
    insert into audit (site_id, number, at, actor_id, action, subject, previous_hash, hash)
    select ${siteId}::uuid, next, ${at}::timestamptz, ${actorId}::uuid, ${action}::text, ${JSON.stringify(subject)}::jsonb, previous,
      encode(sha256(convert_to('["' || previous || '"' || ${before}::text || next || ${after}::text, 'UTF8')), 'hex')
    from (
      select coalesce(number, 0) + 1 as next, coalesce(hash, ${start}) as previous
      from (values (1)) as always left join audit_end(${siteId}) on true
    ) as ending
  `.execute(tx)
}

/** What a row tells, but for the hash before it and its number. */
interface Facts {
  siteId: string
  at: Date
  actorId: string | null
  action: string
  subject: object
}

/** The hash of a row: SHA-256 over all that stands in it and the hash before it, in hexadecimal digits. */
export function hashOf({ number, previous, ...facts }: Facts & { number: number; previous: string }): string {
  const { before, after } = factsAround(facts)
  return createHash('sha256')
    .update(`[${JSON.stringify(previous)}${before}${number}${after}`)
    .digest('hex')
}

/** What is hashed, as JSON: a list of the hash before, the site, the number, and the rest. Here, what stands before the number and after it. */
function factsAround({ siteId, at, actorId, action, subject }: Facts): { before: string; after: string } {
  const sorted = Object.entries(subject).sort(([a], [b]) => (a < b ? -1 : 1))
  const rest = JSON.stringify([at.toISOString(), actorId, action, sorted]).slice(1)
  return { before: `,${JSON.stringify(siteId)},`, after: `,${rest}` }
}
