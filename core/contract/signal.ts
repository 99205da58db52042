import { Type, type Static } from 'typebox'

/** Why a comment waits for a moderator: the kind for readers, the exact cause for moderators only. */
export const Signal = Type.Object(
  {
    kind: Type.Union([
      Type.Literal('new_author'),
      Type.Literal('word_list'),
      Type.Literal('links'),
      Type.Literal('rate'),
      Type.Literal('article'),
      Type.Literal('duplicate'),
      Type.Literal('passage_unknown'),
      Type.Literal('timed_out'),
      Type.Literal('rejected_before'),
    ]),
    detail: Type.String(),
  },
  { additionalProperties: false },
)
export type Signal = Static<typeof Signal>
