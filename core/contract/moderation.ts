import { Type, type Static } from 'typebox'
import { Counter, Cursor, Id, Instant, nullable } from './common.ts'
import { labels } from './people.ts'
import { RejectReason, SanctionKind } from './reasons.ts'
import { Signal } from './signal.ts'
import { TextBlock } from './text.ts'
import { ReportCategory } from './threads.ts'

const closed = { additionalProperties: false }

export type { RejectReason, SanctionKind } from './reasons.ts'

export const RevisionState = Type.Union([
  Type.Literal('CHECKING'),
  Type.Literal('HELD'),
  Type.Literal('LIVE'),
  Type.Literal('APPROVED'),
  Type.Literal('REJECTED'),
  Type.Literal('WITHDRAWN'),
  Type.Literal('ERASED'),
])
export type RevisionState = Static<typeof RevisionState>

/**
 * What a moderator does with a case. `hold` hides the comment and passes the case on to others; `escalate` leaves it to
 * those who lead. `warn`, `time_out` and `ban` reject the comment, and say something of its author too. An appeal is
 * answered with `uphold_appeal`, which takes the decision back, or with `dismiss_appeal`. Where a ban wants two people,
 * the first one's is kept as `propose_ban`: it hides the comment and leaves the case to those who lead. `object` opens a
 * decided case again, which then waits for somebody who leads and took no part in the decision: the comment stays as it is.
 */
export const Action = Type.Union([
  Type.Literal('approve'),
  Type.Literal('reject'),
  Type.Literal('warn'),
  Type.Literal('time_out'),
  Type.Literal('ban'),
  Type.Literal('hold'),
  Type.Literal('escalate'),
  Type.Literal('reverse'),
  Type.Literal('uphold_appeal'),
  Type.Literal('dismiss_appeal'),
  Type.Literal('propose_ban'),
  Type.Literal('object'),
])
export type Action = Static<typeof Action>

/** For how many days somebody can be timed out. */
const Days = Type.Union([Type.Literal(1), Type.Literal(3), Type.Literal(7), Type.Literal(30)])
export type Days = Static<typeof Days>

/** Why a case comes before older ones, or after them where it is less than 0, and by how many minutes of waiting. */
export const Weight = Type.Object(
  {
    cause: Type.Union([
      Type.Literal('reports'),
      Type.Literal('words'),
      Type.Literal('learned'),
      Type.Literal('shown'),
      Type.Literal('sampled'),
    ]),
    minutes: Type.Integer(),
  },
  closed,
)
export type Weight = Static<typeof Weight>

/** A comment around the one to be decided, as readers see it. */
const Neighbour = Type.Object({ id: Id, author: Type.String(), excerpt: Type.String() }, closed)

export const Decision = Type.Object(
  {
    id: Id,
    action: Action,
    reason: nullable(RejectReason),
    note: Type.String(),
    by: Type.String(),
    at: Instant,
  },
  closed,
)
export type Decision = Static<typeof Decision>

/** Who has a case in hand: a lease, which ends by itself. */
export const Claim = Type.Object(
  { by: Type.String(), mine: Type.Boolean({ description: 'it is the viewer' }), until: Instant },
  closed,
)
export type Claim = Static<typeof Claim>

/** What was decided about another comment of the same person, and not undone. */
const PastDecision = Type.Object(
  {
    id: Id,
    action: Action,
    reason: nullable(RejectReason),
    by: Type.String(),
    at: Instant,
    article: Type.String({ description: 'its title' }),
  },
  closed,
)
export type PastDecision = Static<typeof PastDecision>

/** What was decided on a site about one person, and what holds for them now. */
const Author = Type.Object(
  {
    id: Id,
    name: Type.String(),
    ...labels,
    joinedAt: Instant,
    shownComments: Type.Integer({ description: 'counted up to a hundred' }),
    approved: Type.Integer(),
    rejected: Type.Integer(),
    history: Type.Array(PastDecision, {
      description:
        'about their other comments on this site: up to five, among their last 100 comments, newest first',
    }),
    sanction: nullable(
      Type.Object(
        {
          kind: SanctionKind,
          reason: RejectReason,
          at: Instant,
          until: nullable(Instant),
          acknowledgedAt: nullable(Instant),
        },
        closed,
      ),
    ),
  },
  closed,
)

