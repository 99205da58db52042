import { Type, type Static } from 'typebox'
import { Instant } from './common.ts'

const closed = { additionalProperties: false }

const HoursPeriod = Type.Object(
  {
    from: Instant,
    closed: Type.Boolean({ description: 'comments are closed' }),
    slowMode: Type.Integer({ description: 'seconds between two comments of one author; 0: none' }),
  },
  closed,
)
export type HoursPeriod = Static<typeof HoursPeriod>

export const HoursPeriods = Type.Array(HoursPeriod, {
  minItems: 1,
  maxItems: 3,
  description:
    'the first begins now and holds until the next; after the last one nothing is known to change, or it is far off',
})

/** Whether one may write: now, and what is known of later, by the server's clock. */
export const Hours = Type.Object(
  {
    periods: HoursPeriods,
    exempt: Type.Boolean({ description: 'the viewer works for the site: they write at any time' }),
  },
  closed,
)
export type Hours = Static<typeof Hours>
