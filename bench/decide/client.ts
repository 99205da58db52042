import { Type, type Static } from 'typebox'
import { apart } from '../apart.ts'

/** What moderators were answered. */
export type Tally = Static<typeof Tally>
export const Tally = Type.Object({
  /** Ids of the decisions that were made. */
  made: Type.Array(Type.String()),
  /** When the first of them began, in milliseconds of the epoch, and how many seconds all took. */
  since: Type.Number(),
  seconds: Type.Number(),
  conflicts: Type.Number(),
  /** Milliseconds of each decision that was made. */
  times: Type.Array(Type.Number()),
})

/** What the process of the moderators is told. */
export type Task = Static<typeof Task>
export const Task = Type.Object({
  origin: Type.String(),
  emails: Type.Array(Type.String()),
  /** Decisions of all of them together. */
  wanted: Type.Number(),
  /** Milliseconds between two decisions of one of them. */
  think: Type.Number(),
})

/** Has the moderators work in a process of their own. */
export async function moderateApart(told: Task): Promise<Tally> {
  const moderators = apart(new URL('moderate.ts', import.meta.url))
  try {
    return await moderators.ask(told, Tally)
  } finally {
    moderators.end()
  }
}
