import type { Problem } from '../../core/contract/common.ts'
import type { Body, Params, Query, Reply, RouteName } from '../../core/contract/routes.ts'

/** The server said no, and why. */
export class ApiProblem extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title)
    this.problem = problem
  }

  get status(): number {
    return this.problem.status
  }
}

/** No answer came: the network is down, or the server. What was sent may or may not have arrived. */
export class Unreachable extends Error {}

type ParamsOption<N extends RouteName> = keyof Params<N> extends never
  ? { params?: never }
  : { params: Params<N> }
type BodyOption<N extends RouteName> = Body<N> extends undefined ? { body?: never } : { body: Body<N> }
type Options<N extends RouteName> = ParamsOption<N> &
  BodyOption<N> & {
    query?: Query<N>
    /** The client's own id for a post: the same on every retry. */
    key?: string
    /** Leave cookies out: what is asked is the same for everybody. */
    anonymous?: boolean
    /** Goes out even though its page is being left. */
    keepalive?: boolean
  }
type Given<N extends RouteName> = Partial<Options<N>> extends Options<N> ? [Options<N>?] : [Options<N>]
export type Call = <N extends RouteName>(name: N, ...given: Given<N>) => Promise<Reply<N>>

/**
 * A typed way to call the server's routes.
 * @param base the server's origin; empty on its own pages
 */
export function caller(base: string): Call {
  return async (name, ...given) => {
    const [method, path] = name.split(' ')
    const { params = {}, query = {}, body, key, anonymous, keepalive = false } = given[0] ?? {}
    const filled = (path ?? '').replace(/:(\w+)/g, (_, part: string) =>
      encodeURIComponent(String(Reflect.get(params, part))),
    )
    const search = new URLSearchParams(
      Object.entries(query).map(([field, value]) => [field, String(value)]),
    ).toString()
    let answer: Response
    try {
      answer = await fetch(`${base}${filled}${search && `?${search}`}`, {
        method: method ?? 'GET',
        credentials: anonymous ? 'omit' : 'include',
        headers: {
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        keepalive,
        signal: AbortSignal.timeout(20_000),
      })
    } catch (error) {
      throw new Unreachable('The server does not answer.', { cause: error })
    }
    // The one place where an answer gets its type: server and client share the contract.
    const value: unknown = answer.status === 204 ? null : await answer.json().catch(() => undefined)
    if (answer.ok && value !== undefined) return value as Reply<typeof name>
    // Sent away unread: as if nobody had answered.
    if (isProblem(value) && value.type !== '/problems/busy') throw new ApiProblem(value)
    throw new Unreachable(`The server answers ${answer.status} and nothing else.`)
  }
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'type' in value && 'status' in value
}

/** Calls the server that this page comes from. */
export const call = caller('')
