import { Type, type Static } from 'typebox'
import { Anchor } from './anchor.ts'
import { Cursor, Id, Instant, nullable } from './common.ts'
import { OwnReactions, ReactionKind, ThreadMark } from './reaction.ts'
import { ThreadHead } from './threads.ts'

const closed = { additionalProperties: false }

const reaction = {
  kind: ReactionKind,
  text: Type.Optional(
    Type.String({ maxLength: 500, description: 'with a typo only: what it should say; for the publisher' }),
  ),
}

export const NewReaction = Type.Object(reaction, closed)
export type NewReaction = Static<typeof NewReaction>

export const NewPassageReaction = Type.Object({ ...reaction, anchor: Anchor }, closed)
export type NewPassageReaction = Static<typeof NewPassageReaction>

/** `mine` and `typo`: the caller's own from now on. */
export const Reacted = Type.Object({ seq: Type.Integer(), thread: ThreadHead, ...OwnReactions }, closed)
export type Reacted = Static<typeof Reacted>

export const NewMark = Type.Object({ mark: nullable(ThreadMark) }, closed)

export const Marked = Type.Object({ seq: Type.Integer(), thread: ThreadHead }, closed)
export type Marked = Static<typeof Marked>

/** A typo that a reader found, for the publisher. */
export const Typo = Type.Object(
  {
    id: Id,
    article: Type.Object(
      { id: Id, title: Type.String(), url: nullable(Type.String()), slug: Type.String() },
      closed,
    ),
    threadId: Id,
    quote: nullable(
      Type.String({
        description: 'the passage as it stands now, or stood last; null for the article as a whole',
      }),
    ),
    text: Type.String({ description: 'what it should say, in the reader’s words; may be empty' }),
    by: Type.String(),
    at: Instant,
  },
  closed,
)
export type Typo = Static<typeof Typo>

export const TypoPage = Type.Object({ typos: Type.Array(Typo), next: nullable(Cursor) }, closed)
export type TypoPage = Static<typeof TypoPage>
