import type { SendMailOptions } from 'nodemailer'
import type { Database } from '../database/connect.ts'
import { countRefusal, resumeMail } from './address.ts'
import { refusalOf, type Mailer } from './transport.ts'

/**
 * Sends a mail to an account's address, and keeps count of how the address takes it.
 * @returns false where mail to the address is stopped for its refusal
 * @throws the mail server's error, to be tried again
 */
export async function deliver(
  db: Database,
  mailer: Mailer,
  accountId: string,
  mail: SendMailOptions,
): Promise<boolean> {
  try {
    await mailer.send(mail)
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal && (await countRefusal(db, accountId, refusal))) return false
    throw error
  }
  await resumeMail(db, accountId)
  return true
}
