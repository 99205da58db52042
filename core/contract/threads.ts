import { Type, type Static } from 'typebox'
import { Anchor } from './anchor.ts'
import { OwnAppeal } from './appeals.ts'
import { Counter, Cursor, Id, Instant, nullable } from './common.ts'
import { Hours } from './hours.ts'
import { labels } from './people.ts'
import { Placement } from './placement.ts'
import { OwnReactions, ReactionCounts, ThreadMark } from './reaction.ts'
import { TextBlock } from './text.ts'

const closed = { additionalProperties: false }

export const CommentState = Type.Union([
  Type.Literal('live'),
  Type.Literal('held'),
  Type.Literal('rejected'),
  Type.Literal('withdrawn'),
  Type.Literal('erased'),
])

/**
 * A comment as one viewer may see it. On a tombstone `author` and `body` are null; `author` alone where its account was erased.
 */
export const CommentView = Type.Object(
  {
    id: Id,
    threadId: Id,
    parentId: nullable(Id),
    state: CommentState,
    author: nullable(Type.Object({ id: Id, name: Type.String(), ...labels }, closed)),
    body: nullable(Type.Array(TextBlock)),
    revision: Type.Integer({ description: 'of what is shown' }),
    createdAt: Instant,
    editedAt: nullable(Instant),
    language: nullable(Type.String({ description: "of the text, BCP 47; null: the article's" })),
    own: nullable(
      Type.Object(
        {
          source: Type.String({ description: 'as typed, for editing' }),
          key: nullable(Type.String({ description: "the client's own id for the post" })),
          heldFor: Type.Array(Type.String(), { description: 'why it waits, in general terms' }),
          reason: nullable(Type.String({ description: 'why it was rejected' })),
          appeal: nullable(OwnAppeal),
        },
        closed,
      ),
      // Only its author gets this.
    ),
    can: Type.Object(
      {
        reply: Type.Boolean(),
        edit: Type.Boolean(),
        withdraw: Type.Boolean(),
        restore: nullable(Type.String({ description: 'until when its author may undo the withdrawal' })),
        report: Type.Boolean(),
      },
      closed,
    ),
  },
  closed,
)
export type CommentView = Static<typeof CommentView>

/**
 * A thread without its comments. `anchor` is the passage as it was when the thread was opened, null for a thread about the
 * whole article; `placement` is where it is now, null where the server has no text of the article to look in; `lastAt` is when the
 * last of the comments that everybody sees was posted, null where there are none.
 */
export const ThreadHead = Type.Object(
  {
    id: Id,
    anchor: nullable(Anchor),
    placement: nullable(Placement),
    comments: Type.Integer({ description: 'that readers see' }),
    lastAt: nullable(Instant),
    reactions: ReactionCounts,
    mark: nullable(ThreadMark),
    createdAt: Instant,
  },
  closed,
)
export type ThreadHead = Static<typeof ThreadHead>

export const ThreadView = Type.Object(
  {
    ...ThreadHead.properties,
    can: Type.Object({ reattach: Type.Boolean(), mark: Type.Boolean() }, closed),
    ...OwnReactions,
    first: Type.Array(CommentView),
    next: nullable(Cursor),
  },
  closed,
)
export type ThreadView = Static<typeof ThreadView>

/** A page of threads, oldest first. Subscribe to the article after `seq` to miss nothing. */
export const ThreadPage = Type.Object(
  { seq: Type.Integer(), hours: Hours, threads: Type.Array(ThreadView), next: nullable(Cursor) },
  closed,
)
export type ThreadPage = Static<typeof ThreadPage>

export const CommentPage = Type.Object({ comments: Type.Array(CommentView), next: nullable(Cursor) }, closed)
export type CommentPage = Static<typeof CommentPage>

/** The text of a comment; its own rules (empty, length, nesting) are checked with a reason each. */
const Body = Type.String({ description: 'Markdown subset, at most 10,000 characters' })

/** What the page says that it is written in, BCP 47. What is no such tag counts as not said. */
const Language = Type.Optional(Type.String({ maxLength: 35 }))

export const NewThread = Type.Object({ body: Body, language: Language, anchor: nullable(Anchor) }, closed)
export type NewThread = Static<typeof NewThread>

export const NewComment = Type.Object(
  { body: Body, language: Language, parentId: Type.Optional(nullable(Id)) },
  closed,
)
export type NewComment = Static<typeof NewComment>

export const EditedComment = Type.Object(
  {
    body: Body,
    language: Language,
    revision: Type.Integer({ minimum: 1, description: 'the revision the edit was made from' }),
  },
  closed,
)
export type EditedComment = Static<typeof EditedComment>

/** A text to look at before it is posted; with the article it is for, the people it names are found. */
export const NewPreview = Type.Object({ body: Body, article: Type.Optional(Id) }, closed)
export const Preview = Type.Object({ body: Type.Array(TextBlock) }, closed)
export type Preview = Static<typeof Preview>

/** Somebody with a comment to be seen in an article. */
export const Participant = Type.Object({ id: Id, name: Type.String() }, closed)
export type Participant = Static<typeof Participant>

/** What a comment said. Others see the texts that readers could see; its author, also those that wait or were rejected. */
export const CommentRevision = Type.Object(
  {
    number: Counter,
    state: CommentState,
    body: Type.Array(TextBlock),
    language: nullable(Type.String()),
    at: Instant,
  },
  closed,
)
export type CommentRevision = Static<typeof CommentRevision>
export const RevisionPage = Type.Object(
  { revisions: Type.Array(CommentRevision), next: nullable(Cursor) },
  closed,
)
export type RevisionPage = Static<typeof RevisionPage>

export const ReportCategory = Type.Union([
  Type.Literal('abuse'),
  Type.Literal('spam'),
  Type.Literal('off_topic'),
  Type.Literal('illegal'),
  Type.Literal('other'),
])
export type ReportCategory = Static<typeof ReportCategory>
export const NewReport = Type.Object(
  { category: ReportCategory, text: Type.Optional(Type.String({ maxLength: 1000 })) },
  closed,
)
export type NewReport = Static<typeof NewReport>

export const Posted = Type.Object({ seq: Type.Integer(), thread: ThreadHead, comment: CommentView }, closed)
export type Posted = Static<typeof Posted>
