import { v7 as uuid } from 'uuid'
import type { ReportCategory } from '../../core/contract/threads.ts'
import type { Database } from '../database/connect.ts'

/**
 * Opens a case about a comment's revision, or moves the open one on to it, so that a comment has one open case at
 * the most. It never moves back: a report on what readers see joins the case about an edit that waits. The version
 * counts up, and a decision taken on what was there before is refused.
 * @returns the case's id
 */
export async function openCase(
  tx: Database,
  about: {
    siteId: string
    articleId: string
    commentId: string
    revision: number
    cause: 'held' | 'reported'
  },
): Promise<string> {
  const { id } = await tx
    .insertInto('moderation_case')
    .values({
      site_id: about.siteId,
      id: uuid(),
      article_id: about.articleId,
      comment_id: about.commentId,
      revision: about.revision,
      cause: about.cause,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['site_id', 'comment_id'])
        .where('status', '=', 'open')
        .doUpdateSet((eb) => ({
          revision: eb.fn<number>('greatest', ['moderation_case.revision', 'excluded.revision']),
          version: eb('moderation_case.version', '+', 1),
        })),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
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
    .set((eb) => ({ revision, version: eb('version', '+', 1) }))
    .where('site_id', '=', siteId)
    .where('comment_id', '=', commentId)
    .where('status', '=', 'open')
    .returning('id')
    .execute()
  return moved.length > 0
}

/** Closes the open case of a comment that its author withdrew: there is nothing left to decide. */
export async function closeWithdrawn(tx: Database, siteId: string, commentId: string): Promise<boolean> {
  const closed = await tx
    .updateTable('moderation_case')
    .set((eb) => ({ status: 'withdrawn', closed_at: new Date(), version: eb('version', '+', 1) }))
    .where('site_id', '=', siteId)
    .where('comment_id', '=', commentId)
    .where('status', '=', 'open')
    .returning('id')
    .execute()
  return closed.length > 0
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
  const caseId = await openCase(tx, { ...report, cause: 'reported' })
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
  return added.length > 0
}
