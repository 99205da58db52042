import { sql, type UpdateObject } from 'kysely'
import { v7 as uuid } from 'uuid'
import type {
  CaseDecision,
  CaseState,
  CaseView,
  Decided,
  NewDecision,
} from '../../core/contract/moderation.ts'
import { lockComment, logChange, setState, type LockedComment } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import type { CaseRow, Schema } from '../database/schema.ts'
import { ProblemError, fieldProblem } from '../http/problem.ts'
import { roleOn, type Actor } from '../people/index.ts'
import { may, type Subject } from '../permissions.ts'
import { stateAfter, verdictOf } from './actions.ts'
import { confirming, requireSecond, weighBan } from './ban.ts'
import { isTheirs } from './filter.ts'
import { decisionOf, replace, takenBy } from './objection.ts'
import { findCase } from './queue.ts'
import { countInRecords } from './record.ts'
import { impose, type Sanction } from './sanctions.ts'
import { recordDecision } from './write.ts'

/**
 * Decides a case: one compare-and-swap over (case, revision, version), with decision, state, event and audit in
 * the same transaction. To hold, to escalate and to propose a ban leaves it open, for others.
 * @returns the decision, the case after it, and whom and what else it concerns
 * @throws ProblemError `not-found`; `not-allowed` where it is for somebody else to decide; `conflict` with `case` as it
 *   is now when it changed since it was read
 */
export async function decide(
  db: Database,
  siteId: string,
  caseId: string,
  actor: Actor,
  wanted: CaseDecision,
): Promise<Settled> {
  return (await carryOut(db, siteId, caseId, actor, wanted)) ?? (await refuse(db, siteId, caseId, actor))
}

/** What a decision has done. */
export interface Settled {
  decided: Decided
  /** Whose log has grown. */
  articleId: string
  /** Whom something was imposed on. */
  sanctioned: string | null
}

/**
 * The transaction of a decision.
 * @param bulkId what it is made with many others of, if it is
 * @returns null where the case is no longer what its decider saw, or is not there
 * @throws ProblemError `not-allowed`, also for a bulk where a ban is proposed or somebody objected; `invalid-field` where an
 *   appeal waits
 */
export async function carryOut(
  db: Database,
  siteId: string,
  caseId: string,
  actor: Actor,
  wanted: CaseDecision,
  bulkId: string | null = null,
): Promise<Settled | null> {
  const id = uuid()
  return await db.transaction().execute(async (tx) => {
    const comment = await lockSubject(tx, siteId, caseId, actor)
    if (!comment) return null
    const ban = wanted.action === 'ban' ? await weighBan(tx, siteId, caseId, actor) : null
    const action: Deed = ban?.way === 'propose' ? 'propose_ban' : wanted.action
    const taken = await take(tx, siteId, caseId, wanted, changesOf(action, actor, id))
    if (!taken) return null
    const escalated = ban ? ban.escalated : taken.escalated_at !== null && action !== 'escalate'
    const objected = taken.objected_to === null ? null : await decisionOf(tx, siteId, taken.objected_to)
    requireTheirs(actor, { author_id: comment.author_id, escalated, decidedBy: takenBy(objected) })
    if (objected && bulkId !== null)
      throw new ProblemError('not-allowed', 'Somebody objected to a decision here: decide it by itself.')
    if (taken.proposal_id !== null && bulkId !== null)
      throw new ProblemError('not-allowed', 'A ban is proposed here: decide it by itself.')
    if (taken.appeal_id !== null && wanted.action !== 'escalate')
      throw fieldProblem('action', 'the author has appealed: uphold or dismiss the appeal')
    if (ban) requireSecond(ban)
    const sanction = sanctionIn(wanted)
    if (sanction && !may.beSanctioned(await roleOn(tx, siteId, comment.author_id)))
      throw new ProblemError('not-allowed', 'The author works for this site. Reject the comment instead.')
    // Comments, records, the audit log, the article: in one order for all, and those that many wait for last.
    const after = stateAfter[action] ?? taken.state
    // Where nothing changes, readers are told nothing.
    const changed = after === taken.state ? null : await setState(tx, comment, wanted.revision, after)
    const about = { siteId, caseId, authorId: comment.author_id }
    const replaced = verdictOf(action) === null ? null : objected
    if (replaced) await replace(tx, about, replaced)
    await countInRecords(tx, about, action, 1)
    const row = {
      site_id: siteId,
      id,
      case_id: caseId,
      comment_id: comment.id,
      author_id: comment.author_id,
      revision: wanted.revision,
      action,
      reason: 'reason' in wanted ? wanted.reason : null,
      note: wanted.note ?? '',
      state_before: taken.state,
      reverses: replaced?.id ?? null,
    }
    const decision = await recordDecision(tx, actor, row, { bulk_id: bulkId, ...(ban && confirming(ban)) })
    const imposed = action === 'propose_ban' ? null : sanction
    if (imposed) await impose(tx, { siteId, accountId: comment.author_id, decisionId: id }, imposed)
    if (changed) await logChange(tx, changed.change)
    return {
      decided: {
        decision,
        case: stateOfCase(caseId, taken, { ...comment, revision: wanted.revision, state: after }),
      },
      articleId: comment.article_id,
      sanctioned: imposed && comment.author_id,
    }
  })
}

