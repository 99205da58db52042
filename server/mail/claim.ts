import { claimableBy, isMailed, keepClaim, newToken } from '../claims/index.ts'
import type { MailConfig } from '../config.ts'
import type { Database } from '../database/connect.ts'
import type { Jobs } from '../jobs/index.ts'
import { sendAlone } from './alone.ts'
import { personalMail } from './letter.ts'
import { mailText } from './messages/index.ts'
import { refusalOf, type Mailer } from './transport.ts'

/**
 * Mails somebody the link by which they have what was imported under their address; nothing where there is none, or where they
 * were mailed just now.
 * @throws the mail server's error, to be tried again
 */
export async function mailClaim(
  db: Database,
  mailer: Mailer,
  config: MailConfig,
  { accountId, language }: Jobs['claimMail'],
): Promise<void> {
  await sendAlone(db, `claim ${accountId}`, async (tx) => {
    const person = await tx
      .selectFrom('account')
      .select(['name', 'email'])
      .where('id', '=', accountId)
      .executeTakeFirst()
    if (!person || (await isMailed(tx, accountId))) return
    const found = await claimableBy(tx, accountId)
    if (found.length === 0) return
    const token = newToken()
    const say = mailText(language)
    const letter = {
      to: { name: person.name, address: person.email },
      say,
      heading: say.claim.heading,
      parts: [
        say.claim.asked(person.name),
        ...found.map(({ site, name, comments }) => ({ words: say.claim.found(comments, name, site) })),
        { label: say.claim.open, link: `${config.publicUrl}/claim/${token}` },
        say.claim.holds,
      ],
      why: say.claim.why,
      id: `claim-${accountId}-${Date.now()}`,
    }
    try {
      await mailer.send(personalMail(letter, config))
    } catch (error) {
      // There is no such mailbox: nobody to be told, and nobody to try again for.
      if (refusalOf(error)?.kind !== 'permanent') throw error
    }
    await keepClaim(tx, accountId, token)
  })
}
