import { Type, type Static } from 'typebox'
import { Plan } from '../explain.ts'

/** What was measured on a discussion of one size. */
export const Size = Type.Object({
  comments: Type.Number(),
  operations: Type.Array(
    Type.Object({ name: Type.String(), p50: Type.Number(), p95: Type.Number(), plans: Type.Array(Plan) }),
  ),
})
export type Size = Static<typeof Size>
