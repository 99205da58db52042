import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { NewObjection } from '../../core/contract/moderation.ts'
import type { LockedComment } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import type { Actor } from '../people/index.ts'
import { leadRoles } from '../permissions.ts'
import { stateAfter } from './actions.ts'
import { lockSubject, refuse, requireTheirs, stateOfCase, take, type Settled } from './decide.ts'
import { objectionable, takenBy } from './objection.ts'
import { recordDecision, stateOf } from './write.ts'

/**
 * Objects to a colleague's decision: its case waits again, for somebody who leads and took no part in it. The comment stays
 * as it was decided until then.
 * @returns what was written, and the case after it
 * @throws ProblemError `not-found`; `not-allowed` for who wrote the comment or took part, and where nobody else could judge;
 *   `conflict` with `case` as it is now where there is no decision left to object to: it was undone, the comment has
 *   moved on, or somebody objected before
 */
export async function object(
  db: Database,
  siteId: string,
  caseId: string,
  actor: Actor,
  wanted: NewObjection,
): Promise<Settled> {
  const done = await db.transaction().execute(async (tx) => {
    const comment = await lockSubject(tx, siteId, caseId, actor)
    const first = comment && (await standing(tx, comment, caseId, wanted.revision))
    if (!comment || !first) return null
    const decidedBy = takenBy(first)
    const { author_id } = comment
    requireTheirs(actor, { author_id, escalated: false, decidedBy })
    await requireJudge(tx, siteId, [author_id, ...decidedBy])
    const taken = await take(
      tx,
      siteId,
      caseId,
      wanted,
      {
        ...{ status: 'open', closed_at: null, objected_to: first.id },
        escalated_at: sql<Date>`coalesce(escalated_at, now())`,
      },
      'decided',
    )
    if (!taken) return null
    const decision = await recordDecision(tx, actor, {
      site_id: siteId,
      id: uuid(),
      case_id: caseId,
      comment_id: comment.id,
      author_id,
      revision: wanted.revision,
      action: 'object',
      reason: null,
      note: wanted.note,
      state_before: taken.state,
      reverses: null,
    })
    const after = { ...comment, revision: wanted.revision, state: taken.state }
    return {
      decided: { decision, case: stateOfCase(caseId, taken, after) },
      articleId: comment.article_id,
      sanctioned: null,
    }
  })
  return done ?? (await refuse(db, siteId, caseId, actor))
}

/** The decision that closed a case, while the comment is still as it left it and nothing else waits to be decided. */
async function standing(tx: Database, comment: LockedComment, caseId: string, revision: number) {
  const siteId = comment.site_id
  const made = await tx
    .selectFrom('decision')
    .select(['id', 'case_id', 'action', 'reverses', 'decided_by', 'proposed_by'])
    .where('site_id', '=', siteId)
    .where('comment_id', '=', comment.id)
    .orderBy('id')
    .execute()
  const last = objectionable(made, caseId)
  if (!last || last.action === 'reverse' || comment.latest_revision !== revision) return null
  if ((await stateOf(tx, siteId, comment.id, revision)) !== stateAfter[last.action]) return null
  const open = await tx
    .selectFrom('moderation_case')
    .select('id')
    .where('site_id', '=', siteId)
    .where('comment_id', '=', comment.id)
    .where('status', '=', 'open')
    .executeTakeFirst()
  return open ? null : last
}

/** @throws ProblemError `not-allowed` where nobody but these leads the moderation of the site */
async function requireJudge(tx: Database, siteId: string, parties: (string | null)[]): Promise<void> {
  const other = await tx
    .selectFrom('membership')
    .select('account_id')
    .where('site_id', '=', siteId)
    .where('role', 'in', leadRoles)
    .where(sql<boolean>`account_id <> all (${parties.filter((id) => id !== null)}::uuid[])`)
    .limit(1)
    .executeTakeFirst()
  if (!other)
    throw new ProblemError(
      'not-allowed',
      'Nobody else leads the moderation of this site, so nobody could judge it again.',
    )
}
