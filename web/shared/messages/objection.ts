import type { Objection, RejectReason } from '../../../core/contract/moderation.ts'

/** What the console says where somebody objects to a colleague's decision. */
export const objectionText = (
  past: Record<Objection['to']['action'], string>,
  reason: Record<RejectReason, string>,
) => ({
  act: 'Object',
  why: 'Why do you object?',
  needsWhy: 'Say why, in a sentence or more. Who judges it reads it.',
  help: 'Somebody who leads, and took no part in the decision, judges it. Until then the comment stays as it was decided.',
  title: (by: string) => `${by} objects`,
  to: ({ by, action, reason: why }: Objection['to']) =>
    `${by} ${past[action]} it${why ? `: ${reason[why].toLowerCase()}` : ''}.`,
  forYou: 'You decide: what you choose takes the place of that decision.',
  forOthers: 'Somebody who leads, and took no part in the decision, judges it.',
})
