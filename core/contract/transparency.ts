import { Type, type Static } from 'typebox'
import { Action } from './moderation.ts'
import { RejectReason, SanctionKind } from './reasons.ts'
import { ReportCategory } from './threads.ts'

const closed = { additionalProperties: false }
const Count = Type.Integer({ minimum: 0 })
const Minutes = Type.Union([Type.Number(), Type.Null()], {
  description: 'the median, from the report or the hold to the decision; null where nothing was decided',
})
const Day = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' })
const list = <T extends Parameters<typeof Type.Object>[0]>(properties: T) =>
  Type.Array(Type.Object(properties, closed))

/** Days in UTC: from the beginning of the first to the beginning of the second, a year and a day at the most. */
export const Period = { from: Day, to: Day }

/**
 * Numbers for a transparency report, by the names of Regulation (EU) 2022/2065. A machine holds and never decides, so
 * no restriction is automated. `disputes` is null, since what is settled out of court is not known here.
 */
export const Transparency = Type.Object(
  {
    ...Period,
    notices: Type.Object(
      {
        total: Count,
        byCategory: list({ category: ReportCategory, count: Count }),
        cases: Count,
        casesDecided: Count,
        medianMinutes: Minutes,
      },
      { ...closed, description: 'what readers reported: Article 15(1)(b)' },
    ),
    ownInitiative: Type.Object(
      {
        cases: Count,
        casesDecided: Count,
        medianMinutes: Minutes,
        bySignal: list({ signal: Type.String(), count: Count }),
      },
      {
        ...closed,
        description: 'what was held by a signal before anybody reported it: Article 15(1)(c) and (e)',
      },
    ),
    decisions: Type.Object(
      {
        total: Count,
        automated: Count,
        undone: Count,
        byAction: list({ action: Action, count: Count, undone: Count }),
        restrictionsByReason: list({ reason: RejectReason, count: Count, undone: Count }),
      },
      closed,
    ),
    suspensions: list({ kind: SanctionKind, count: Count, lifted: Count }),
    complaints: Type.Object(
      {
        received: Count,
        upheld: Count,
        dismissed: Count,
        open: Count,
        medianHours: Type.Union([Type.Number(), Type.Null()], {
          description: 'the median, from the appeal to its answer; null where none was answered',
        }),
      },
      { ...closed, description: 'appeals of authors, by what has become of them: Article 15(1)(d)' },
    ),
    disputes: Type.Null({ description: 'out of court: Article 24(1)(a)' }),
  },
  closed,
)
export type Transparency = Static<typeof Transparency>

/** Whether everybody may read the numbers of whole months that are over. */
export const Publication = Type.Object({ isPublic: Type.Boolean() }, closed)
