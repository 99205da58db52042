import type { CaseView, Decision } from '../../core/contract/moderation.ts'
import type { Database } from '../database/connect.ts'

/** What was decided about these comments, the first one first. */
export async function decisionsOn(db: Database, siteId: string, comments: string[]) {
  return await db
    .selectFrom('decision')
    .innerJoin('account', 'account.id', 'decision.decided_by')
    .select(['decision.id', 'decision.comment_id', 'decision.action', 'decision.reason', 'decision.note'])
    .select(['decision.created_at', 'decision.decided_by', 'account.name'])
    .select(['decision.case_id', 'decision.reverses', 'decision.proposed_by'])
    .where('decision.site_id', '=', siteId)
    .where('decision.comment_id', 'in', comments)
    .orderBy('decision.id')
    .limit(2000)
    .execute()
}

/** A decision, with who made it. */
export type Made = Awaited<ReturnType<typeof decisionsOn>>[number]

/** A decision as a moderator sees it. */
export const viewDecision = ({ id, action, reason, note, name, created_at }: Made): Decision => ({
  ...{ id, action, reason, note },
  by: name,
  at: created_at.toISOString(),
})

/** The ban that is proposed in a case, as a moderator sees it. */
export function viewProposal(made: Made | undefined): CaseView['proposal'] {
  if (!made?.reason) return null
  const { id, name, reason, note, created_at } = made
  return { decisionId: id, by: name, reason, note, at: created_at.toISOString() }
}
