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
  const isLast = sql`mail_refusals + 1 >= ${mostRefusals[refusal.kind]}`
  const reason = refusal.reason.slice(0, reasonLength)
  // One statement, which stands in the transaction of a mail as well as alone.
  const { rows } = await sql<{ stopped: boolean }>`
    with counted as (
      update account set
        mail_refusals = mail_refusals + 1,
        mail_stopped_at = case when ${isLast} then now() else mail_stopped_at end,
        mail_stopped_reason = case when ${isLast} then ${reason} else mail_stopped_reason end
      where id = ${accountId}
      returning id, mail_refusals >= ${mostRefusals[refusal.kind]} as stopped
    ), let_go as (
      update notification set follow_id = null
      from follow join counted on counted.id = follow.account_id
      where counted.stopped and notification.site_id = follow.site_id and notification.follow_id = follow.id
    )
    select stopped from counted
  `.execute(db)
  return rows[0]?.stopped ?? false
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
