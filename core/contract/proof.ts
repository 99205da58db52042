import { Type, type Static } from 'typebox'
import { Id, Instant, nullable } from './common.ts'
import { Action, CaseCause, RevisionState } from './moderation.ts'
import { RejectReason, SanctionKind } from './reasons.ts'
import { Signal } from './signal.ts'
import { ReportCategory } from './threads.ts'

const closed = { additionalProperties: false }
const list = <T extends Parameters<typeof Type.Object>[0]>(properties: T) =>
  Type.Array(Type.Object(properties, closed))

/**
 * All that was kept of a case, for a court or a body that settles disputes out of court (Regulation (EU) 2022/2065, Article 21):
 * texts as they were, who reported and who decided what, and the rows of the audit log that say so.
 */
export const CaseExport = Type.Object(
  {
    format: Type.Literal('postil-case-1'),
    exportedAt: Instant,
    site: Type.Object({ id: Id, slug: Type.String(), name: Type.String() }, closed),
    case: Type.Object(
      {
        id: Id,
        cause: CaseCause,
        status: Type.Union([Type.Literal('open'), Type.Literal('decided'), Type.Literal('withdrawn')]),
        openedAt: Instant,
        closedAt: nullable(Instant),
        escalatedAt: nullable(Instant),
      },
      closed,
    ),
    article: Type.Object(
      { id: Id, title: Type.String(), url: nullable(Type.String()), slug: Type.String() },
      closed,
    ),
    passage: nullable(Type.String({ description: 'the words it is about; null: the whole article' })),
    comment: Type.Object(
      {
        id: Id,
        createdAt: Instant,
        author: Type.Object({ id: Id, name: Type.String() }, closed),
        revisions: list({
          number: Type.Integer(),
          state: RevisionState,
          text: nullable(Type.String({ description: 'as typed; null where it was erased' })),
          signals: Type.Array(Signal, {
            description: 'what a machine said of it; it holds, and never rejects',
          }),
          at: Instant,
        }),
      },
      closed,
    ),
    reports: list({
      id: Id,
      revision: Type.Integer(),
      category: ReportCategory,
      text: Type.String(),
      by: Type.Object(
        {
          id: nullable(Id),
          name: nullable(Type.String({ description: 'null: a name that is kept no longer' })),
        },
        closed,
      ),
      at: Instant,
    }),
    decisions: list({
      id: Id,
      revision: Type.Integer(),
      action: Action,
      reason: nullable(RejectReason),
      note: Type.String(),
      stateBefore: RevisionState,
      by: Type.Object({ id: Id, name: Type.String() }, closed),
      reverses: nullable(Id),
      confirms: nullable(Id),
      at: Instant,
      sanction: nullable(
        Type.Object({ kind: SanctionKind, until: nullable(Instant), liftedAt: nullable(Instant) }, closed),
      ),
    }),
    audit: list({
      number: Type.Integer(),
      at: Instant,
      actorId: nullable(Id),
      action: Type.String(),
      subject: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Null()])),
      previousHash: Type.String(),
      hash: Type.String(),
    }),
    truncated: Type.Boolean({ description: 'there is more than is given here: a thousand of each at most' }),
  },
  closed,
)
export type CaseExport = Static<typeof CaseExport>
