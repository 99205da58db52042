import { Type, type Static } from 'typebox'
import { Id, Instant, nullable } from './common.ts'
import { RejectReason, SanctionKind } from './reasons.ts'

const closed = { additionalProperties: false }

/** Why an author thinks that a decision is wrong. */
export const NewAppeal = Type.Object(
  { text: Type.String({ minLength: 1, maxLength: 5000, pattern: '\\S' }) },
  closed,
)
export type NewAppeal = Static<typeof NewAppeal>

/** What an author may do about a rejection, and what became of it. */
export const OwnAppeal = Type.Object(
  {
    state: Type.Union([Type.Literal('possible'), Type.Literal('open'), Type.Literal('dismissed')]),
    answer: nullable(Type.String({ description: 'of who dismissed it' })),
  },
  closed,
)
export type OwnAppeal = Static<typeof OwnAppeal>

/** What moderators decided about somebody, and was not yet said to have been read. */
export const OwnSanction = Type.Object(
  { id: Id, kind: SanctionKind, reason: RejectReason, at: Instant, until: nullable(Instant) },
  closed,
)
export type OwnSanction = Static<typeof OwnSanction>

/** The newest first. Until a warning is acknowledged, what its reader posts is refused. */
export const OwnSanctions = Type.Object({ sanctions: Type.Array(OwnSanction) }, closed)
export type OwnSanctions = Static<typeof OwnSanctions>
