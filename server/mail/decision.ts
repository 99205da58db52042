import { articleAddress } from '../../core/threads/address.ts'
import type { MailConfig } from '../config.ts'
import type { Database } from '../database/connect.ts'
import { decisionNow } from '../moderation/index.ts'
import { sendAlone } from './alone.ts'
import { shortened } from './compose.ts'
import { deliver } from './deliver.ts'
import { personalMail, type Part, type PersonalLetter } from './letter.ts'
import { mailText, type MailText } from './messages/index.ts'
import type { Mailer } from './transport.ts'

const titleLength = 120

/**
 * Mails an author what was decided about their comment, and why; then notes that it was. Should the server die between the
 * two, the mail that comes again has the same Message-ID.
 * @throws the mail server's error, to be tried again; not when mail to the address is stopped for it
 */
export async function mailDecision(
  db: Database,
  mailer: Mailer,
  config: MailConfig,
  { siteId, decisionId }: { siteId: string; decisionId: string },
): Promise<void> {
  await sendAlone(db, `decision ${decisionId}`, async (tx) => {
    const told = await readDecided(tx, siteId, decisionId)
    if (!told || told.mail_stopped_at !== null) return
    const mail = personalMail(letterAbout(told, decisionId, config), config)
    if (!(await deliver(tx, mailer, told.account_id, mail))) return
    await tx
      .updateTable('notification')
      .set({ mailed_at: new Date() })
      .where('site_id', '=', siteId)
      .where('decision_id', '=', decisionId)
      .execute()
  })
}

async function readDecided(db: Database, siteId: string, decisionId: string) {
  return await db
    .selectFrom('notification')
    .innerJoin('account', 'account.id', 'notification.account_id')
    .innerJoin('site', 'site.id', 'notification.site_id')
    .innerJoin('decision as made', (join) =>
      join
        .onRef('made.site_id', '=', 'notification.site_id')
        .onRef('made.id', '=', 'notification.decision_id'),
    )
    .innerJoin('comment_revision as decided', (join) =>
      join
        .onRef('decided.site_id', '=', 'made.site_id')
        .onRef('decided.comment_id', '=', 'made.comment_id')
        .onRef('decided.number', '=', 'made.revision'),
    )
    .innerJoin('comment', (join) =>
      join.onRef('comment.site_id', '=', 'made.site_id').onRef('comment.id', '=', 'made.comment_id'),
    )
    .innerJoin('article', (join) =>
      join.onRef('article.site_id', '=', 'comment.site_id').onRef('article.id', '=', 'comment.article_id'),
    )
    .select(['notification.account_id', 'account.name', 'account.email', 'account.mail_stopped_at'])
    .select(['site.name as site_name', 'decided.body', 'decided.language', 'comment.id', 'comment.thread_id'])
    .select(['article.title', 'article.url', 'article.slug', 'article.language as article_language'])
    .select(decisionNow)
    .where('notification.site_id', '=', siteId)
    .where('notification.decision_id', '=', decisionId)
    .where('notification.mailed_at', 'is', null)
    .executeTakeFirst()
}

type Decided = NonNullable<Awaited<ReturnType<typeof readDecided>>>

/** In the language of the page on which the comment was written. */
function letterAbout(told: Decided, decisionId: string, { publicUrl }: MailConfig): PersonalLetter {
  const say = mailText(told.language ?? told.article_language ?? '')
  const { decision } = told
  if (!decision) throw new Error(`decision ${decisionId} is missing beside its notification`)
  const address = new URL(`#postil=${told.thread_id}/${told.id}`, new URL(articleAddress(told), publicUrl))
  return {
    to: { name: told.name, address: told.email },
    say,
    heading: say.notice.subject[decision.action](shortened(told.title, titleLength)),
    parts: [
      ...reasons(decision, say),
      say.notice.quoted,
      { quote: told.body ?? [] },
      ...redress(decision, say),
      { label: say.notice.open, link: address.href },
    ],
    why: say.notice.why(told.site_name),
    id: `decision-${decisionId}`,
  }
}

type Notice = NonNullable<Decided['decision']>

/** Article 17, paragraph 3, (a) to (e): what it means, how it was found, whether by a program, and the rule. */
function reasons({ action, reason, until, found, answer }: Notice, { notice, language }: MailText): Part[] {
  switch (action) {
    case 'reverse':
      return [notice.stands]
    case 'uphold_appeal':
    case 'dismiss_appeal':
      return [notice.answer, { words: answer ?? '' }]
    default:
      return [
        notice.rule[reason ?? 'other'],
        ...(action === 'warn' ? [notice.warned] : []),
        ...(until === null ? [] : [notice.until(day(until, language))]),
        notice.found[found],
      ]
  }
}

/** The same, (f): what one can do about it. */
function redress({ action }: Notice, { notice }: MailText): Part[] {
  if (action === 'reverse' || action === 'uphold_appeal') return []
  return action === 'dismiss_appeal' ? [notice.elsewhere] : [notice.redress, notice.elsewhere]
}

const day = (at: string, language: string) =>
  new Date(at).toLocaleString(language, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'UTC',
    timeZoneName: 'short',
  })
