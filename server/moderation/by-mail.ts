import { v7 as uuid } from 'uuid'
import { addJob } from '../jobs/index.ts'
import type { ReportCategory } from '../../core/contract/threads.ts'
import { lockComment } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { openCase, reweigh } from './cases.ts'

/** Told of one decision at the most. */
const mostAnswered = 1000

/** What somebody without an account says of a comment (DSA, Article 16, paragraph 2). */
export interface ReportByMail {
  category: ReportCategory
  text: string
  name: string
  email: string
  /** Of the page they wrote it on: what they are answered in. */
  language: string
}

/**
 * Keeps a report by somebody without an account, on what readers see of a comment, and has its receipt mailed. A second
 * one from the same address changes nothing.
 * @returns the site whose queue has changed; null where there is no such comment to be seen
 */
export async function reportByMail(
  db: Database,
  at: { siteId: string; commentId: string },
  { name, email, language, category, text }: ReportByMail,
): Promise<string | null> {
  return await db.transaction().execute(async (tx) => {
    const comment = await lockComment(tx, at.siteId, at.commentId)
    if (comment?.shown_revision == null) return null
    const about = { siteId: at.siteId, commentId: comment.id, revision: comment.shown_revision }
    const known = await tx
      .selectFrom('report')
      .select('id')
      .where('site_id', '=', at.siteId)
      .where('comment_id', '=', comment.id)
      .where('revision', '=', about.revision)
      .where((eb) => eb(eb.fn<string>('lower', ['email']), '=', email.toLowerCase()))
      .executeTakeFirst()
    if (known) return at.siteId
    const caseId = await openCase(tx, {
      ...about,
      articleId: comment.article_id,
      cause: 'reported',
      signals: [],
      isShown: true,
    })
    const id = uuid()
    await tx
      .insertInto('report')
      .values({
        site_id: at.siteId,
        id,
        case_id: caseId,
        comment_id: comment.id,
        revision: about.revision,
        reporter_id: null,
        category,
        text,
        name,
        email,
        language,
      })
      .execute()
    await reweigh(tx, at.siteId, caseId)
    await addJob(tx, 'reportMail', { siteId: at.siteId, reportId: id, about: 'receipt' })
    return at.siteId
  })
}

/** Those who reported what a case is about by mail, and were not yet told how it was decided. */
export async function reportsToAnswer(db: Database, siteId: string, decisionId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('report')
    .innerJoin('decision', (join) =>
      join.onRef('decision.site_id', '=', 'report.site_id').onRef('decision.case_id', '=', 'report.case_id'),
    )
    .select('report.id')
    .where('decision.site_id', '=', siteId)
    .where('decision.id', '=', decisionId)
    .where('report.email', 'is not', null)
    .where('report.outcome_at', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('decision as back')
            .select('back.id')
            .whereRef('back.site_id', '=', 'decision.site_id')
            .whereRef('back.reverses', '=', 'decision.id'),
        ),
      ),
    )
    .limit(mostAnswered)
    .execute()
  return rows.map(({ id }) => id)
}
