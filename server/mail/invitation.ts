import type { MailConfig } from '../config.ts'
import type { Database } from '../database/connect.ts'
import { hashed } from '../people/index.ts'
import { newToken, noteMail } from '../staff/index.ts'
import { sendAlone } from './alone.ts'
import { personalMail } from './letter.ts'
import { mailText } from './messages/index.ts'
import { refusalOf, type Mailer } from './transport.ts'

/**
 * Mails an invitation to work for a site, with a link made for this mail alone. Should the server die between mail and note,
 * another mail comes with another link, and only that one works.
 * @throws the mail server's error, to be tried again; not where it refuses the address, which is noted
 */
export async function mailInvitation(
  db: Database,
  mailer: Mailer,
  config: MailConfig,
  { siteId, invitationId }: { siteId: string; invitationId: string },
): Promise<void> {
  await sendAlone(db, `invitation ${invitationId}`, async (tx) => {
    const one = await newToken(tx, siteId, invitationId)
    if (!one) return
    const say = mailText(one.language)
    const letter = {
      to: { name: '', address: one.email },
      say,
      heading: say.invitation.subject[one.role](one.siteName),
      parts: [
        say.invitation.about[one.role],
        {
          label: say.invitation.accept,
          link: `${config.publicUrl}/signin/?lang=${say.language}#invitation=${one.token}`,
        },
        say.invitation.lasts,
      ],
      why: say.invitation.why(one.siteName),
      id: `invitation-${invitationId}-${hashed(one.token).slice(0, 16)}`,
    }
    try {
      await mailer.send(personalMail(letter, config))
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal?.kind !== 'permanent') throw error
      return await noteMail(tx, siteId, invitationId, refusal.reason)
    }
    await noteMail(tx, siteId, invitationId, null)
  })
}
