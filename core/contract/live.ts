import { Type, type Static } from 'typebox'
import { Id, nullable } from './common.ts'
import { HoursPeriods } from './hours.ts'
import { OwnReactions } from './reaction.ts'
import { CommentView, ThreadHead } from './threads.ts'

const closed = { additionalProperties: false }
const Seq = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })

/**
 * What a browser may say on `/v1/live`. Anything else is answered with `refused` and changes nothing.
 * - `subscribe`: tells what comes after this number, now and as it comes; said again, it goes on from there. `opened`: the oldest
 *   thread of the passage that the reader has opened, which is counted (docs/numbers.md).
 */
export const ClientFrame = Type.Union([
  Type.Object(
    { type: Type.Literal('subscribe'), article: Id, after: Seq, opened: Type.Optional(nullable(Id)) },
    closed,
  ),
  Type.Object({ type: Type.Literal('unsubscribe'), article: Id }, closed),
  Type.Object({ type: Type.Literal('watch_queue') }, closed),
])
export type ClientFrame = Static<typeof ClientFrame>

/**
 * What the server says.
 * - `change`: event `seq` of the article, as this viewer may see it. `comment` null: nothing of it is to be seen
 *   (remove it where it was); `thread` null: nothing of the thread is. Numbers come without a gap.
 * - `revised`: the article's text has changed, and its threads were carried over to it; read the snapshot again.
 * - `thread`: something about one thread as a whole has changed: its place, its reactions, its mark; `thread` null where
 *   nothing of it is to be seen. What is the viewer's own (comments that wait, a typo) is not said here, and stays.
 * - `caught_up`: the replay is done; from here on it is live.
 * - `resync`: too much was missed; read the snapshot again and subscribe anew.
 * - `inbox`: something new is in the reader's inbox, or was read elsewhere; read it again.
 * - `own`: what this reader has reacted to a thread from now on, in another window of theirs. It has no number: who missed it
 *   learns it from the snapshot.
 * - `hours`: whether one may write on the article, now and later, as the rules have it. It has no number: it comes on
 *   subscribing, and when the rules have changed.
 * - `queue`: the site's moderation queue changed; read it again.
 * - `rules`: other rules hold on the site, or a change of them waits or was dropped; to who watches the queue.
 * - `beat`: nothing happened, the line is alive (every 25 s).
 */
export const ServerFrame = Type.Union([
  Type.Object(
    {
      type: Type.Literal('change'),
      article: Id,
      seq: Seq,
      commentId: Id,
      threadId: Id,
      thread: nullable(ThreadHead),
      comment: nullable(CommentView),
    },
    closed,
  ),
  Type.Object({ type: Type.Literal('revised'), article: Id, seq: Seq }, closed),
  Type.Object(
    { type: Type.Literal('thread'), article: Id, seq: Seq, threadId: Id, thread: nullable(ThreadHead) },
    closed,
  ),
  Type.Object({ type: Type.Literal('caught_up'), article: Id, seq: Seq }, closed),
  Type.Object({ type: Type.Literal('presence'), article: Id, readers: Type.Integer() }, closed),
  Type.Object({ type: Type.Literal('resync'), article: Id }, closed),
  Type.Object({ type: Type.Literal('inbox') }, closed),
  Type.Object(
    { type: Type.Literal('own'), article: Id, threadId: Id, thread: ThreadHead, ...OwnReactions },
    closed,
  ),
  Type.Object({ type: Type.Literal('hours'), article: Id, periods: HoursPeriods }, closed),
  Type.Object({ type: Type.Literal('queue') }, closed),
  Type.Object({ type: Type.Literal('rules') }, closed),
  Type.Object({ type: Type.Literal('beat') }, closed),
  Type.Object({ type: Type.Literal('refused'), reason: Type.String() }, closed),
])
export type ServerFrame = Static<typeof ServerFrame>
export type OwnFrame = Extract<ServerFrame, { type: 'own' }>
export type ChangeFrame = Extract<ServerFrame, { type: 'change' }>
/** What has a place in an article's log. */
export type LogFrame = Extract<ServerFrame, { type: 'change' | 'revised' | 'thread' }>
