import type { BulkDecision } from '../../core/contract/bulk.ts'
import type { Action, CaseView, Decided } from '../../core/contract/moderation.ts'
import type { Choice } from './choice.ts'
import type { Wanted } from './filter.ts'

/** A decision made in this window; `answer` is null where the server refused it. */
export interface Verdict {
  case: CaseView
  choice: Choice
  /** What it comes to: a ban may be a proposal. */
  action: Action
  /** Where the case was: its queue, and its place there. */
  wanted: Wanted
  index: number
  answer: Promise<Decided | null>
}

/** A decision about many cases, of which some may have been left as they were. */
export interface BulkVerdict {
  bulk: string
  action: BulkDecision['action']
  wanted: Wanted
  decided: number
  left: number
}

/** Something that happened, for the live region and the line at the foot of the page. */
export type Happening =
  | { kind: 'decided'; verdict: Verdict }
  | { kind: 'bulk decided'; verdict: BulkVerdict }
  | { kind: 'undone'; case: CaseView }
  | { kind: 'bulk undone'; reversed: number; kept: number }
  | { kind: 'bulk not undone'; text: string }
  | { kind: 'refused' | 'not undone'; case: CaseView; text: string }
  | { kind: 'arrived'; count: number }