/** An author's appeal against a decision. While it has no answer, a case takes nothing but one, or `escalate`. */
const Appeal = Type.Object(
  {
    id: Id,
    decisionId: Id,
    by: Type.String(),
    text: Type.String(),
    at: Instant,
    quoted: nullable(
      Type.Array(TextBlock, { description: 'what was decided about, where the case is about a newer text' }),
    ),
    answer: nullable(
      Type.Object({ upheld: Type.Boolean(), text: Type.String(), by: Type.String(), at: Instant }, closed),
    ),
    canAnswer: Type.Boolean({ description: 'the viewer may: neither author nor who decided first' }),
  },
  closed,
)

/** A ban that waits for a second person. */
const Proposal = Type.Object(
  { decisionId: Id, by: Type.String(), reason: RejectReason, note: Type.String(), at: Instant },
  closed,
)
export type Proposal = Static<typeof Proposal>

/** That somebody objects to a decision, which waits to be judged again. */
const Objection = Type.Object(
  {
    decisionId: Id,
    by: Type.String(),
    note: Type.String(),
    at: Instant,
    to: Type.Object({ action: Action, reason: nullable(RejectReason), by: Type.String() }, closed),
  },
  closed,
)
export type Objection = Static<typeof Objection>

/** What a ban of the viewer's comes to. */
const BanWay = Type.Union([Type.Literal('ban'), Type.Literal('propose'), Type.Literal('confirm')])
export type BanWay = Static<typeof BanWay>

/** What opened a case. `sampled`: nothing but chance, among what appeared without a look. */
export const CaseCause = Type.Union([
  Type.Literal('held'),
  Type.Literal('reported'),
  Type.Literal('appealed'),
  Type.Literal('sampled'),
])
export type CaseCause = Static<typeof CaseCause>

/** The comments of the last days that say nearly the same, by the number they have in common. */
export const RaidName = Type.Integer({
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
  description: 'cases about comments that say nearly the same: the `name` of a `raid`',
})
const Raid = Type.Object(
  {
    name: RaidName,
    comments: Type.Integer(),
    people: Type.Integer({ description: 'who wrote them' }),
    articles: Type.Integer(),
    from: Type.String({ description: 'an instant: when the first was written' }),
    to: Type.String({ description: 'when the last was' }),
  },
  closed,
)
export type Raid = Static<typeof Raid>

/** What a moderator needs on screen to decide. */
export const CaseView = Type.Object(
  {
    id: Id,
    cause: CaseCause,
    status: Type.Union([Type.Literal('open'), Type.Literal('decided'), Type.Literal('withdrawn')]),
    version: Type.Integer(),
    openedAt: Instant,
    dueAt: Type.String({ description: 'an instant: the queue is in the order of these' }),
    weights: Type.Array(Weight, { description: 'what brings it before older cases' }),
    claim: nullable(Claim),
    escalated: Type.Boolean(),
    can: Type.Object(
      {
        decide: Type.Boolean(),
        ban: nullable(BanWay),
        object: Type.Boolean({ description: 'to the decision that closed it' }),
      },
      { ...closed, description: 'the viewer; `ban` is null where a second person has to confirm theirs' },
    ),
    article: Type.Object(
      { id: Id, title: Type.String(), url: nullable(Type.String()), slug: Type.String() },
      closed,
    ),
    passage: nullable(
      Type.Object({ prefix: Type.String(), exact: Type.String(), suffix: Type.String() }, closed),
    ),
    comment: Type.Object(
      {
        id: Id,
        revision: Type.Integer(),
        state: RevisionState,
        author: Author,
        body: nullable(Type.Array(TextBlock)),
        language: nullable(Type.String({ description: 'of the page it was written on, BCP 47' })),
        previous: nullable(
          Type.Array(TextBlock, { description: 'the text that readers see, where this is a newer one' }),
        ),
        createdAt: Instant,
      },
      closed,
    ),
    before: Type.Array(Neighbour, { description: 'the shown comments above it in its thread, nearest last' }),
    replies: Type.Object(
      {
        count: Type.Integer({ description: 'shown ones that answer it' }),
        first: Type.Array(Neighbour, { description: 'the first two' }),
      },
      closed,
    ),
    signals: Type.Array(Signal),
    reports: Type.Array(
      Type.Object(
        {
          category: ReportCategory,
          text: Type.String(),
          by: nullable(Type.String({ description: 'null: a name that is kept no longer' })),
          byMail: Type.Boolean({ description: 'by somebody without an account, who gave this name' }),
          at: Instant,
          upheld: Type.Integer({ description: 'earlier reports of this reader that a decision agreed with' }),
          dismissed: Type.Integer({ description: 'earlier ones where the comment stood' }),
        },
        closed,
      ),
    ),
    appeal: nullable(Appeal),
    proposal: nullable(Proposal),
    objection: nullable(Objection),
    raid: nullable(Raid),
    decisions: Type.Array(Decision),
  },
  closed,
)
export type CaseView = Static<typeof CaseView>

