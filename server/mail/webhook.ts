import type { MailConfig } from '../config.ts'
import type { Database } from '../database/connect.ts'
import type { Jobs } from '../jobs/index.ts'
import { sendAlone } from './alone.ts'
import { deliver } from './deliver.ts'
import { personalMail, type PersonalLetter } from './letter.ts'
import { mailText } from './messages/index.ts'
import type { Mailer } from './transport.ts'

/**
 * Mails one who publishes a site that the server has disabled a webhook of it; nothing where it was changed since, or they publish the
 * site no more. Should the server die behind it, the mail that comes again has the same Message-ID.
 * @throws the mail server's error, to be tried again; not when mail to the address is stopped for it
 */
export async function mailWebhook(
  db: Database,
  mailer: Mailer,
  config: MailConfig,
  told: Jobs['webhookMail'],
): Promise<void> {
  const id = `webhook-${told.webhookId}-${told.version}-${told.accountId}`
  await sendAlone(db, id, async (tx) => {
    const about = await readDisabled(tx, told)
    if (!about || about.mail_stopped_at !== null) return
    await deliver(tx, mailer, told.accountId, personalMail({ ...letterAbout(about, config), id }, config))
  })
}

async function readDisabled(db: Database, { siteId, webhookId, version, accountId }: Jobs['webhookMail']) {
  return await db
    .selectFrom('webhook')
    .innerJoin('site', 'site.id', 'webhook.site_id')
    .innerJoin('membership', 'membership.site_id', 'webhook.site_id')
    .innerJoin('account', 'account.id', 'membership.account_id')
    .select(['webhook.url', 'webhook.disabled_why', 'site.slug', 'site.name as site_name'])
    .select(['account.name', 'account.email', 'account.language', 'account.mail_stopped_at'])
    .where('webhook.site_id', '=', siteId)
    .where('webhook.id', '=', webhookId)
    .where('webhook.version', '=', version)
    .where('membership.account_id', '=', accountId)
    .where('membership.role', '=', 'publisher')
    .executeTakeFirst()
}

type Disabled = NonNullable<Awaited<ReturnType<typeof readDisabled>>>

function letterAbout(about: Disabled, { publicUrl }: MailConfig): Omit<PersonalLetter, 'id'> {
  const say = mailText(about.language ?? '')
  const { webhook } = say
  return {
    to: { name: about.name, address: about.email },
    say,
    heading: webhook.subject(about.site_name),
    parts: [
      webhook[about.disabled_why === 'gone' ? 'gone' : 'failing'](about.url),
      webhook.todo,
      {
        label: webhook.open,
        link: `${publicUrl}/console/?site=${about.slug}&view=settings&part=webhooks`,
      },
      webhook.kept,
    ],
    why: webhook.why(about.site_name),
  }
}
