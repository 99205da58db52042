import { Type, type Static } from 'typebox'
import { Anchor } from './anchor.ts'

/** What became of a passage since its thread was opened. */
export const PlacementStatus = Type.Union([
  Type.Literal('same'),
  Type.Literal('moved'),
  Type.Literal('edited'),
  Type.Literal('orphaned'),
])
export type PlacementStatus = Static<typeof PlacementStatus>

/** Where a thread's passage is in the article's text as the server knows it now. */
export const Placement = Type.Object(
  {
    revision: Type.Integer({ description: 'of the text' }),
    status: PlacementStatus,
    anchor: Type.Union([Anchor, Type.Null()], {
      description: 'the passage as it stands in this text; null where it is gone',
    }),
    section: Type.Integer({ description: 'the block where it is, or where it was before it went' }),
    confidence: Type.Number({ minimum: 0, maximum: 1 }),
  },
  { additionalProperties: false },
)
export type Placement = Static<typeof Placement>
