import type { CaseView, Decided, QueueName } from '../../core/contract/moderation.ts'
import type { Choice } from './choice.ts'

/** A decision made in this window; `answer` is null where the server refused it. */
export interface Verdict {
  case: CaseView
  choice: Choice
  /** Where the case was: its queue, and its place there. */
  queue: QueueName
  index: number
  answer: Promise<Decided | null>
}

/** Something that happened, for the live region and the line at the foot of the page. */
export type Happening =
  | { kind: 'decided'; verdict: Verdict }
  | { kind: 'undone'; case: CaseView }
  | { kind: 'refused' | 'not undone'; case: CaseView; text: string }
  | { kind: 'arrived'; count: number }
