import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Decided } from '../../core/contract/moderation.ts'
import { lockComment, setState } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import type { DecisionRow } from '../database/schema.ts'
import { ProblemError } from '../http/problem.ts'
import type { Actor } from '../people/index.ts'
import { may } from '../permissions.ts'
import { stateAfter, verdictOf } from './actions.ts'
import { outcome } from './decide.ts'
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
): Promise<Decided> {
  const id = uuid()
  const caseId = await db.transaction().execute(async (tx) => {
    const decision = await tx
      .selectFrom('decision')
      .select(['site_id', 'id', 'case_id', 'comment_id', 'revision', 'action', 'reason', 'state_before'])
      .select(['note', 'decided_by', 'reverses'])
      .where('site_id', '=', siteId)
      .where('id', '=', decisionId)
      .executeTakeFirst()
    if (!decision || decision.action === 'reverse')
      throw new ProblemError('not-found', 'There is no such decision on this site.')
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
    await countInRecords(
      tx,
      { siteId, caseId: decision.case_id, authorId: comment.author_id },
      decision.action,
      -1,
    )
    await lift(tx, siteId, decision.id)
    await recordDecision(tx, {
      ...decision,
      id,
      action: 'reverse',
      note: '',
      state_before: after,
      decided_by: actor.id,
      reverses: decision.id,
    })
    if (after !== decision.state_before) await setState(tx, comment, decision.revision, decision.state_before)
    return decision.case_id
  })
  const now = await findCase(db, siteId, caseId, actor)
  if (!now) throw new ProblemError('not-found', 'There is no such case on this site.')
  return outcome(now, id)
}

/** Puts the case back where the decision found it, as long as nothing was decided of it since. */
async function putBack(tx: Database, decision: DecisionRow): Promise<boolean> {
  const closed = verdictOf(decision.action) !== null
  const { numUpdatedRows } = await tx
    .updateTable('moderation_case as one')
    .set((eb) => ({
      version: eb('version', '+', 1),
      ...(closed && { status: 'open' as const, closed_at: null }),
      ...(decision.action === 'escalate' && { escalated_at: null }),
      ...(decision.action === 'hold' && {
        passed_by: eb.fn<string[]>('array_remove', [
          'passed_by',
          eb.cast(eb.val(decision.decided_by), 'uuid'),
        ]),
      }),
    }))
    .where('site_id', '=', decision.site_id)
    .where('id', '=', decision.case_id)
    .where('status', '=', closed ? 'decided' : 'open')
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
          and later.action <> 'reverse'
          and not exists (
            select from decision as back where back.site_id = later.site_id and back.reverses = later.id
          )
      )`,
    )
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
