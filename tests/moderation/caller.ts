import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { expect } from 'vitest'
import { Problem } from '../../core/contract/common.ts'
import {
  routes,
  type Body,
  type Params,
  type Query,
  type Reply,
  type RouteName,
} from '../../core/contract/routes.ts'

export const host = 'localhost:4000'
export const origin = `http://${host}`

/** Cookies by name. */
export type Cookies = Record<string, string>

/** What a request says beyond its route. */
interface Request {
  params?: object
  query?: object
  body?: string | object | undefined
  headers?: Record<string, string>
  /** The page it comes from: our own where it is not given, null for a client that does not say. */
  origin?: string | null
}

/** The same, as the contract has it for a route. */
export interface Said<N extends RouteName> extends Request {
  params?: Params<N>
  query?: Query<N>
  body?: Body<N>
}

/** One browser, on Postil's own pages unless a header says otherwise. Replies are held against the contract. */
export class Caller {
  readonly #app: FastifyInstance
  readonly cookies: Cookies

  constructor(app: FastifyInstance, cookies: Cookies = {}) {
    this.#app = app
    this.cookies = cookies
  }

  async request(name: RouteName, said: Request = {}): Promise<LightMyRequestResponse> {
    const from = said.origin === undefined ? origin : said.origin
    return await this.#app.inject({
      ...addressOf(name, said.params ?? {}, said.query),
      headers: { host, ...(from !== null && { origin: from }), ...said.headers },
      cookies: this.cookies,
      ...(said.body !== undefined && { payload: said.body }),
    })
  }

  /** @returns the reply of a call that must succeed */
  async ok<N extends RouteName>(name: N, said: Said<N> = {}): Promise<Reply<N>> {
    const answer = await this.request(name, said)
    expect(answer.statusCode, answer.body).toBe(routes[name].status)
    return holdReply(name, answer.body)
  }

  /** @returns the problem of a call that must be refused with this status */
  async refused<N extends RouteName>(name: N, status: number, said: Said<N> = {}): Promise<Problem> {
    return problemOf(await this.request(name, said), status)
  }
}

/** The problem that an answer must be. */
export function problemOf(answer: LightMyRequestResponse, status: number): Problem {
  expect(answer.statusCode, answer.body).toBe(status)
  expect(answer.headers['content-type']).toBe('application/problem+json')
  const problem = hold(Problem, answer.json())
  expect(problem.status).toBe(status)
  return problem
}

/** A route's method, and its address with parameters filled in. */
export function addressOf(name: RouteName, params: object, query: object = {}) {
  const [method, path = ''] = name.split(' ')
  const filled = Object.entries(params).reduce(
    (url, [key, value]) => url.replace(`:${key}`, String(value)),
    path,
  )
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) =>
      (Array.isArray(value) ? value : [value]).map((one) => [key, String(one)]),
    ),
  )
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
  const known = methods.find((one) => one === method)
  if (!known) throw new Error(`${name} has no method that this knows`)
  return { method: known, url: search.size > 0 ? `${filled}?${search.toString()}` : filled }
}

/** Parses the text of a route's reply by its schema. */
export function holdReply<N extends RouteName>(name: N, text: string): Reply<N> {
  const schema: (typeof routes)[N]['reply'] = routes[name].reply
  return hold(schema, routes[name].status === 204 ? null : JSON.parse(text))
}

const checks = new Map<TSchema, { Check(value: unknown): boolean }>()

/** Parses a value from outside by its schema. */
export function hold<T extends TSchema>(schema: T, value: unknown): Static<T> {
  if (!is(schema, value)) throw new Error(`not of the contract: ${JSON.stringify(value)}`)
  return value
}

function is<T extends TSchema>(schema: T, value: unknown): value is Static<T> {
  const check = checks.get(schema) ?? Compile<TSchema>(schema)
  checks.set(schema, check)
  return check.Check(value)
}
