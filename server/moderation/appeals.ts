import { v7 as uuid } from 'uuid'
import type { CaseView } from '../../core/contract/moderation.ts'
import { rejecting } from '../../core/moderation/rejecting.ts'
import { appendAudit } from '../audit/index.ts'
import type { LockedComment } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import type { Actor } from '../people/index.ts'
import { may } from '../permissions.ts'
import { openCase } from './cases.ts'

/** Within which an author may appeal (DSA, Article 20, paragraph 1). */
const months = 6

/**
 * Keeps an author's appeal against the rejection of their comment, as an open case or with the one that is open. What was
 * left to those who lead when it was decided is theirs again.
 * @param comment locked, and the actor's own
 * @throws ProblemError `conflict` when there is nothing to appeal against, it was appealed against already, or it is
 *   too late
 */
export async function addAppeal(
  tx: Database,
  comment: LockedComment,
  actor: Actor,
  text: string,
  now = new Date(),
): Promise<void> {
  const siteId = comment.site_id
  const decision = await lastRejection(tx, siteId, comment.id)
  if (!decision) throw new ProblemError('conflict', 'This comment was not rejected.')
  if (decision.appeal !== null)
    throw new ProblemError('conflict', 'You have asked for another look at this decision already.')
  const latest = new Date(decision.created_at)
  latest.setMonth(latest.getMonth() + months)
  if (now > latest) throw new ProblemError('conflict', 'You could ask for another look for six months.')
  const caseId = await openCase(tx, {
    siteId,
    articleId: comment.article_id,
    commentId: comment.id,
    revision: decision.revision,
    cause: 'appealed',
    signals: [],
    isShown: false,
  })
  const id = uuid()
  await tx
    .insertInto('appeal')
    .values({
      site_id: siteId,
      id,
      case_id: caseId,
      decision_id: decision.id,
      text,
      first_decided_by: decision.decided_by,
      first_proposed_by: decision.proposed_by,
    })
    .execute()
  await tx
    .updateTable('moderation_case')
    .set((eb) => ({
      appeal_id: id,
      // The earlier one, so that it stays when the later escalation is undone.
      escalated_at: eb.fn<Date | null>('least', ['escalated_at', eb.val(decision.escalated_at)]),
    }))
    .where('site_id', '=', siteId)
    .where('id', '=', caseId)
    .execute()
  await appendAudit(tx, {
    siteId,
    actorId: actor.id,
    action: 'appeal',
    subject: { appeal: id, decision: decision.id, case: caseId, comment: comment.id },
  })
}

/** The last decision that rejected the comment and was not taken back, with its appeal where there is one. */
async function lastRejection(tx: Database, siteId: string, commentId: string) {
  const decision = await tx
    .selectFrom('decision')
    .innerJoin('moderation_case', (join) =>
      join
        .onRef('moderation_case.site_id', '=', 'decision.site_id')
        .onRef('moderation_case.id', '=', 'decision.case_id'),
    )
    .leftJoin('appeal', (join) =>
      join.onRef('appeal.site_id', '=', 'decision.site_id').onRef('appeal.decision_id', '=', 'decision.id'),
    )
    .leftJoin('decision as back', (join) =>
      join.onRef('back.site_id', '=', 'decision.site_id').onRef('back.reverses', '=', 'decision.id'),
    )
    .select(['decision.id', 'decision.revision', 'decision.decided_by', 'decision.proposed_by'])
    .select(['decision.created_at', 'moderation_case.escalated_at', 'appeal.id as appeal'])
    .where('decision.site_id', '=', siteId)
    .where('decision.comment_id', '=', commentId)
    .where('decision.action', 'in', rejecting)
    .where('back.id', 'is', null)
    .orderBy('decision.id', 'desc')
    .executeTakeFirst()
  return decision ?? null
}

type Appeal = NonNullable<CaseView['appeal']>
type Subject = {
  id: string
  revision: number
  author_id: string
  author_name: string
  escalated_at: Date | null
}

/** The last appeal in each of these cases, as a moderator sees it. */
export async function appealsIn(
  db: Database,
  siteId: string,
  viewer: Actor,
  cases: Subject[],
): Promise<Map<string, Appeal>> {
  const rows = await db
    .selectFrom('appeal')
    .innerJoin('decision', (join) =>
      join.onRef('decision.site_id', '=', 'appeal.site_id').onRef('decision.id', '=', 'appeal.decision_id'),
    )
    .innerJoin('comment_revision', (join) =>
      join
        .onRef('comment_revision.site_id', '=', 'decision.site_id')
        .onRef('comment_revision.comment_id', '=', 'decision.comment_id')
        .onRef('comment_revision.number', '=', 'decision.revision'),
    )
    .distinctOn('appeal.case_id')
    .select(['appeal.id', 'appeal.case_id', 'appeal.decision_id', 'appeal.text', 'appeal.created_at'])
    .select(['appeal.status', 'appeal.answer', 'appeal.decided_at', 'appeal.first_decided_by'])
    .select(['appeal.first_proposed_by', 'decision.revision', 'comment_revision.body'])
    .select((eb) =>
      eb
        .selectFrom('account as second')
        .select('second.name')
        .whereRef('second.id', '=', 'appeal.decided_by')
        .as('second_name'),
    )
    .where('appeal.site_id', '=', siteId)
    .where(
      'appeal.case_id',
      'in',
      cases.map(({ id }) => id),
    )
    .orderBy('appeal.case_id')
    .orderBy('appeal.id', 'desc')
    .execute()
  const byCase = new Map(rows.map((row) => [row.case_id, row]))
  return new Map(
    cases.flatMap((one): [string, Appeal][] => {
      const row = byCase.get(one.id)
      return row ? [[one.id, viewAppeal(row, one, viewer)]] : []
    }),
  )
}

function viewAppeal(
  row: {
    id: string
    decision_id: string
    text: string
    created_at: Date
    status: 'open' | 'upheld' | 'dismissed' | 'withdrawn'
    answer: string | null
    decided_at: Date | null
    first_decided_by: string
    first_proposed_by: string | null
    second_name: string | null
    revision: number
    body: Appeal['quoted']
  },
  one: Subject,
  viewer: Actor,
): Appeal {
  const { answer, decided_at: at, second_name: by } = row
  const { first_decided_by: decidedBy, first_proposed_by: proposedBy } = row
  const subject = { ...one, escalated: one.escalated_at !== null, decidedBy: [decidedBy, proposedBy] }
  return {
    id: row.id,
    decisionId: row.decision_id,
    by: one.author_name,
    text: row.text,
    at: row.created_at.toISOString(),
    quoted: row.revision === one.revision ? null : row.body,
    answer:
      answer !== null && at && by !== null
        ? { upheld: row.status === 'upheld', text: answer, by, at: at.toISOString() }
        : null,
    canAnswer: row.status === 'open' && may.decide(viewer, subject),
  }
}