/** The queues of a site. Every open case is in `all` that the viewer has not passed on. */
export const QueueName = Type.Union([
  Type.Literal('all'),
  Type.Literal('held'),
  Type.Literal('reported'),
  Type.Literal('escalated'),
  Type.Literal('appeals'),
  Type.Literal('sampled'),
])
export type QueueName = Static<typeof QueueName>

const QueueCount = Type.Object(
  {
    queue: QueueName,
    open: Type.Integer(),
    oldest: nullable(Instant),
  },
  closed,
)

export const CasePage = Type.Object(
  {
    cases: Type.Array(CaseView),
    open: Type.Integer({ description: 'cases of this queue and filter, those of a raid counted as one' }),
    queues: Type.Array(QueueCount, { description: 'how much waits in each, and since when' }),
    next: nullable(Cursor),
    translates: Type.Boolean({ description: 'a machine can be asked to translate their texts' }),
  },
  closed,
)
export type CasePage = Static<typeof CasePage>

/** What the moderator saw: a decision on anything else is refused with 409. */
const seen = {
  revision: Counter,
  version: Counter,
  note: Type.Optional(Type.String({ maxLength: 1000 })),
}

export const NewDecision = Type.Union([
  Type.Object(
    {
      action: Type.Union([Type.Literal('approve'), Type.Literal('hold'), Type.Literal('escalate')]),
      ...seen,
    },
    closed,
  ),
  Type.Object(
    {
      action: Type.Union([Type.Literal('reject'), Type.Literal('warn'), Type.Literal('ban')]),
      reason: RejectReason,
      ...seen,
    },
    closed,
  ),
  Type.Object({ action: Type.Literal('time_out'), reason: RejectReason, days: Days, ...seen }, closed),
  Type.Object(
    {
      action: Type.Literal('object'),
      ...seen,
      note: Type.String({ minLength: 1, maxLength: 1000, pattern: '\\S', description: 'why' }),
    },
    closed,
  ),
  Type.Object(
    {
      action: Type.Union([Type.Literal('uphold_appeal'), Type.Literal('dismiss_appeal')]),
      answer: Type.String({
        minLength: 1,
        maxLength: 5000,
        pattern: '\\S',
        description: 'what the author is told',
      }),
      ...seen,
    },
    closed,
  ),
])
export type NewDecision = Static<typeof NewDecision>
/** An answer to an appeal, an objection to a decision, and every decision about an open case. */
export type AppealAnswer = Extract<NewDecision, { answer: string }>
export type NewObjection = Extract<NewDecision, { action: 'object' }>
export type CaseDecision = Exclude<NewDecision, AppealAnswer | NewObjection>

/** What is left to tell of a case once it is decided: a part of its view. */
const CaseState = Type.Object(
  {
    ...Type.Pick(CaseView, ['id', 'status', 'version', 'escalated']).properties,
    comment: Type.Pick(CaseView.properties.comment, ['id', 'revision', 'state'], closed),
  },
  closed,
)
export type CaseState = Static<typeof CaseState>

export const Decided = Type.Object({ decision: Decision, case: CaseState }, closed)
export type Decided = Static<typeof Decided>

/** The case waits again, so it is told whole. */
export const Reversed = Type.Object({ decision: Decision, case: CaseView }, closed)
export type Reversed = Static<typeof Reversed>

export const Claimed = Type.Object({ claim: nullable(Claim) }, closed)
export type Claimed = Static<typeof Claimed>
