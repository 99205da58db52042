import { Problem } from '../../core/contract/common.ts'
import { routes, type Reply, type RouteName } from '../../core/contract/routes.ts'
import { addressOf, hold, holdReply, type Said } from '../moderation/caller.ts'

/** An answer, whatever it says. */
export interface Answer {
  status: number
  type: string
  text: string
}

/** What a request says beyond its route, right or wrong. */
interface Request {
  params?: object
  query?: object
  body?: unknown
  headers?: Record<string, string>
}

const password = 'margin-notes'

/** A browser that speaks to a server over its port: on the server's own pages, unless a header says otherwise. */
export class Client {
  readonly origin: string
  readonly cookie: string

  constructor(origin: string, cookie = '') {
    this.origin = origin
    this.cookie = cookie
  }

  /** The same browser, with the server come up somewhere else. */
  at(origin: string): Client {
    return new Client(origin, this.cookie)
  }

  async request(name: RouteName, said: Request = {}): Promise<Answer> {
    const { method, url } = addressOf(name, said.params ?? {}, said.query)
    const answer = await fetch(this.origin + url, {
      method,
      headers: {
        origin: this.origin,
        ...(this.cookie && { cookie: this.cookie }),
        ...(said.body !== undefined && { 'content-type': 'application/json' }),
        ...said.headers,
      },
      ...(said.body !== undefined && { body: JSON.stringify(said.body) }),
    })
    return {
      status: answer.status,
      type: answer.headers.get('content-type') ?? '',
      text: await answer.text(),
    }
  }

  /** @returns the reply of a call that must succeed */
  async ok<N extends RouteName>(name: N, said: Said<N> = {}): Promise<Reply<N>> {
    const answer = await this.request(name, said)
    requireStatus(answer, routes[name].status)
    return holdReply(name, answer.text)
  }

  /** @returns the problem of a call that must be refused with this status */
  async refused(name: RouteName, status: number, said: Request = {}): Promise<Problem> {
    return problemOf(await this.request(name, said), status)
  }
}

/** Signs in with the form of Postil's own pages. */
export async function signIn(origin: string, email: string): Promise<Client> {
  const answer = await fetch(`${origin}/v1/session`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
  if (answer.status !== 200 || !cookie) throw new Error(`${email}: ${answer.status} ${await answer.text()}`)
  return new Client(origin, cookie)
}

function requireStatus(answer: Answer, status: number): void {
  if (answer.status !== status) throw new Error(`answered ${answer.status}, not ${status}: ${answer.text}`)
}

/** The problem that an answer must be. */
export function problemOf(answer: Answer, status: number): Problem {
  if (answer.type !== 'application/problem+json') throw new Error(`${answer.type}: ${answer.text}`)
  requireStatus(answer, status)
  const problem = hold(Problem, JSON.parse(answer.text))
  if (problem.status !== status) throw new Error(`says ${problem.status} under ${status}: ${answer.text}`)
  return problem
}
