import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'

/** What waits to be mailed of a follow will not be: it was turned off. It stays in the inbox. */
export async function forgetPending(tx: Database, siteId: string, followId: string): Promise<void> {
  await tx
    .updateTable('notification')
    .set({ follow_id: null })
    .where('site_id', '=', siteId)
    .where('follow_id', '=', followId)
    .execute()
}

/** Notes that a mail was sent with these in it, or that there was nothing of them to be seen. */
export async function markMailed(
  db: Database,
  siteId: string,
  followId: string,
  notifications: string[],
): Promise<void> {
  await db
    .updateTable('notification')
    .set({ follow_id: null, mailed_at: new Date() })
    .where('site_id', '=', siteId)
    .where('follow_id', '=', followId)
    .where(sql<boolean>`id = any(${notifications}::uuid[])`)
    .execute()
}
