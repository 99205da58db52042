import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { FastifyRequest, FastifyServerOptions } from 'fastify'

/**
 * How the application logs. What a line tells of a request is its id, its route and what that is about; never its query, headers
 * and body, nor a token in its path.
 */
export const logging = (level: string) =>
  ({
    logger: { level, serializers: { req: requestOf, err: errorOf }, hooks: { streamWrite: masked } },
    genReqId: idOf,
  }) satisfies FastifyServerOptions

/** What a proxy calls a request, where that is an id; else one of our own. */
function idOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id']
  return typeof given === 'string' && /^[\w.:-]{8,100}$/.test(given) ? given : randomUUID()
}

function requestOf({ method, routeOptions, params, ip }: FastifyRequest) {
  const about = Object.entries(paramsOf(params) ?? {}).filter(([name]) => name !== 'token' && name !== '*')
  return { method, url: routeOptions.url ?? 'none', about: Object.fromEntries(about), remoteAddress: ip }
}

const paramsOf = (params: unknown) => (typeof params === 'object' ? params : {})

// As a type, which has an index for what else pino may add.
type LoggedError = {
  type: string
  code?: string
  message: string
  stack: string
  cause?: LoggedError
}

/** Of an error what finds the fault; other properties may hold rows, addresses and answers of others. */
function errorOf(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error), stack: '' }
  const { name: type, message, stack = '', cause } = error
  return {
    type,
    ...('code' in error && { code: String(error.code) }),
    message,
    stack,
    ...(cause instanceof Error && { cause: errorOf(cause) }),
  }
}

/**
 * A line of the log without what stands before the host in addresses, without mail addresses, and without tokens.
 * @param line JSON, and so it stays: no escape is cut in two; bounded, so that a long line takes no longer than it is long
 */
export const masked = (line: string): string =>
  line
    .replace(/\/\/[^\s/@"\\]{1,200}@/g, '//')
    .replace(/(?<!\\|\\u[0-9a-f]{0,3})[^\s<>"'(),;:=/@\\]{1,64}@[^\s<>"'(),;:/@\\]{1,255}/g, '…@…')
    .replace(/eyJ[\w-]{8,500}\.[\w-]+\.[\w-]*/g, '…')
