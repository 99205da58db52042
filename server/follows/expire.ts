import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'

/** Days for which a notification is kept: once it was read, and where it never was. */
const kept = { read: 90, unread: 180 }
/** Deleted in one transaction, so that none takes long. */
const batch = 1000

/** Deletes notifications that are too old. What still waits for a mail stays until it was mailed. */
export async function deleteOldNotifications(db: Database): Promise<void> {
  await deleteAll(db, sql`read_at < now() - make_interval(days => ${kept.read})`)
  await deleteAll(
    db,
    sql`read_at is null and follow_id is null and created_at < now() - make_interval(days => ${kept.unread})`,
  )
}

async function deleteAll(db: Database, isOld: ReturnType<typeof sql>): Promise<void> {
  for (let deleted = batch; deleted === batch;) {
    const { numAffectedRows } = await sql`
      delete from notification where (site_id, account_id, id) in (
        select site_id, account_id, id from notification where ${isOld} limit ${batch} for update skip locked
      )
    `.execute(db)
    deleted = Number(numAffectedRows ?? 0)
  }
}

/** Takes away that people were told of a comment, or of what was decided about it. */
export async function forgetComment(
  tx: Database,
  { siteId, commentId }: { siteId: string; commentId: string },
): Promise<void> {
  await tx
    .deleteFrom('notification')
    .where('site_id', '=', siteId)
    .where('comment_id', '=', commentId)
    .execute()
}
