import { sql } from 'kysely'
import type { DecisionNotice } from '../../core/contract/follows.ts'
import type { Action } from '../../core/contract/moderation.ts'
import { rejecting } from '../../core/moderation/rejecting.ts'
import type { Database } from '../database/connect.ts'
import { addJob, jobCall } from '../jobs/index.ts'
import { verdictOf } from './actions.ts'
import { holding } from './screen/holding.ts'

/** What an author is told of: each with its reasons (DSA, Article 17), and how an appeal ended (Article 20). */
const told: ReadonlySet<Action> = new Set<DecisionNotice['action']>([
  ...rejecting,
  'reverse',
  'uphold_appeal',
  'dismiss_appeal',
])
/** Seconds in which a decision can be undone before anybody was told of it. */
const undoWindow = 300

/**
 * Has an author told of a decision about their comment, and those who reported it by mail, in the transaction that writes
 * it: in a few minutes, so that what is undone until then is not told.
 */
export async function announceDecision(
  tx: Database,
  siteId: string,
  { id, action, case_id }: { id: string; action: Action; case_id: string },
): Promise<void> {
  const verdict = verdictOf(action)
  if (verdict !== null && action !== 'uphold_appeal')
    await sql`
      select ${jobCall('outcome', { siteId, decisionId: id }, undefined, undoWindow)}
      where exists (
        select from report where site_id = ${siteId} and case_id = ${case_id} and email is not null
      )
    `.execute(tx)
  if (!told.has(action)) return
  const isAnswer = action === 'uphold_appeal' || action === 'dismiss_appeal'
  await addJob(tx, 'notice', { siteId, decisionId: id }, undefined, isAnswer ? 0 : undoWindow)
}

/** To be selected beside `notification`: the decision that it is about, as its author is told of it. No moderator is named. */
export const decisionNow = sql<DecisionNotice | null>`(
  select jsonb_build_object(
    'action', decision.action, 'reason', decision.reason, 'until', sanction.until, 'answer', appeal.answer,
    'found', case
      when first_case.report_count > 0 then 'reports'
      when jsonb_path_exists(comment_revision.signals, ${holding}) then 'rules'
      else 'moderator'
    end
  )
  from decision
  join moderation_case as first_case
    on first_case.site_id = decision.site_id and first_case.id = decision.case_id
  join comment_revision on comment_revision.site_id = decision.site_id
    and comment_revision.comment_id = decision.comment_id and comment_revision.number = decision.revision
  left join sanction on sanction.site_id = decision.site_id and sanction.decision_id = decision.id
  left join appeal on appeal.site_id = decision.site_id and appeal.case_id = decision.case_id
    and appeal.decided_by = decision.decided_by
    and decision.action in ('uphold_appeal', 'dismiss_appeal')
  where decision.site_id = notification.site_id and decision.id = notification.decision_id
)`.as('decision')
