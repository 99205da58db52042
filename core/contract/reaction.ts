import { Type, type Static } from 'typebox'

const kind = {
  agree: Type.Literal('agree'),
  helpful: Type.Literal('helpful'),
  question: Type.Literal('question'),
  source: Type.Literal('source', { description: 'needs a source' }),
}

/** What a reader answers to a passage without writing: everybody sees how many did. */
export const PublicReaction = Type.Union([kind.agree, kind.helpful, kind.question, kind.source])
export type PublicReaction = Static<typeof PublicReaction>

/** The same, and `typo`, which only the publisher sees. */
export const ReactionKind = Type.Union([
  ...PublicReaction.anyOf,
  Type.Literal('typo', {
    description: 'for the publisher only: never counted, never shown to other readers',
  }),
])
export type ReactionKind = Static<typeof ReactionKind>

/** What the viewer has reacted to a thread; only the viewer gets this. */
export const OwnReactions = {
  mine: Type.Union([PublicReaction, Type.Null()]),
  typo: Type.Boolean({ description: 'reported; beside any reaction' }),
}

const Count = Type.Integer({ minimum: 0 })

/** How many reacted, by kind. */
export const ReactionCounts = Type.Object(
  { agree: Count, helpful: Count, question: Count, source: Count },
  { additionalProperties: false },
)
export type ReactionCounts = Static<typeof ReactionCounts>

/** What those who publish say of a thread. */
export const ThreadMark = Type.Union([Type.Literal('answered'), Type.Literal('corrected')])
export type ThreadMark = Static<typeof ThreadMark>
