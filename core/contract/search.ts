import { Type, type Static } from 'typebox'
import { Cursor, Direction, Id, Instant, nullable } from './common.ts'
import { CommentState, CommentView, ThreadHead } from './threads.ts'

const closed = { additionalProperties: false }

/** What is looked for: words, all of them; "words one after the other"; -without; one or another. */
export const SearchWords = Type.String({ minLength: 1, maxLength: 200 })

/** A piece of an excerpt: `hit` where it is what was looked for. */
export const Segment = Type.Object({ text: Type.String(), hit: Type.Boolean() }, closed)
export type Segment = Static<typeof Segment>

const found = {
  thread: ThreadHead,
  article: Type.Object(
    {
      id: Id,
      title: Type.String(),
      url: nullable(Type.String()),
      language: nullable(Type.String()),
      direction: Direction,
    },
    closed,
  ),
  excerpt: Type.Array(Segment, { description: 'plain text; together a piece of what was found' }),
}

/** A passage that has the words, with the thread about it. */
export const FoundPassage = Type.Object(found, closed)
export type FoundPassage = Static<typeof FoundPassage>

/** A comment that has the words, or whose author has such a name. */
export const FoundComment = Type.Object({ ...found, comment: CommentView }, closed)
export type FoundComment = Static<typeof FoundComment>

/** A page of what was found, the newest comment first. Passages come with the first page only, a few of them. */
export const SearchPage = Type.Object(
  { passages: Type.Array(FoundPassage), comments: Type.Array(FoundComment), next: nullable(Cursor) },
  closed,
)
export type SearchPage = Static<typeof SearchPage>

/** A comment as moderators find it: its newest text, whether it stands, waits or was rejected. */
export const ModeratedComment = Type.Object(
  {
    id: Id,
    state: CommentState,
    author: nullable(Type.Object({ id: Id, name: Type.String() }, closed)),
    createdAt: Instant,
    language: nullable(Type.String()),
    article: found.article,
    quote: nullable(Type.String({ description: 'the passage; null: the whole article' })),
    waits: Type.Boolean({ description: 'whether a case about it is open' }),
    excerpt: found.excerpt,
  },
  closed,
)
export type ModeratedComment = Static<typeof ModeratedComment>

/** A page of what a moderator found, the newest first. */
export const ModeratedPage = Type.Object(
  { comments: Type.Array(ModeratedComment), next: nullable(Cursor) },
  closed,
)
export type ModeratedPage = Static<typeof ModeratedPage>
