import type { Action, RejectReason, RevisionState } from '../../core/contract/moderation.ts'
import { appendAudit } from '../audit/index.ts'
import type { Database } from '../database/connect.ts'

export interface DecisionRow {
  site_id: string
  id: string
  case_id: string
  comment_id: string
  revision: number
  action: Action
  reason: RejectReason | null
  note: string
  state_before: RevisionState
  decided_by: string
  reverses: string | null
}

/** Writes a decision, and writes it into the site's audit log. */
export async function recordDecision(tx: Database, row: DecisionRow): Promise<void> {
  const { site_id, id, case_id, comment_id, revision, action, reason, note } = row
  const { state_before, decided_by, reverses } = row
  await tx
    .insertInto('decision')
    .values({
      site_id,
      id,
      case_id,
      comment_id,
      revision,
      action,
      reason,
      note,
      state_before,
      decided_by,
      reverses,
    })
    .execute()
  await appendAudit(tx, {
    siteId: site_id,
    actorId: decided_by,
    action,
    subject: { decision: id, case: case_id, comment: comment_id, revision, reason, reverses },
  })
}

/** The state of a revision that is there. */
export async function stateOf(
  tx: Database,
  siteId: string,
  commentId: string,
  revision: number,
): Promise<RevisionState> {
  const { state } = await tx
    .selectFrom('comment_revision')
    .select('state')
    .where('site_id', '=', siteId)
    .where('comment_id', '=', commentId)
    .where('number', '=', revision)
    .executeTakeFirstOrThrow()
  return state
}
