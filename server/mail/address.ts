import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'
import type { Refusal } from './transport.ts'

/**
 * Refusals in a row until an address gets no more mail. "There is no such mailbox" is seldom wrong, but now and then it is;
 * a full mailbox, or one that wants us to come again, has as long as a job is tried.
 */
const mostRefusals = { permanent: 3, temporary: 16 }
const reasonLength = 300

/**
 * Counts a refusal of an account's address, and stops mail to it when they were too many in a row. What waited to be
 * mailed stays in the inbox.
 * @returns whether mail to it is stopped now
 */
export async function countRefusal(db: Database, accountId: string, refusal: Refusal): Promise<boolean> {
  return await db.transaction().execute(async (tx) => {
    const account = await tx
      .updateTable('account')
      .set((eb) => ({ mail_refusals: eb('mail_refusals', '+', 1) }))
      .where('id', '=', accountId)
      .returning('mail_refusals')
      .executeTakeFirst()
    if (!account || account.mail_refusals < mostRefusals[refusal.kind]) return false
    await tx
      .updateTable('account')
      .set({ mail_stopped_at: new Date(), mail_stopped_reason: refusal.reason.slice(0, reasonLength) })
      .where('id', '=', accountId)
      .execute()
    await sql`
      update notification set follow_id = null
      from follow
      where follow.account_id = ${accountId} and notification.site_id = follow.site_id
        and notification.follow_id = follow.id
    `.execute(tx)
    return true
  })
}

/** The address took mail, or its owner asks for mail anew: refusals count from the beginning. */
export async function resumeMail(db: Database, accountId: string): Promise<void> {
  await db
    .updateTable('account')
    .set({ mail_refusals: 0, mail_stopped_at: null, mail_stopped_reason: null })
    .where('id', '=', accountId)
    .where((eb) => eb.or([eb('mail_refusals', '>', 0), eb('mail_stopped_at', 'is not', null)]))
    .execute()
}
