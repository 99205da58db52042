import { Type, type Static } from 'typebox'
import { apart } from './apart.ts'

/** Requests that clients send one after another, each connection beginning at another one. */
export const Load = Type.Object({
  origin: Type.String(),
  requests: Type.Array(
    Type.Object({
      method: Type.Union([Type.Literal('GET'), Type.Literal('POST')]),
      path: Type.String(),
      headers: Type.Record(Type.String(), Type.String()),
      body: Type.Optional(Type.String()),
    }),
  ),
  connections: Type.Number(),
  seconds: Type.Number(),
})
export type Load = Static<typeof Load>

const Answered = Type.Object({
  perSecond: Type.Number(),
  /** Answers that were no success, and requests without one. */
  failed: Type.Number(),
})

/**
 * Has a process of its own send as many requests as are answered.
 * @returns how many a second were, over all connections
 * @throws Error when one was refused
 */
export async function loadApart(load: Load): Promise<number> {
  const clients = apart(new URL('clients.ts', import.meta.url))
  try {
    const { perSecond, failed } = await clients.ask(load, Answered)
    if (failed > 0) throw new Error(`${failed} requests of the load were refused`)
    return perSecond
  } finally {
    clients.end()
  }
}
