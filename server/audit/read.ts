import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'

/** A row of an audit log as it is stored. */
export interface AuditRow {
  number: number
  at: Date
  actor_id: string | null
  action: string
  subject: Record<string, string | number | null>
  previous_hash: string
  hash: string
}

/** @returns what a site's audit log says of a comment, in order, by an index; at most `limit` rows */
export async function auditOf(
  db: Database,
  siteId: string,
  commentId: string,
  limit: number,
): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`
    select number, at, actor_id, action, subject, previous_hash, hash from audit
    where site_id = ${siteId} and subject ->> 'comment' = ${commentId}
    order by number limit ${limit}
  `.execute(db)
  return rows
}
