import type { BanWay } from '../../core/contract/moderation.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import type { Actor } from '../people/index.ts'
import { may } from '../permissions.ts'
import { activeRules } from './rules/store.ts'

/** What a ban by somebody comes to, and the proposal that waits in the case. */
interface Ban {
  /** Null: it is for somebody else to confirm. */
  way: BanWay | null
  proposal: { id: string; decided_by: string } | null
  /** Whether the case was left to those who lead before. */
  escalated: boolean
}

/**
 * What a ban in this case comes to, by the rules that hold now.
 * @param tx with the case's comment locked, so that nobody proposes or decides meanwhile
 */
export async function weighBan(tx: Database, siteId: string, caseId: string, actor: Actor): Promise<Ban> {
  const { id, decided_by, escalated_at } = await tx
    .selectFrom('moderation_case as one')
    .leftJoin('decision', (join) =>
      join.onRef('decision.site_id', '=', 'one.site_id').onRef('decision.id', '=', 'one.proposal_id'),
    )
    .select(['decision.id', 'decision.decided_by', 'one.escalated_at'])
    .where('one.site_id', '=', siteId)
    .where('one.id', '=', caseId)
    .executeTakeFirstOrThrow()
  const twoPeople = await banWantsTwo(tx, siteId)
  return {
    way: may.ban(actor, { twoPeople, proposedBy: decided_by }),
    proposal: id !== null && decided_by !== null ? { id, decided_by } : null,
    escalated: escalated_at !== null,
  }
}

/** Whether the rules of a site want two people for a ban. */
export async function banWantsTwo(db: Database, siteId: string): Promise<boolean> {
  const { rules } = await activeRules(db, siteId)
  return rules.twoPeople
}

/** @throws ProblemError `not-allowed` where it is for somebody else to confirm */
export function requireSecond({ way }: Ban): void {
  if (way === null)
    throw new ProblemError(
      'not-allowed',
      'You proposed this ban. Somebody else confirms it, or decides otherwise.',
    )
}

/** What the row of a ban says of the proposal that it confirms. */
export const confirming = ({ way, proposal }: Ban) =>
  way === 'confirm' && proposal ? { confirms: proposal.id, proposed_by: proposal.decided_by } : {}
