import { Type, type Static } from 'typebox'

/** Why a comment may be rejected: the site's rules. */
export const RejectReason = Type.Union([
  Type.Literal('abuse'),
  Type.Literal('spam'),
  Type.Literal('off_topic'),
  Type.Literal('illegal'),
  Type.Literal('other'),
])
export type RejectReason = Static<typeof RejectReason>

export const SanctionKind = Type.Union([
  Type.Literal('warning'),
  Type.Literal('time_out'),
  Type.Literal('ban'),
])
export type SanctionKind = Static<typeof SanctionKind>
