import { Type, type Static } from 'typebox'
import { Anchor } from './anchor.ts'
import { Counter, Cursor, Id, Instant } from './common.ts'
import { ThreadHead } from './threads.ts'

const closed = { additionalProperties: false }

/** Where a thread belongs from now on. `revision` is that of the placement it takes the place of. */
export const NewPassage = Type.Object(
  { anchor: Anchor, revision: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) },
  closed,
)
export type NewPassage = Static<typeof NewPassage>

export const Reattached = Type.Object({ thread: ThreadHead }, closed)
export type Reattached = Static<typeof Reattached>

/** A thread whose passage is gone, as a moderator sees it. */
export const Orphan = Type.Object(
  {
    threadId: Id,
    article: Type.Object(
      {
        id: Id,
        title: Type.String(),
        url: Type.Union([Type.String(), Type.Null()]),
        slug: Type.String(),
      },
      closed,
    ),
    quote: Type.String({ description: 'the passage it was opened on' }),
    section: Type.String({ description: 'the beginning of the block where it was' }),
    comments: Type.Integer(),
    createdAt: Instant,
  },
  closed,
)
export type Orphan = Static<typeof Orphan>

export const OrphanPage = Type.Object(
  { orphans: Type.Array(Orphan), next: Type.Union([Cursor, Type.Null()]) },
  closed,
)
export type OrphanPage = Static<typeof OrphanPage>

/** A text that looks like another article's: kept, and not shown until a publisher has looked at it. */
export const HeldRevision = Type.Object(
  {
    article: Type.Object({ id: Id, title: Type.String(), slug: Type.String() }, closed),
    revision: Counter,
    doubt: Type.String({ description: 'why it waits' }),
    beginning: Type.String({ description: 'of the text' }),
    createdAt: Instant,
  },
  closed,
)
export type HeldRevision = Static<typeof HeldRevision>

export const HeldRevisions = Type.Object({ revisions: Type.Array(HeldRevision) }, closed)
export type HeldRevisions = Static<typeof HeldRevisions>

export const RevisionDecision = Type.Object(
  {
    decision: Type.Union([Type.Literal('take'), Type.Literal('drop')], {
      description: '`take`: it is the article’s text from now on; `drop`: it is never shown',
    }),
  },
  closed,
)
export type RevisionDecision = Static<typeof RevisionDecision>
