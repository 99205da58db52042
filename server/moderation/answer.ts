import { v7 as uuid } from 'uuid'
import type { AppealAnswer } from '../../core/contract/moderation.ts'
import { logChange, setState, standAfterAll } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { fieldProblem } from '../http/problem.ts'
import type { Actor } from '../people/index.ts'
import { lockSubject, refuse, requireTheirs, stateOfCase, take, type Settled } from './decide.ts'
import { countInRecords } from './record.ts'
import { lift } from './sanctions.ts'
import { recordDecision, stateOf } from './write.ts'

/**
 * Answers an appeal, in writing and by somebody else than who decided first. Upheld, the decision is taken back with all
 * that it meant for the author, and the text that it was about stands; a newer text that waits goes on waiting.
 * @throws ProblemError `not-found`; `invalid-field` where there is no appeal; `not-allowed` where it is for somebody else
 *   to answer; `conflict` with `case` as it is now when it changed since it was read
 */
export async function answerAppeal(
  db: Database,
  siteId: string,
  caseId: string,
  actor: Actor,
  wanted: AppealAnswer,
): Promise<Settled> {
  const upheld = wanted.action === 'uphold_appeal'
  const done = await db.transaction().execute(async (tx) => {
    const comment = await lockSubject(tx, siteId, caseId, actor)
    if (!comment) return null
    const taken = await take(tx, siteId, caseId, wanted, {})
    if (!taken) return null
    if (taken.appeal_id === null) throw fieldProblem('action', 'there is no appeal in this case to answer')
    const first = await appealed(tx, siteId, taken.appeal_id)
    requireTheirs(actor, {
      author_id: comment.author_id,
      escalated: taken.escalated_at !== null,
      decidedBy: [first.decided_by, first.proposed_by],
    })
    const before = await stateOf(tx, siteId, comment.id, first.revision)
    await writeAnswer(tx, siteId, taken.appeal_id, actor, wanted)
    // The case may be about a newer text as well, which still waits.
    const isNewer = wanted.revision !== first.revision
    const waits = isNewer && taken.state === 'HELD'
    await settleCase(tx, siteId, caseId, waits)
    // What its author withdrew meanwhile stays withdrawn. Dismissed, the same state again tells their open pages of the answer.
    const changed =
      before === 'REJECTED'
        ? await setState(tx, comment, first.revision, upheld ? 'APPROVED' : 'REJECTED')
        : null
    if (upheld) {
      await standAfterAll(tx, comment, first.revision)
      const at = { siteId, caseId: first.case_id, authorId: comment.author_id }
      await countInRecords(tx, at, first.action, -1)
      await countInRecords(tx, at, 'approve', 1)
      await lift(tx, siteId, first.id)
    }
    const decision = await recordDecision(tx, actor, {
      site_id: siteId,
      id: uuid(),
      case_id: caseId,
      comment_id: comment.id,
      author_id: comment.author_id,
      revision: first.revision,
      action: wanted.action,
      reason: first.reason,
      note: wanted.note ?? '',
      state_before: before,
      reverses: upheld ? first.id : null,
    })
    if (changed) await logChange(tx, changed.change)
    const after = { ...taken, status: waits ? taken.status : ('decided' as const) }
    const state = isNewer ? taken.state : upheld && changed ? 'APPROVED' : before
    return {
      decided: {
        decision,
        case: stateOfCase(caseId, after, { id: comment.id, revision: wanted.revision, state }),
      },
      articleId: comment.article_id,
      sanctioned: null,
    }
  })
  return done ?? (await refuse(db, siteId, caseId, actor))
}

/** The decision that an appeal is about. */
async function appealed(tx: Database, siteId: string, appealId: string) {
  return await tx
    .selectFrom('appeal')
    .innerJoin('decision', (join) =>
      join.onRef('decision.site_id', '=', 'appeal.site_id').onRef('decision.id', '=', 'appeal.decision_id'),
    )
    .select(['decision.id', 'decision.case_id', 'decision.revision', 'decision.action', 'decision.reason'])
    .select(['decision.decided_by', 'decision.proposed_by'])
    .where('appeal.site_id', '=', siteId)
    .where('appeal.id', '=', appealId)
    .executeTakeFirstOrThrow()
}

async function writeAnswer(
  tx: Database,
  siteId: string,
  appealId: string,
  actor: Actor,
  { action, answer }: AppealAnswer,
): Promise<void> {
  await tx
    .updateTable('appeal')
    .set({
      status: action === 'uphold_appeal' ? 'upheld' : 'dismissed',
      answer,
      decided_by: actor.id,
      decided_at: new Date(),
    })
    .where('site_id', '=', siteId)
    .where('id', '=', appealId)
    .execute()
}

/** The appeal leaves the case, with an objection to what it was about; it is closed where nothing else waits in it. */
async function settleCase(tx: Database, siteId: string, caseId: string, waits: boolean): Promise<void> {
  await tx
    .updateTable('moderation_case')
    .set({ appeal_id: null, objected_to: null, ...(!waits && { status: 'decided', closed_at: new Date() }) })
    .where('site_id', '=', siteId)
    .where('id', '=', caseId)
    .execute()
}
