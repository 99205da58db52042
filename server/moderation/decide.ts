import { v7 as uuid } from 'uuid'
import type {
  CaseView,
  Decided,
  NewDecision,
  RejectReason,
  RevisionState,
} from '../../core/contract/moderation.ts'
import { appendAudit } from '../audit/index.ts'
import { lockComment, setState } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import type { Actor } from '../people/index.ts'
import { may } from '../permissions.ts'
import { findCase } from './queue.ts'

/**
 * Decides a case: one compare-and-swap over (case, revision, version), with decision, state, event and audit in
 * the same transaction.
 * @returns the decision, the case after it, and the article whose log has grown
 * @throws ProblemError `not-found`; `conflict` with `case` as it is now when it changed since it was read
 */
export async function decide(
  db: Database,
  siteId: string,
  caseId: string,
  actor: Actor,
  wanted: NewDecision,
): Promise<Decided> {
  const id = uuid()
  const done = await db.transaction().execute(async (tx) => {
    const subject = await tx
      .selectFrom('moderation_case')
      .select('comment_id')
      .where('site_id', '=', siteId)
      .where('id', '=', caseId)
      .executeTakeFirst()
    if (!subject) return false
    // The comment before the case, as everybody who takes both does.
    const comment = await mustLock(tx, siteId, subject.comment_id)
    const decided = await tx
      .updateTable('moderation_case')
      .set((eb) => ({ status: 'decided', closed_at: new Date(), version: eb('version', '+', 1) }))
      .where('site_id', '=', siteId)
      .where('id', '=', caseId)
      .where('status', '=', 'open')
      .where('revision', '=', wanted.revision)
      .where('version', '=', wanted.version)
      .returning('id')
      .executeTakeFirst()
    if (!decided) return false
    const state = wanted.action === 'approve' ? 'APPROVED' : 'REJECTED'
    // seq is taken last: decision and audit are written before the state, which must know what to put back.
    const before = await stateOf(tx, siteId, comment.id, wanted.revision)
    await record(tx, {
      site_id: siteId,
      id,
      case_id: caseId,
      comment_id: comment.id,
      revision: wanted.revision,
      action: wanted.action,
      reason: wanted.action === 'reject' ? wanted.reason : null,
      note: wanted.note ?? '',
      state_before: before,
      decided_by: actor.id,
      reverses: null,
    })
    await setState(tx, comment, wanted.revision, state)
    return true
  })
  const now = await findCase(db, siteId, caseId)
  if (!now) throw new ProblemError('not-found', 'There is no such case on this site.')
  if (!done) throw new ProblemError('conflict', whatHappened(now), { case: now })
  return outcome(now, id)
}

/**
 * Undoes a decision of the actor's own: a new, linked decision that puts the state back and opens the case again.
 * @throws ProblemError `not-found`; `not-allowed` for another's decision; `conflict` when it was reversed already or
 *   the comment has moved on
 */
export async function reverse(
  db: Database,
  siteId: string,
  decisionId: string,
  actor: Actor,
): Promise<Decided> {
  const id = uuid()
  const caseId = await db.transaction().execute(async (tx) => {
    const decision = await tx
      .selectFrom('decision')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('id', '=', decisionId)
      .executeTakeFirst()
    if (!decision || decision.action === 'reverse')
      throw new ProblemError('not-found', 'There is no such decision on this site.')
    if (!may.reverse(actor, decision))
      throw new ProblemError('not-allowed', 'You can undo your own decisions only.')
    const comment = await mustLock(tx, siteId, decision.comment_id)
    const after = decision.action === 'approve' ? 'APPROVED' : 'REJECTED'
    const reopened =
      comment.latest_revision === decision.revision &&
      (await stateOf(tx, siteId, comment.id, decision.revision)) === after &&
      (await reopen(tx, siteId, decision.case_id))
    if (!reopened)
      throw new ProblemError(
        'conflict',
        'The comment has changed since, so this decision can no longer be undone.',
      )
    await record(tx, {
      ...decision,
      id,
      action: 'reverse',
      note: '',
      state_before: after,
      decided_by: actor.id,
      reverses: decision.id,
    })
    await setState(tx, comment, decision.revision, decision.state_before)
    return decision.case_id
  })
  const now = await findCase(db, siteId, caseId)
  if (!now) throw new ProblemError('not-found', 'There is no such case on this site.')
  return outcome(now, id)
}

function outcome(now: CaseView, decisionId: string): Decided {
  const decision = now.decisions.find((candidate) => candidate.id === decisionId)
  if (!decision) throw new Error(`decision ${decisionId} is missing from its case`)
  return { decision, case: now }
}

async function mustLock(tx: Database, siteId: string, commentId: string) {
  const comment = await lockComment(tx, siteId, commentId)
  if (!comment) throw new ProblemError('not-found', 'There is no such comment on this site.')
  return comment
}

async function stateOf(
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

async function reopen(tx: Database, siteId: string, caseId: string): Promise<boolean> {
  const reopened = await tx
    .updateTable('moderation_case')
    .set((eb) => ({ status: 'open', closed_at: null, version: eb('version', '+', 1) }))
    .where('site_id', '=', siteId)
    .where('id', '=', caseId)
    .where('status', '=', 'decided')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('moderation_case as newer')
            .select('newer.id')
            .whereRef('newer.site_id', '=', 'moderation_case.site_id')
            .whereRef('newer.comment_id', '=', 'moderation_case.comment_id')
            .where('newer.status', '=', 'open'),
        ),
      ),
    )
    .returning('id')
    .execute()
  return reopened.length > 0
}

type DecisionRow = {
  site_id: string
  id: string
  case_id: string
  comment_id: string
  revision: number
  action: 'approve' | 'reject' | 'reverse'
  reason: RejectReason | null
  note: string
  state_before: RevisionState
  decided_by: string
  reverses: string | null
}

async function record(tx: Database, row: DecisionRow): Promise<void> {
  const {
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
  } = row
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

function whatHappened(now: CaseView): string {
  const last = now.decisions.at(-1)
  if (now.status === 'withdrawn') return 'The author withdrew the comment meanwhile.'
  if (now.status === 'decided' && last) return `${last.by} decided this meanwhile: ${last.action}.`
  return 'The comment changed while you were reading. Read it again, then decide.'
}
