import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false }

/** What became of some comments. */
const outcome = { approved: Type.Integer(), rejected: Type.Integer() }

/** A word that says something of a comment, and what became of the comments with it, as far as that is known. */
export const LearntWord = Type.Object({ word: Type.String(), ...outcome }, closed)
export type LearntWord = Static<typeof LearntWord>

/** How much a comment looks like those that were rejected on the site. */
const Learnt = Type.Object(
  {
    kind: Type.Literal('learned'),
    probability: Type.Number({ description: 'that it will be rejected, 0 to 1' }),
    similar: Type.Object(outcome, {
      ...closed,
      description:
        'of the last 500 decided, those that looked about as much like rejected ones, by 5 % more or less',
    }),
    words: Type.Array(LearntWord, { description: 'its words that speak for that the most' }),
    holds: Type.Boolean({ description: 'it is enough to hold the comment; else it only orders the queue' }),
  },
  closed,
)

const Plain = Type.Union([
  Type.Literal('new_author'),
  Type.Literal('guest'),
  Type.Literal('word_list'),
  Type.Literal('links'),
  Type.Literal('rate'),
  Type.Literal('article'),
  Type.Literal('duplicate'),
  Type.Literal('passage_unknown'),
  Type.Literal('timed_out'),
  Type.Literal('rejected_before'),
])
export const SignalKind = Type.Union([Plain, Learnt.properties.kind])

/** Why a comment waits for a moderator: the kind for readers, the exact cause for moderators only. */
export const Signal = Type.Union([
  Type.Object(
    {
      kind: Plain,
      detail: Type.String(),
    },
    closed,
  ),
  Learnt,
])
export type Signal = Static<typeof Signal>
