import type {
  Action,
  CaseDecision,
  CaseView,
  Days,
  NewDecision,
  NewObjection,
  QueueName,
  RejectReason,
} from '../../core/contract/moderation.ts'

type Chosen<T> = T extends unknown ? Omit<T, 'revision' | 'version' | 'note'> : never
/** What a moderator chooses for a case; why they object is in the note. */
export type Choice = Chosen<Exclude<NewDecision, NewObjection>> | Pick<NewObjection, 'action'>
/** What the bar and the keys decide; an appeal has its answer beside it. */
export type ChoiceAction = CaseDecision['action']

/** What is offered in the order of its digits: 1 is the first. */
export const reasons = ['abuse', 'spam', 'off_topic', 'illegal', 'other'] as const satisfies RejectReason[]
export const spans = [1, 3, 7, 30] as const satisfies Days[]
export const queueNames = [
  'all',
  'held',
  'reported',
  'escalated',
  'appeals',
  'sampled',
] as const satisfies QueueName[]

/** What has been begun, and what it waits for. */
export type Step =
  | { of: 'reject' | 'warn' | 'ban'; wants: 'reason' }
  | { of: 'time_out'; wants: 'days' }
  | { of: 'time_out'; wants: 'reason'; days: Days }
  | { of: 'ban'; wants: 'confirmation'; reason: RejectReason }
  | { of: 'queue'; wants: 'queue' }

/** The actions that ask for more before they are decisions, with what they ask for first. */
export const firstStep = {
  reject: { of: 'reject', wants: 'reason' },
  warn: { of: 'warn', wants: 'reason' },
  time_out: { of: 'time_out', wants: 'days' },
  ban: { of: 'ban', wants: 'reason' },
} as const satisfies Partial<Record<ChoiceAction, Step>>

/**
 * What a ban of a case asks for first: why; where it confirms a proposal, only whether it is meant. Null where it is for
 * somebody else to confirm.
 */
export function firstOfBan({ can, proposal }: Pick<CaseView, 'can' | 'proposal'>): Step | null {
  if (can.ban === null) return null
  return can.ban === 'confirm' && proposal
    ? { of: 'ban', wants: 'confirmation', reason: proposal.reason }
    : firstStep.ban
}

/** What a choice comes to where a ban wants two people. */
export const comesTo = ({ action }: Choice, { can }: Pick<CaseView, 'can'>): Action =>
  action === 'ban' && can.ban === 'propose' ? 'propose_ban' : action

/** Where a reason leads: to a decision, or to the question whether it is meant. */
export function withReason(step: Step, reason: RejectReason): Choice | Step | null {
  if (step.wants !== 'reason') return null
  if (step.of === 'time_out') return { action: 'time_out', reason, days: step.days }
  if (step.of === 'ban') return { of: 'ban', wants: 'confirmation', reason }
  return { action: step.of, reason }
}
