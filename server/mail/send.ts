import type { MailConfig } from '../config.ts'
import type { Database } from '../database/connect.ts'
import { compose } from './compose.ts'
import { deliver } from './deliver.ts'
import { markMailed } from './pending.ts'
import { aboutFollow, readPending } from './read.ts'
import type { Mailer } from './transport.ts'

/**
 * Mails what is new of a follow, in one mail, and notes that it was. Between the two lies nothing but the mail server's
 * answer; should the server die just there, the mail that comes again has the same Message-ID.
 * @param told `period`: as it was when the job was added; another choice since has a job of its own
 * @throws the mail server's error, to be tried again; not when mail to the address is stopped for it
 */
export async function sendMail(
  db: Database,
  mailer: Mailer,
  config: MailConfig,
  told: { siteId: string; followId: string; period: string },
): Promise<void> {
  const { siteId, followId } = told
  const subscription = await aboutFollow(db, siteId, followId)
  if (subscription?.mail !== told.period || subscription.stopped) return
  const pending = await readPending(db, siteId, followId)
  if (pending.threads.length > 0) {
    const mail = compose(subscription, pending, config)
    if (!(await deliver(db, mailer, subscription.accountId, mail))) return
  }
  if (pending.notifications.length > 0) await markMailed(db, siteId, followId, pending.notifications)
}
