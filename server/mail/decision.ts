import { shortened } from '../../core/text/shortened.ts'
import { articleAddress } from '../../core/threads/address.ts'
import type { MailConfig } from '../config.ts'
import type { Database } from '../database/connect.ts'
import { decisionNow } from '../moderation/index.ts'
import { toPlainText } from '../text/index.ts'
import { sendAlone } from './alone.ts'
import { deliver } from './deliver.ts'
import { personalMail, type Part, type PersonalLetter } from './letter.ts'
import { mailText, type MailText } from './messages/index.ts'
import type { Mailer } from './transport.ts'

const titleLength = 120
/** Of each text, where there are several: all of it stands at the link. */
const quoteLength = 1000

/**
 * Mails an author what was decided about their comments, and why, in one letter; then notes that it was. Should the server
 * die between the two, the mail that comes again has the same Message-ID.
 * @param decisions that are not mailed yet; those that were meanwhile are left out
 * @throws the mail server's error, to be tried again; not when mail to the address is stopped for it
 */
export async function mailDecisions(
  db: Database,
  mailer: Mailer,
  config: MailConfig,
  siteId: string,
  decisions: string[],
): Promise<void> {
  const [first] = decisions
  if (first === undefined) return
  await sendAlone(db, `decision ${first}`, async (tx) => {
    const told = await readDecided(tx, siteId, decisions)
    const [one] = told
    if (!one || one.mail_stopped_at !== null) return
    const letter = told.length === 1 ? letterAbout(one, config) : letterAboutAll(one, told, config)
    if (!(await deliver(tx, mailer, one.account_id, personalMail(letter, config)))) return
    await tx
      .updateTable('notification')
      .set({ mailed_at: new Date() })
      .where('site_id', '=', siteId)
      .where(
        'decision_id',
        'in',
        told.map(({ decision_id }) => decision_id),
      )
      .execute()
  })
}

async function readDecided(db: Database, siteId: string, decisions: string[]) {
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
    .select([
      'made.id as decision_id',
      'notification.account_id',
      'account.name',
      'account.email',
      'account.mail_stopped_at',
    ])
    .select(['site.name as site_name', 'decided.body', 'decided.language', 'comment.id', 'comment.thread_id'])
    .select(['article.title', 'article.url', 'article.slug', 'article.language as article_language'])
    .select(decisionNow)
    .where('notification.site_id', '=', siteId)
    .where('notification.decision_id', 'in', decisions)
    .where('notification.mailed_at', 'is', null)
    .orderBy('made.id')
    .execute()
}

type Decided = Awaited<ReturnType<typeof readDecided>>[number]

/** In the language of the page on which the comment was written. */
function letterAbout(told: Decided, config: MailConfig): PersonalLetter {
  const say = textFor(told)
  const decision = decisionOf(told)
  return {
    to: { name: told.name, address: told.email },
    say,
    heading: say.notice.subject[decision.action](shortened(told.title, titleLength)),
    parts: [
      ...reasons(decision, say),
      say.notice.quoted,
      { quote: told.body ?? [] },
      ...redress(decision, say),
      linkTo(told, say, config),
    ],
    why: say.notice.why(told.site_name),
    id: `decision-${told.decision_id}`,
  }
}

/** About several that one bulk decided: each with its own reasons; what one can do about it is the same for all. */
function letterAboutAll(first: Decided, told: Decided[], config: MailConfig): PersonalLetter {
  const say = textFor(first)
  const decision = decisionOf(first)
  const { many, quoted } = say.notice
  return {
    to: { name: first.name, address: first.email },
    say,
    heading: many[decision.action === 'reverse' ? 'reverse' : 'reject'](told.length, first.site_name),
    parts: [
      ...told.flatMap((one): Part[] => [
        { title: shortened(one.title, titleLength) },
        ...reasons(decisionOf(one), say),
        quoted,
        { words: shortened(toPlainText(one.body ?? []), quoteLength) },
        linkTo(one, say, config),
      ]),
      ...redress(decision, say),
    ],
    why: many.why(first.site_name),
    id: `decisions-${first.decision_id}-${told.length}`,
  }
}

const textFor = ({ language, article_language }: Decided) => mailText(language ?? article_language ?? '')

function decisionOf({ decision, decision_id }: Decided): Notice {
  if (!decision) throw new Error(`decision ${decision_id} is missing beside its notification`)
  return decision
}

function linkTo(told: Decided, { notice }: MailText, { publicUrl }: MailConfig): Part {
  const address = new URL(articleAddress(told), publicUrl)
  return { label: notice.open, link: new URL(`#postil=${told.thread_id}/${told.id}`, address).href }
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
