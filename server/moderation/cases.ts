import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { CaseCause } from '../../core/contract/moderation.ts'
import type { Signal } from '../../core/contract/signal.ts'
import type { ReportCategory } from '../../core/contract/threads.ts'
import type { Database } from '../database/connect.ts'
import { raidOf } from './rules/sketch.ts'
import { dueAt, weigh } from './weigh.ts'

/** So many reports are weighed and counted; by then a case has gone as far ahead as reports can bring it. */
const weighedReports = 200

/**
 * Opens a case about a comment's revision, or moves the open one on to it, so that a comment has one open case at
 * the most. It never moves back: a report on what readers see joins the case about an edit that waits. The version
 * counts up, and a decision taken on what was there before is refused. Of two urgencies, the greater one stays.
 * @returns the case's id
 */
export async function openCase(
  tx: Database,
  about: {
    siteId: string
    articleId: string
    commentId: string
    revision: number
    cause: CaseCause
    signals: Signal[]
    isShown: boolean
  },
): Promise<string> {
  const opened = new Date()
  const weights = weigh({ ...about, reports: [], isSampled: about.cause === 'sampled' })
  const { id } = await tx
    .insertInto('moderation_case')
    .values({
      site_id: about.siteId,
      id: uuid(),
      article_id: about.articleId,
      comment_id: about.commentId,
      revision: about.revision,
      cause: about.cause,
      opened_at: opened,
      due_at: dueAt(opened, weights),
      weights: JSON.stringify(weights),
      raid: raidOf(about.siteId, about.commentId),
    })
    .onConflict((conflict) =>
      conflict
        .columns(['site_id', 'comment_id'])
        .where('status', '=', 'open')
        .doUpdateSet((eb) => ({
          revision: eb.fn<number>('greatest', ['moderation_case.revision', 'excluded.revision']),
          version: eb('moderation_case.version', '+', 1),
          // What only chance had brought here has a reason now.
          cause: sql<CaseCause>`case when moderation_case.cause = 'sampled'
            then excluded.cause else moderation_case.cause end`,
          due_at: sql<Date>`moderation_case.opened_at - greatest(
            moderation_case.opened_at - moderation_case.due_at, excluded.opened_at - excluded.due_at)`,
          weights: sql<string>`case when excluded.opened_at - excluded.due_at
            > moderation_case.opened_at - moderation_case.due_at
            then excluded.weights else moderation_case.weights end`,
          // What somebody objected to was decided about the older text.
          objected_to: sql<string | null>`case when excluded.revision > moderation_case.revision
            then null else moderation_case.objected_to end`,
          // Of the same text, a sketch may be gone by now; a newer text belongs where it belongs.
          raid: sql<number | null>`case when excluded.revision > moderation_case.revision
            then excluded.raid else coalesce(excluded.raid, moderation_case.raid) end`,
        })),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** So many sampled cases wait on a site at the most: a sample that nobody gets to is worth nothing. */
const mostSampled = 200

/** Opens a case about a comment that appeared without a look, so that what the rules let through is looked at too. */
export async function sample(
  tx: Database,
  about: { siteId: string; articleId: string; commentId: string },
): Promise<void> {
  const waiting = await tx
    .selectFrom('moderation_case')
    .select('id')
    .where('site_id', '=', about.siteId)
    .where('status', '=', 'open')
    .where('cause', '=', 'sampled')
    .limit(mostSampled)
    .execute()
  if (waiting.length >= mostSampled) return
  await openCase(tx, { ...about, revision: 1, cause: 'sampled', signals: [], isShown: true })
}

/** Weighs a case anew, as what was reported of it has changed. */
export async function reweigh(tx: Database, siteId: string, caseId: string): Promise<void> {
  const { opened_at, signals, shown_revision } = await tx
    .selectFrom('moderation_case as one')
    .innerJoin('comment', (join) =>
      join.onRef('comment.site_id', '=', 'one.site_id').onRef('comment.id', '=', 'one.comment_id'),
    )
    .innerJoin('comment_revision as revision', (join) =>
      join
        .onRef('revision.site_id', '=', 'one.site_id')
        .onRef('revision.comment_id', '=', 'one.comment_id')
        .onRef('revision.number', '=', 'one.revision'),
    )
    .select(['one.opened_at', 'revision.signals', 'comment.shown_revision'])
    .where('one.site_id', '=', siteId)
    .where('one.id', '=', caseId)
    .executeTakeFirstOrThrow()
  const reports = await tx
    .selectFrom('report')
    .leftJoin('record', (join) =>
      join
        .onRef('record.site_id', '=', 'report.site_id')
        .onRef('record.account_id', '=', 'report.reporter_id'),
    )
    .leftJoin('membership', (join) =>
      join
        .onRef('membership.site_id', '=', 'report.site_id')
        .onRef('membership.account_id', '=', 'report.reporter_id'),
    )
    .select(['report.category', 'record.reports_upheld', 'record.reports_dismissed', 'membership.is_guest'])
    .where('report.site_id', '=', siteId)
    .where('report.case_id', '=', caseId)
    .limit(weighedReports)
    .execute()
  const weights = weigh({
    signals,
    isShown: shown_revision !== null,
    reports: reports.map(({ category, reports_upheld, reports_dismissed, is_guest }) => ({
      category,
      reporter: {
        upheld: reports_upheld ?? 0,
        dismissed: reports_dismissed ?? 0,
        isGuest: is_guest ?? false,
      },
    })),
  })
  await tx
    .updateTable('moderation_case')
    .set({
      weights: JSON.stringify(weights),
      due_at: dueAt(opened_at, weights),
      report_count: reports.length,
    })
    .where('site_id', '=', siteId)
    .where('id', '=', caseId)
    .execute()
}

/** Moves the open case of a comment, where there is one, on to the revision that its author wrote meanwhile. */
export async function moveCase(
  tx: Database,
  siteId: string,
  commentId: string,
  revision: number,
): Promise<boolean> {
  const moved = await tx
    .updateTable('moderation_case')
    .set((eb) => ({
      ...{ revision, raid: raidOf(siteId, commentId), version: eb('version', '+', 1) },
      objected_to: null,
    }))
    .where('site_id', '=', siteId)
    .where('comment_id', '=', commentId)
    .where('status', '=', 'open')
    .returning('id')
    .execute()
  return moved.length > 0
}

/** Whether a moderator hid a comment, to pass its case on or with a ban proposed, and nobody has decided since. */
export async function isPassedOn(tx: Database, siteId: string, commentId: string): Promise<boolean> {
  const open = await tx
    .selectFrom('moderation_case')
    .select(['passed_by', 'proposal_id'])
    .where('site_id', '=', siteId)
    .where('comment_id', '=', commentId)
    .where('status', '=', 'open')
    .executeTakeFirst()
  return open !== undefined && (open.passed_by.length > 0 || open.proposal_id !== null)
}

/**
 * Closes the open case of a comment that its author withdrew: there is nothing left to decide, but an appeal, since a
 * decision can mean something for its author beyond the comment.
 */
export async function closeWithdrawn(tx: Database, siteId: string, commentId: string): Promise<boolean> {
  return await close(tx, siteId, commentId, false)
}

/** Closes the open case of a comment that is erased, with an appeal that waits in it: there is nothing left to decide. */
export async function closeErased(tx: Database, siteId: string, commentId: string): Promise<boolean> {
  return await close(tx, siteId, commentId, true)
}

/** @returns whether there was one */
async function close(tx: Database, siteId: string, commentId: string, withAppeal: boolean): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('moderation_case')
    .set((eb) => ({ status: 'withdrawn', closed_at: new Date(), version: eb('version', '+', 1) }))
    .set({ appeal_id: null, claimed_by: null, claimed_until: null })
    .where('site_id', '=', siteId)
    .where('comment_id', '=', commentId)
    .where('status', '=', 'open')
    .$if(!withAppeal, (query) => query.where('appeal_id', 'is', null))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Opens the case again that a withdrawal closed, since the withdrawal was undone; there is one at the most. */
export async function reopenWithdrawn(tx: Database, siteId: string, commentId: string): Promise<boolean> {
  const reopened = await tx
    .updateTable('moderation_case')
    .set((eb) => ({ status: 'open', closed_at: null, version: eb('version', '+', 1) }))
    .where('site_id', '=', siteId)
    .where('comment_id', '=', commentId)
    .where('status', '=', 'withdrawn')
    .returning('id')
    .execute()
  return reopened.length > 0
}

/** Keeps a reader's report with the comment's case. A second one by the same reader changes nothing. */
export async function addReport(
  tx: Database,
  report: {
    siteId: string
    articleId: string
    commentId: string
    revision: number
    reporterId: string
    category: ReportCategory
    text: string
  },
): Promise<boolean> {
  const known = await tx
    .selectFrom('report')
    .select('id')
    .where('site_id', '=', report.siteId)
    .where('comment_id', '=', report.commentId)
    .where('revision', '=', report.revision)
    .where('reporter_id', '=', report.reporterId)
    .executeTakeFirst()
  if (known) return false
  const caseId = await openCase(tx, { ...report, cause: 'reported', signals: [], isShown: true })
  const added = await tx
    .insertInto('report')
    .values({
      site_id: report.siteId,
      id: uuid(),
      case_id: caseId,
      comment_id: report.commentId,
      revision: report.revision,
      reporter_id: report.reporterId,
      category: report.category,
      text: report.text,
    })
    .onConflict((conflict) =>
      conflict.columns(['site_id', 'comment_id', 'revision', 'reporter_id']).doNothing(),
    )
    .returning('id')
    .execute()
  await reweigh(tx, report.siteId, caseId)
  return added.length > 0
}
