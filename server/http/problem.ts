import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Problem } from '../../core/contract/common.ts'

/** Stable names of what can go wrong, with the status each is answered with. */
const kinds = {
  'bad-request': [400, 'The request is not right'],
  'invalid-field': [400, 'A field is not right'],
  'sign-in-needed': [401, 'Sign in first'],
  'wrong-signature': [401, 'The request is not signed rightly'],
  'wrong-token': [401, 'The token is not taken'],
  'wrong-credentials': [401, 'E-mail or password is wrong'],
  'not-allowed': [403, 'You may not do this'],
  closed: [403, 'Comments are closed here'],
  'wrong-origin': [403, 'This address may not use the site'],
  'not-found': [404, 'Not found'],
  conflict: [409, 'It changed meanwhile'],
  'too-large': [413, 'The request is too large'],
  'unsupported-type': [415, 'Send JSON'],
  'too-many-requests': [429, 'Too many requests'],
  'too-soon': [429, 'Not yet'],
  internal: [500, 'Something went wrong here'],
  busy: [503, 'Too much to do right now'],
  unavailable: [503, 'Not available right now'],
} as const satisfies Record<string, readonly [number, string]>
export type ProblemKind = keyof typeof kinds

/** An error with an answer: thrown where it happens, with what to do next; made into HTTP in one place. */
export class ProblemError extends Error {
  readonly kind: ProblemKind
  readonly extra: Record<string, unknown>

  constructor(kind: ProblemKind, detail: string, extra: Record<string, unknown> = {}) {
    super(detail)
    this.kind = kind
    this.extra = extra
  }
}

/** A problem with one field of the body, named by its path. */
export function fieldProblem(field: string, detail: string): ProblemError {
  return new ProblemError('invalid-field', `${field}: ${detail}`, { errors: [{ field, detail }] })
}

export interface Fault {
  kind: ProblemKind
  /** What to do next. */
  detail: string
  extra?: object
}

/** The HTTP status of a kind of problem. */
export const statusOf = (kind: ProblemKind): number => kinds[kind][0]

/** Answers with `problem+json` (RFC 9457). */
export function sendProblem(reply: FastifyReply, { kind, detail, extra }: Fault): FastifyReply {
  const [status, title] = kinds[kind]
  const requestId = reply.request.id
  const problem: Problem = { type: `/problems/${kind}`, title, status, detail, requestId, ...extra }
  return reply
    .header('x-request-id', requestId)
    .code(status)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(problem)
}

/** Fastify's error handler: every error of every route ends here, those of pages for people in `pages/fault.ts`. */
export function answerError(
  error: FastifyError | ProblemError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  return sendProblem(reply, faultOf(error, request, reply))
}

/** What went wrong, in words for who asked; what is our fault is logged. Sets `retry-after` where trying again helps. */
export function faultOf(
  error: FastifyError | ProblemError,
  request: FastifyRequest,
  reply: FastifyReply,
): Fault {
  if (error instanceof ProblemError) return { kind: error.kind, detail: error.message, extra: error.extra }
  if (error.validation) return invalid(error)
  switch (error.statusCode) {
    case 400:
      return { kind: 'bad-request', detail: error.message }
    // An address with a part that is longer than any of ours (414), or that leads out of the served files (403).
    case 403:
    case 404:
    case 414:
      return { kind: 'not-found', detail: 'There is nothing at this address.' }
    case 413:
      return {
        kind: 'too-large',
        detail: 'The body is larger than this route takes; shorten the text.',
        extra: { errors: [{ field: 'body', detail: 'is too large' }] },
      }
    case 415:
      return { kind: 'unsupported-type', detail: 'Send the body as application/json, not compressed.' }
    case 429:
      return { kind: 'too-many-requests', detail: error.message }
  }
  if (databaseIsGone(error)) {
    reply.header('retry-after', '5')
    return {
      kind: 'unavailable',
      detail: 'The database does not answer. Nothing was saved; try again in a moment.',
    }
  }
  request.log.error(error)
  if (isFull(error)) {
    reply.header('retry-after', '60')
    return {
      kind: 'unavailable',
      detail: 'The database has no room left. Nothing was saved; what is there can be read. Tell the site.',
    }
  }
  return { kind: 'internal', detail: 'The error was logged. Try again; if it stays, tell the site.' }
}

function invalid(error: FastifyError): Fault {
  const errors = (error.validation ?? []).map((fault) => {
    const missing = fault.params['missingProperty'] ?? fault.params['additionalProperty']
    const path = fault.instancePath.slice(1).split('/').filter(Boolean)
    const field =
      [...path, ...(typeof missing === 'string' ? [missing] : [])].join('.') ||
      (error.validationContext ?? 'body')
    const unknown = 'additionalProperty' in fault.params
    return { field, detail: unknown ? 'is not a field of this route' : (fault.message ?? 'is not right') }
  })
  const first = errors[0] ?? { field: 'body', detail: 'is not right' }
  return {
    kind: 'invalid-field',
    detail: `${first.field}: ${first.detail}`,
    extra: { errors: errors.slice(0, 10) },
  }
}

const goneCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08006',
  '08003',
])

/** Whether PostgreSQL's disk is full (SQLSTATE `disk_full`). */
const isFull = (error: Error) => 'code' in error && error.code === '53100'

/** Whether an error says that the database could not be reached, as opposed to a fault of ours. */
export function databaseIsGone(error: Error): boolean {
  if ('code' in error && typeof error.code === 'string' && goneCodes.has(error.code)) return true
  return /Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
    error.message,
  )
}
