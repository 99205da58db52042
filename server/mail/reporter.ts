import { shortened } from '../../core/text/shortened.ts'
import { addressOf } from '../../core/threads/address.ts'
import type { MailConfig } from '../config.ts'
import type { Database } from '../database/connect.ts'
import { sendAlone } from './alone.ts'
import { personalMail, type PersonalLetter } from './letter.ts'
import { mailText } from './messages/index.ts'
import { refusalOf, type Mailer } from './transport.ts'

const titleLength = 120

interface Told {
  siteId: string
  reportId: string
  about: 'receipt' | 'outcome'
}

/**
 * Mails somebody without an account that their report is here, or how it was decided (DSA, Article 16, paragraphs 4 and 5),
 * each once. An address that its mail server refuses gets nothing; there is nobody to ask for another.
 * @throws the mail server's error, to be tried again
 */
export async function mailReporter(
  db: Database,
  mailer: Mailer,
  config: MailConfig,
  told: Told,
): Promise<void> {
  const { siteId, reportId, about } = told
  await sendAlone(db, `${about} ${reportId}`, async (tx) => {
    const report = await readReport(tx, told)
    const letter = report && letterAbout(report, about, config)
    if (!letter) return
    try {
      await mailer.send(personalMail(letter, config))
    } catch (error) {
      if (refusalOf(error)?.kind !== 'permanent') throw error
    }
    await tx
      .updateTable('report')
      .set(about === 'receipt' ? { receipt_at: new Date() } : { outcome_at: new Date() })
      .where('site_id', '=', siteId)
      .where('id', '=', reportId)
      .execute()
  })
}

async function readReport(db: Database, { siteId, reportId, about }: Told) {
  return await db
    .selectFrom('report')
    .innerJoin('site', 'site.id', 'report.site_id')
    .innerJoin('comment', (join) =>
      join.onRef('comment.site_id', '=', 'report.site_id').onRef('comment.id', '=', 'report.comment_id'),
    )
    .innerJoin('article', (join) =>
      join.onRef('article.site_id', '=', 'comment.site_id').onRef('article.id', '=', 'comment.article_id'),
    )
    .select(['report.id', 'report.name', 'report.email', 'report.language', 'report.comment_id'])
    .select(['site.name as site_name', 'article.title', 'comment.shown_revision'])
    .where('report.site_id', '=', siteId)
    .where('report.id', '=', reportId)
    .where(about === 'receipt' ? 'report.receipt_at' : 'report.outcome_at', 'is', null)
    .executeTakeFirst()
}

type Report = NonNullable<Awaited<ReturnType<typeof readReport>>>

/** In the language in which it was reported. Null where somebody with an account reported. */
function letterAbout(report: Report, about: Told['about'], config: MailConfig): PersonalLetter | null {
  const { name, email, language, title, shown_revision: shown } = report
  if (name === null || email === null) return null
  const say = mailText(language ?? '')
  const short = shortened(title, titleLength)
  const isShown = shown !== null
  return {
    to: { name, address: email },
    say,
    heading: about === 'receipt' ? say.report.receipt(short) : say.report.outcome(short),
    parts: [
      ...(about === 'receipt'
        ? [say.report.received]
        : [isShown ? say.report.stays : say.report.removed, say.report.person, say.notice.elsewhere]),
      ...(isShown
        ? [{ label: say.report.open, link: config.publicUrl + addressOf.comment(report.comment_id) }]
        : []),
    ],
    why: say.report.why(report.site_name),
    id: `${about}-${report.id}`,
  }
}
