import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'

/** What moderators were answered. */
export type Tally = Static<typeof Tally>
const Tally = Type.Object({
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
const Task = Type.Object({
  origin: Type.String(),
  emails: Type.Array(Type.String()),
  /** Decisions of all of them together. */
  wanted: Type.Number(),
  /** Milliseconds between two decisions of one of them. */
  think: Type.Number(),
})

const tally = Compile(Tally)
const task = Compile(Task)

/** Has the moderators work in a process of their own: browsers do not run in the server, either. */
export async function moderateApart(told: Task): Promise<Tally> {
  const child = fork(fileURLToPath(new URL('moderate.ts', import.meta.url)), [JSON.stringify(told)])
  // Which comes after all that was said, while the exit may be told before.
  const gone = once(child, 'disconnect').then(() => {
    throw new Error('the process of the moderators ended without an answer')
  })
  gone.catch(() => undefined)
  const said: unknown[] = await Promise.race([once(child, 'message'), gone])
  return tally.Parse(said[0])
}

/** The task that this process was started with. */
export const readTask = (text: string): Task => task.Parse(JSON.parse(text))
