import { Type, type Static } from 'typebox'

/** What the crowd is told to do. */
export type Task = Static<typeof Task>
export const Task = Type.Object({
  origin: Type.String(),
  site: Type.String(),
  sockets: Type.Number(),
  seconds: Type.Number(),
  /** Comments a second; and edits, reports and decisions a second, of each. */
  posts: Type.Number(),
  others: Type.Number(),
  articles: Type.Array(Type.Object({ id: Type.String(), after: Type.Number(), thread: Type.String() })),
  /** Cookies. */
  writers: Type.Array(Type.String()),
  moderators: Type.Array(Type.String()),
})

/** What came of it. */
export type Tally = Static<typeof Tally>
export const Tally = Type.Object({
  posted: Type.Number(),
  edited: Type.Number(),
  reported: Type.Number(),
  decided: Type.Number(),
  /** Answers that were no success, by what was asked and the status. */
  refused: Type.Record(Type.String(), Type.Number()),
  frames: Type.Number(),
  /** Frames whose number is not the next of their article. */
  outOfOrder: Type.Number(),
  /** Times that a line was lost, or told to begin anew. */
  begunAnew: Type.Number(),
  /** The last number of its article that each reader has heard. */
  heard: Type.Array(Type.Object({ article: Type.String(), seq: Type.Number() })),
})
