import { Type, type Static } from 'typebox'
import { Id, Instant, nullable } from './common.ts'
import { MailChoice, NotificationReason } from './follows.ts'
import { Action, RevisionState } from './moderation.ts'
import { ActorRole } from './people.ts'
import { ReactionKind } from './reaction.ts'
import { RejectReason, SanctionKind } from './reasons.ts'
import { ReportCategory } from './threads.ts'

const closed = { additionalProperties: false }
const line = <K extends string, T extends Parameters<typeof Type.Object>[0]>(kind: K, properties: T) =>
  Type.Object({ kind: Type.Literal(kind), ...properties }, closed)
const onSite = { site: Type.String({ description: 'its short name' }) }

const ArchivedDecision = Type.Object(
  {
    revision: Type.Integer(),
    action: Action,
    reason: nullable(RejectReason),
    at: Instant,
    sanction: nullable(Type.Object({ kind: SanctionKind, until: nullable(Instant) }, closed)),
    appeal: nullable(
      Type.Object({ text: Type.String(), at: Instant, answer: nullable(Type.String()) }, closed),
    ),
  },
  { ...closed, description: 'about the comment; who decided is not told' },
)

/** All that is kept about one person, for that person, one line each: the kinds in this order, and `end` last, when it is whole. */
export const ArchiveLine = Type.Union([
  line('archive', { format: Type.Literal('postil-person-1'), exportedAt: Instant }),
  line('account', {
    id: Id,
    name: Type.String(),
    email: Type.String(),
    emailVerifiedAt: nullable(Type.String({ description: 'when another provider last vouched for it' })),
    createdAt: Instant,
    mailStoppedAt: nullable(Instant),
    language: nullable(Type.String({ description: 'of mail; as a browser said at the last sign-in' })),
    sites: Type.Array(Type.Object({ ...onSite, role: ActorRole, badges: Type.Array(Type.String()) }, closed)),
  }),
  line('session', { site: nullable(onSite.site), createdAt: Instant, expiresAt: Instant }),
  line('identity', {
    ...onSite,
    provider: Type.String({ description: '`jwt`: the site itself; else the issuer of OpenID Connect' }),
    subject: Type.String({ description: 'what they are known by there' }),
    createdAt: Instant,
    usedAt: Instant,
  }),
  line('record', {
    ...onSite,
    approved: Type.Integer(),
    rejected: Type.Integer(),
    reportsUpheld: Type.Integer(),
    reportsDismissed: Type.Integer(),
  }),
  line('comment', {
    ...onSite,
    id: Id,
    article: Type.Object({ title: Type.String(), url: nullable(Type.String()) }, closed),
    thread: Id,
    passage: nullable(Type.String({ description: 'the words it is about; null: the whole article' })),
    answers: nullable(Id),
    createdAt: Instant,
    revisions: Type.Array(
      Type.Object(
        {
          number: Type.Integer(),
          state: RevisionState,
          text: nullable(Type.String({ description: 'as typed; null where it was erased' })),
          language: nullable(Type.String()),
          at: Instant,
        },
        closed,
      ),
    ),
    decisions: Type.Array(ArchivedDecision),
  }),
  line('report', { ...onSite, comment: Id, category: ReportCategory, text: Type.String(), at: Instant }),
  line('reaction', { ...onSite, thread: Id, reaction: ReactionKind, text: Type.String(), at: Instant }),
  line('follow', {
    ...onSite,
    about: Type.Union([Type.Literal('article'), Type.Literal('thread'), Type.Literal('replies')]),
    id: nullable(Id),
    following: Type.Boolean(),
    mail: MailChoice,
    language: Type.String(),
    at: Instant,
  }),
  line('notification', {
    ...onSite,
    comment: Id,
    reason: NotificationReason,
    at: Instant,
    readAt: nullable(Instant),
    mailedAt: nullable(Instant),
  }),
  line('end', { lines: Type.Integer({ description: 'before this one' }) }),
])
export type ArchiveLine = Static<typeof ArchiveLine>

/** Sent as it is read: JSON Lines, in pieces of some lines each. */
export const Archive = Type.Unsafe<AsyncIterable<string>>(
  Type.String({ description: 'JSON Lines, each of them an object of the kinds in core/contract/archive.ts' }),
)