/** Locks the comment that a case is about: before the case, as everybody who takes both does. Null: there is no such case
 * that is the actor's to decide. */
export async function lockSubject(
  tx: Database,
  siteId: string,
  caseId: string,
  actor: Actor,
): Promise<LockedComment | null> {
  const subject = tx
    .selectFrom('moderation_case as subject')
    .select('subject.comment_id')
    .where('subject.site_id', '=', siteId)
    .where('subject.id', '=', caseId)
    .where(isTheirs(actor, 'subject'))
  return await lockComment(tx, siteId, subject.$asScalar())
}

/**
 * The compare-and-swap itself, before anything is written on the grounds of what was read. Whoever decides lets go of
 * the case.
 * @param changes what else becomes of it
 * @param status what they saw it in
 * @returns whose it is, the state of the revision, and the decision that was objected to; null when it is no longer what its decider saw
 */
export async function take(
  tx: Database,
  siteId: string,
  caseId: string,
  wanted: Pick<NewDecision, 'revision' | 'version'>,
  changes: UpdateObject<Schema, 'moderation_case'>,
  status: CaseRow['status'] = 'open',
) {
  const taken = await tx
    .updateTable('moderation_case')
    .set((eb) => ({ version: eb('version', '+', 1), claimed_by: null, claimed_until: null, ...changes }))
    .where('site_id', '=', siteId)
    .where('id', '=', caseId)
    .where('status', '=', status)
    .where('revision', '=', wanted.revision)
    .where('version', '=', wanted.version)
    .returning(['status', 'version', 'escalated_at', 'appeal_id', 'proposal_id'])
    .returning((eb) => [
      eb
        .selectFrom('comment_revision')
        .select('comment_revision.state')
        .whereRef('comment_revision.site_id', '=', 'moderation_case.site_id')
        .whereRef('comment_revision.comment_id', '=', 'moderation_case.comment_id')
        .whereRef('comment_revision.number', '=', 'moderation_case.revision')
        .$asScalar()
        .$notNull()
        .as('state'),
      // As it was: a verdict settles it.
      eb
        .selectFrom('moderation_case as before')
        .select('before.objected_to')
        .whereRef('before.site_id', '=', 'moderation_case.site_id')
        .whereRef('before.id', '=', 'moderation_case.id')
        .as('objected_to'),
    ])
    .executeTakeFirst()
  return taken ?? null
}

/** What a decision comes to. */
type Deed = CaseDecision['action'] | 'propose_ban'

/** What a decision makes of the case itself. */
function changesOf(action: Deed, actor: Actor, decisionId: string): UpdateObject<Schema, 'moderation_case'> {
  if (verdictOf(action) !== null) return { status: 'decided', closed_at: new Date(), objected_to: null }
  if (action === 'hold') return { passed_by: sql`array_append(passed_by, ${actor.id}::uuid)` }
  const escalated_at = sql<Date>`coalesce(escalated_at, now())`
  return action === 'propose_ban' ? { escalated_at, proposal_id: decisionId } : { escalated_at }
}

/** @throws ProblemError `not-allowed` where it is for somebody else to decide */
export function requireTheirs(actor: Actor, one: Subject): void {
  if (may.decide(actor, one)) return
  if (actor.id === one.author_id)
    throw new ProblemError('not-allowed', 'You wrote this comment. Somebody else decides about it.')
  if (one.decidedBy?.includes(actor.id))
    throw new ProblemError('not-allowed', 'You took part in this decision. Somebody else looks at it again.')
  throw new ProblemError('not-allowed', 'This case was left to those who lead the moderation of this site.')
}

function sanctionIn(wanted: CaseDecision): Sanction | null {
  switch (wanted.action) {
    case 'warn':
      return { kind: 'warning', reason: wanted.reason, days: null }
    case 'time_out':
      return { kind: 'time_out', reason: wanted.reason, days: wanted.days }
    case 'ban':
      return { kind: 'ban', reason: wanted.reason, days: null }
    default:
      return null
  }
}

/** A case as it is told once it is decided. */
export function stateOfCase(
  id: string,
  { status, version, escalated_at }: Pick<CaseRow, 'status' | 'version' | 'escalated_at'>,
  comment: CaseState['comment'],
): CaseState {
  const { id: commentId, revision, state } = comment
  return {
    ...{ id, status, version, escalated: escalated_at !== null },
    comment: { id: commentId, revision, state },
  }
}

/**
 * Tells whoever decided a case that is no longer what they saw what happened.
 * @throws ProblemError `not-found`; `conflict` with `case` as it is now
 */
export async function refuse(db: Database, siteId: string, caseId: string, actor: Actor): Promise<never> {
  const now = await findCase(db, siteId, caseId, actor)
  if (!now) throw new ProblemError('not-found', 'There is no such case on this site.')
  throw new ProblemError('conflict', whatHappened(now), { case: now })
}

function whatHappened(now: CaseView): string {
  const last = now.decisions.at(-1)
  if (now.comment.state === 'ERASED') return 'The comment was erased meanwhile: there is no text left.'
  if (now.status === 'withdrawn') return 'The author withdrew the comment meanwhile.'
  if (now.objection) return `${now.objection.by} objected meanwhile to what ${now.objection.to.by} decided.`
  if (now.status === 'decided' && last) return `${last.by} decided this meanwhile: ${last.action}.`
  return 'The comment changed while you were reading. Read it again, then decide.'
}
