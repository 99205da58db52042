import type { Action, RevisionState } from '../../core/contract/moderation.ts'

/** What a decision leaves the revision in; null: as it was. */
export const stateAfter: Record<Exclude<Action, 'reverse'>, RevisionState | null> = {
  approve: 'APPROVED',
  reject: 'REJECTED',
  warn: 'REJECTED',
  time_out: 'REJECTED',
  ban: 'REJECTED',
  hold: 'HELD',
  escalate: null,
  uphold_appeal: 'APPROVED',
  dismiss_appeal: null,
  propose_ban: 'HELD',
  object: null,
}

/** What a decision says of the comment: that it stands, that it does not, or nothing yet; then the case stays open. */
export function verdictOf(action: Action): 'stands' | 'falls' | null {
  const after = action === 'reverse' ? null : stateAfter[action]
  if (after === 'APPROVED') return 'stands'
  return after === 'REJECTED' ? 'falls' : null
}
