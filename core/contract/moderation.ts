import { Type, type Static } from 'typebox'
import { Counter, Cursor, Id, Instant } from './common.ts'
import { Signal } from './signal.ts'
import { TextBlock } from './text.ts'
import { ReportCategory } from './threads.ts'

const closed = { additionalProperties: false }
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

/** Why a comment may be rejected: the site's rules. */
export const RejectReason = Type.Union([
  Type.Literal('abuse'),
  Type.Literal('spam'),
  Type.Literal('off_topic'),
  Type.Literal('illegal'),
  Type.Literal('other'),
])
export type RejectReason = Static<typeof RejectReason>

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

/** A comment around the one to be decided, as readers see it. */
const Neighbour = Type.Object({ id: Id, author: Type.String(), excerpt: Type.String() }, closed)

export const Decision = Type.Object(
  {
    id: Id,
    action: Type.Union([Type.Literal('approve'), Type.Literal('reject'), Type.Literal('reverse')]),
    reason: nullable(RejectReason),
    note: Type.String(),
    by: Type.String(),
    at: Instant,
  },
  closed,
)
export type Decision = Static<typeof Decision>

/** What a moderator needs on screen to decide. */
export const CaseView = Type.Object(
  {
    id: Id,
    cause: Type.Union([Type.Literal('held'), Type.Literal('reported')]),
    status: Type.Union([Type.Literal('open'), Type.Literal('decided'), Type.Literal('withdrawn')]),
    version: Type.Integer(),
    openedAt: Instant,
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
        author: Type.Object({ id: Id, name: Type.String(), shownComments: Type.Integer() }, closed),
        body: nullable(Type.Array(TextBlock)),
        createdAt: Instant,
      },
      closed,
    ),
    before: Type.Array(Neighbour, { description: 'the shown comments above it in its thread, nearest last' }),
    signals: Type.Array(Signal),
    reports: Type.Array(
      Type.Object({ category: ReportCategory, text: Type.String(), by: Type.String(), at: Instant }, closed),
    ),
    decisions: Type.Array(Decision),
  },
  closed,
)
export type CaseView = Static<typeof CaseView>

export const CasePage = Type.Object(
  {
    cases: Type.Array(CaseView),
    open: Type.Integer({ description: 'all open cases' }),
    next: nullable(Cursor),
  },
  closed,
)
export type CasePage = Static<typeof CasePage>

/** `revision` and `version` are those the moderator saw: a decision on anything else is refused with 409. */
export const NewDecision = Type.Union([
  Type.Object(
    {
      action: Type.Literal('approve'),
      revision: Counter,
      version: Counter,
      note: Type.Optional(Type.String({ maxLength: 1000 })),
    },
    closed,
  ),
  Type.Object(
    {
      action: Type.Literal('reject'),
      reason: RejectReason,
      revision: Counter,
      version: Counter,
      note: Type.Optional(Type.String({ maxLength: 1000 })),
    },
    closed,
  ),
])
export type NewDecision = Static<typeof NewDecision>

export const Decided = Type.Object({ decision: Decision, case: CaseView }, closed)
export type Decided = Static<typeof Decided>
