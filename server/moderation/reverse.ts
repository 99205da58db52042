import { sql, type RawBuilder } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Action, Decision, Reversed } from '../../core/contract/moderation.ts'
import { lockComment, logChange, setState } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import type { DecisionRow } from '../database/schema.ts'
import { ProblemError } from '../http/problem.ts'
import type { Actor } from '../people/index.ts'
import { may } from '../permissions.ts'
import { stateAfter, verdictOf } from './actions.ts'
import { isTheirs } from './filter.ts'
import { reinstate } from './objection.ts'
import { findCase } from './queue.ts'
import { countInRecords } from './record.ts'
import { lift } from './sanctions.ts'
import { recordDecision, stateOf } from './write.ts'

/**
 * Undoes a decision of the actor's own: a new, linked decision that puts the state back, lifts what it meant for the
 * author, and opens the case again.
 * @throws ProblemError `not-found`; `not-allowed` for another's decision; `conflict` when it was reversed already or
 *   the comment or the case has moved on
 */
export async function reverse(
  db: Database,
  siteId: string,
  decisionId: string,
  actor: Actor,
): Promise<Reversed> {
  const { decision, caseId } = await takeBack(db, siteId, decisionId, actor)
  const back = await findCase(db, siteId, caseId, actor)
  if (!back) throw new Error(`case ${caseId} is gone`)
  return { decision, case: back }
}

/**
 * The transaction of undoing a decision.
 * @returns the new decision, and the case
 * @throws ProblemError as {@link reverse}
 */
export async function takeBack(
  db: Database,
  siteId: string,
  decisionId: string,
  actor: Actor,
): Promise<{ decision: Decision; caseId: string }> {
  return await db.transaction().execute(async (tx) => {
    const decision = await tx
      .selectFrom('decision')
      .select(['site_id', 'id', 'case_id', 'comment_id', 'author_id', 'revision', 'action', 'reason'])
      .select(['note', 'state_before', 'decided_by', 'reverses'])
      .where('site_id', '=', siteId)
      .where('id', '=', decisionId)
      .where(
        sql<boolean>`exists (
          select from moderation_case as one
          where one.site_id = decision.site_id and one.id = decision.case_id and ${isTheirs(actor, 'one')}
        )`,
      )
      .executeTakeFirst()
    if (!decision || decision.action === 'reverse')
      throw new ProblemError('not-found', 'There is no such decision on this site.')
    if (decision.action === 'uphold_appeal' || decision.action === 'dismiss_appeal')
      throw new ProblemError('not-allowed', 'An appeal is answered once.')
    if (!may.reverse(actor, decision))
      throw new ProblemError('not-allowed', 'You can undo your own decisions only.')
    const comment = await lockComment(tx, siteId, decision.comment_id)
    if (!comment) throw new ProblemError('not-found', 'There is no such comment on this site.')
    const state = await stateOf(tx, siteId, comment.id, decision.revision)
    const after = stateAfter[decision.action] ?? decision.state_before
    const isUndone =
      comment.latest_revision === decision.revision && state === after && (await putBack(tx, decision))
    if (!isUndone)
      throw new ProblemError(
        'conflict',
        'The comment has changed since, so this decision can no longer be undone.',
      )
    const isChange = after !== decision.state_before
    const changed = isChange ? await setState(tx, comment, decision.revision, decision.state_before) : null
    const about = { siteId, caseId: decision.case_id, authorId: comment.author_id }
    await countInRecords(tx, about, decision.action, -1)
    await lift(tx, siteId, decision.id)
    if (decision.reverses !== null) await reinstate(tx, about, decision.reverses, decision.id)
    const reversal = await recordDecision(tx, actor, {
      ...decision,
      id: uuid(),
      action: 'reverse',
      note: '',
      state_before: after,
      reverses: decision.id,
    })
    if (changed) await logChange(tx, changed.change)
    return { decision: reversal, caseId: decision.case_id }
  })
}

/** Puts the case back where the decision found it, as long as nothing was decided of it since. */
async function putBack(tx: Database, decision: DecisionRow): Promise<boolean> {
  const closed = verdictOf(decision.action) !== null
  const { numUpdatedRows } = await tx
    .updateTable('moderation_case as one')
    .set((eb) => ({
      version: eb('version', '+', 1),
      // What it took back had been objected to.
      ...(closed && { status: 'open' as const, closed_at: null, objected_to: decision.reverses }),
      ...(decision.action === 'object' && {
        status: 'decided' as const,
        closed_at: closedBefore,
        objected_to: null,
      }),
      ...(leavesToLeads.has(decision.action) && { escalated_at: escalatedBefore(decision) }),
      // While it waits, the case takes no other; so before it, there was none.
      ...(decision.action === 'propose_ban' && { proposal_id: null }),
      // Decisions are undone from the last on, so this one's passing on is the last in the list.
      ...(decision.action === 'hold' && { passed_by: sql<string[]>`trim_array(passed_by, 1)` }),
    }))
    .where('site_id', '=', decision.site_id)
    .where('id', '=', decision.case_id)
    .where('status', '=', closed ? 'decided' : 'open')
    .where(sql<boolean>`not ${isReversed(sql.val(decision.id))}`)
    // Another one of the same comment that is open has taken its place.
    .where(
      sql<boolean>`not exists (
        select from moderation_case as newer
        where newer.site_id = one.site_id and newer.comment_id = one.comment_id
          and newer.status = 'open' and newer.id <> one.id
      )`,
    )
    .where(
      sql<boolean>`not exists (
        select from decision as later
        where later.site_id = one.site_id and later.case_id = one.id and later.id > ${decision.id}
          and later.action <> 'reverse' and not ${isReversed(sql.ref('later.id'))}
      )`,
    )
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

const leavesToLeads: ReadonlySet<Action> = new Set<Action>(['escalate', 'propose_ban', 'object'])

/** Whether a decision of the case `one` was undone already. */
const isReversed = (id: RawBuilder<unknown>) => sql<boolean>`exists (
  select from decision as back where back.site_id = one.site_id and back.reverses = ${id}
)`

/** When a case was closed by the decision that somebody objected to. */
const closedBefore = sql<Date>`(
  select made.created_at from decision as made where made.site_id = one.site_id and made.id = one.objected_to
)`

/**
 * When a case was left to those who lead, before this decision left it to them once more; null where it was not. Before: by
 * another decision, or because the decision that is appealed against was theirs.
 */
const escalatedBefore = ({ site_id, id }: DecisionRow) => sql<Date | null>`case when escalated_at < (
  select made.created_at from decision as made where made.site_id = ${site_id} and made.id = ${id}
) then escalated_at end`
