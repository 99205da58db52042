import { Type, type Static } from 'typebox'
import { Cursor, Id, Instant, nullable } from './common.ts'
import { RejectReason } from './reasons.ts'
import { CommentView } from './threads.ts'

const closed = { additionalProperties: false }

/** What can be followed: an article, a thread, or what others answer to one's own comments, on the whole site. */
export const FollowSubject = Type.Union([
  Type.Object({ kind: Type.Literal('article'), article: Id }, closed),
  Type.Object({ kind: Type.Literal('thread'), thread: Id }, closed),
  Type.Object({ kind: Type.Literal('replies') }, closed),
])
export type FollowSubject = Static<typeof FollowSubject>

/** When what is new is mailed: not at all; a minute after it was said; in the morning; on Monday morning. */
export const MailChoice = Type.Union([
  Type.Literal('off'),
  Type.Literal('now'),
  Type.Literal('daily'),
  Type.Literal('weekly'),
])
export type MailChoice = Static<typeof MailChoice>

/**
 * A reader's choice. `following` true: new comments come into the inbox, and `mail` says when by mail, too. A thread turned
 * off is left out of an article that is followed.
 */
export const Follow = Type.Object(
  { about: FollowSubject, following: Type.Boolean(), mail: MailChoice },
  closed,
)
export type Follow = Static<typeof Follow>

/** `replies` and `article` are always there, chosen or not; of the threads, those a choice was made about. */
export const Follows = Type.Object(
  {
    replies: Follow,
    article: Follow,
    threads: Type.Array(Follow, { description: 'the newest choices first, 200 at most' }),
    mail: Type.Boolean({ description: 'whether this server sends mail; offer only `off` where it does not' }),
    stopped: nullable(
      Type.Object(
        { at: Instant, reason: Type.String({ description: 'as the mail server said it' }) },
        closed,
      ),
    ),
  },
  {
    ...closed,
    description:
      '`stopped`: mail to the reader’s address came back, so none is sent until a choice is made anew',
  },
)
export type Follows = Static<typeof Follows>

/** `mail` other than `off` takes `following`, and a server that sends mail. */
export const NewFollow = Type.Object(
  {
    ...Follow.properties,
    language: Type.String({
      maxLength: 35,
      pattern: '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$',
      description: 'BCP 47: what the mail is written in',
    }),
  },
  closed,
)
export type NewFollow = Static<typeof NewFollow>

/** Why somebody is told of a comment; the first that holds. `decision`: it is their own, and moderators decided about it. */
export const NotificationReason = Type.Union([
  Type.Literal('reply'),
  Type.Literal('mention'),
  Type.Literal('thread'),
  Type.Literal('article'),
  Type.Literal('decision'),
])
export type NotificationReason = Static<typeof NotificationReason>

/** What was decided about a comment, as its author is told: the statement of reasons. */
export const DecisionNotice = Type.Object(
  {
    action: Type.Union([
      Type.Literal('reject'),
      Type.Literal('warn'),
      Type.Literal('time_out'),
      Type.Literal('ban'),
      Type.Literal('reverse'),
      Type.Literal('uphold_appeal'),
      Type.Literal('dismiss_appeal'),
    ]),
    reason: nullable(RejectReason),
    until: nullable(Instant),
    found: Type.Union([Type.Literal('reports'), Type.Literal('rules'), Type.Literal('moderator')], {
      description: 'how it came to the notice of moderators; `rules`: an automatic check held it',
    }),
    answer: nullable(Type.String({ description: 'to the appeal' })),
  },
  closed,
)
export type DecisionNotice = Static<typeof DecisionNotice>

export const InboxItem = Type.Object(
  {
    id: Id,
    reason: NotificationReason,
    at: Instant,
    read: Type.Boolean(),
    article: Type.Object(
      { id: Id, title: Type.String(), url: nullable(Type.String()), slug: Type.String() },
      closed,
    ),
    threadId: Id,
    quote: nullable(Type.String({ description: 'the passage; null for the whole article' })),
    comment: CommentView,
    decision: nullable(DecisionNotice),
  },
  closed,
)
export type InboxItem = Static<typeof InboxItem>

/** The newest first. What readers no longer see is left out, but for decisions about the viewer's own comments. */
export const InboxPage = Type.Object(
  {
    items: Type.Array(InboxItem),
    unread: Type.Integer({
      minimum: 0,
      maximum: 100,
      description: 'counted up to 100, which means “or more”',
    }),
    next: nullable(Cursor),
  },
  closed,
)
export type InboxPage = Static<typeof InboxPage>

/** What was read: all up to an item of the inbox, or single ones. */
export const InboxRead = Type.Union([
  Type.Object({ upTo: Id }, closed),
  Type.Object({ ids: Type.Array(Id, { minItems: 1, maxItems: 100 }) }, closed),
])
export type InboxRead = Static<typeof InboxRead>
