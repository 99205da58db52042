import { Readable } from 'node:stream'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'
import { Problem } from '../../core/contract/common.ts'
import {
  routes,
  type Body,
  type Params,
  type Permission,
  type Query,
  type Reply,
  type Route,
  type RouteName,
} from '../../core/contract/routes.ts'
import type { Context } from '../context.ts'
import { whoOn, whoOwn, whoOwnOn, type Actor, type Person } from '../people/index.ts'
import { may } from '../permissions.ts'
import type { Site } from '../sites/index.ts'
import { parseStrict } from './json.ts'
import { requireOrigin } from './origin.ts'
import { answerError, ProblemError } from './problem.ts'
import { Ready } from './ready.ts'
import { verifySignature, type Signed } from './signature.ts'

type SiteOf<N extends RouteName> = Params<N> extends { site: string } ? Site : null
type ActorOf<N extends RouteName> = (typeof routes)[N]['permission'] extends
  'viewer' | 'moderator' | 'lead' | 'publisher'
  ? Actor
  : (typeof routes)[N]['permission'] extends 'signed'
    ? Signed
    : Params<N> extends { site: string }
      ? Actor | null
      : Person | null

declare module 'fastify' {
  interface FastifyRequest {
    /** The signed-in account's id: what rate limits count by; null: by the address. */
    callerId: string | null
  }
}

/** A request that passed the contract: of the right shape, from a right origin, by somebody who may call the route. */
export interface Call<N extends RouteName> {
  params: Params<N>
  query: Query<N>
  body: Body<N>
  site: SiteOf<N>
  actor: ActorOf<N>
  request: FastifyRequest
  reply: FastifyReply
}

/**
 * Serves a route of the contract: validation, rate limit, origin, permission and OpenAPI come from its row there.
 * @param handler gets the checked call and gives the reply's value, or what was made of such a one before
 */
export function serve<N extends RouteName>(
  app: FastifyInstance,
  context: Context,
  name: N,
  handler: (call: Call<N>) => Promise<Reply<N> | Ready>,
): void {
  const route: Route = routes[name]
  const [method, url] = name.split(' ') as [HTTPMethods, string]
  const isSigned = route.permission === 'signed'
  const callers = new WeakMap<FastifyRequest, Caller>()
  app.route({
    method,
    url,
    ...(route.room !== undefined && { bodyLimit: route.room }),
    schema: {
      summary: route.summary,
      tags: [url.split('/').findLast((part) => /^[a-z]/.test(part)) ?? 'v1'],
      params: route.params,
      querystring: route.query,
      ...(route.body && { body: route.body }),
      response: { [route.status]: route.reply, ...problems(route.problems) },
    },
    config: {
      keepsBytes: isSigned,
      rateLimit: {
        max: route.limit * context.config.limitFactor,
        timeWindow: route.per === 'hour' ? '1 hour' : '1 minute',
        // Before a large body is read, and whoever sends it.
        ...(isSigned && { hook: 'onRequest' }),
      },
    },
    errorHandler(error: FastifyError | ProblemError, request, reply) {
      if (staffOnly.has(route.permission) && isRefusal(error))
        request.log.warn(
          { caller: request.callerId, refused: `${method} ${request.url.split('?')[0] ?? ''}` },
          error.message,
        )
      void answerError(error, request, reply)
    },
    ...(isSigned && {
      async preValidation(request: FastifyRequest) {
        callers.set(request, await admitSigned(context, request))
      },
    }),
    async preHandler(request) {
      if (isSigned) return
      const caller = await admit(context, request, name)
      callers.set(request, caller)
      request.callerId = countedBy(caller.actor)
    },
    async handler(request, reply) {
      const caller = callers.get(request)
      reply.code(route.status)
      // The one place where what was validated at run time meets its type: the schema of both is the same.
      const call: unknown = {
        ...caller,
        params: request.params,
        query: request.query,
        body: request.body,
        request,
        reply,
      }
      const value = await handler(call as Call<N>)
      if (value instanceof Ready) return await value.send(request, reply)
      return isStreamed(value) ? Readable.from(value) : value
    },
  })
}

/** What is sent while it is read, piece by piece. */
const isStreamed = (value: unknown): value is AsyncIterable<string> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value

/** What only those who work for a site may call: refusals are logged with who asked for what. */
const staffOnly: ReadonlySet<Permission> = new Set<Permission>(['moderator', 'lead', 'publisher'])
const isRefusal = (error: Error) =>
  error instanceof ProblemError && (error.kind === 'not-allowed' || error.kind === 'not-found')

/** For OpenAPI: the problems that every route may give, and a route's own. */
function problems(own: readonly number[]): object {
  const answer = {
    description: 'A problem (RFC 9457)',
    content: { 'application/problem+json': { schema: Problem } },
  }
  return Object.fromEntries([400, 401, 403, 404, 429, 503, ...own].map((status) => [status, answer]))
}

/** Guests count by their address: whoever is one can be any number of them. */
const countedBy = (actor: Actor | Person | null): string | null =>
  actor && !('role' in actor && actor.role === 'guest') ? actor.id : null

interface Caller {
  site: Site | null
  actor: Actor | Person | Signed | null
}

async function admit(context: Context, request: FastifyRequest, name: RouteName) {
  const { permission } = routes[name]
  const site = await siteOf(context, request)
  const staff = staffOnly.has(permission)
  const own = permission === 'own' || staff
  if (request.method !== 'GET') requireOrigin(request, own ? null : site)
  if (!site) return { site, actor: await whoOwn(context.lucia, request.cookies) }
  const actor = await (own ? whoOwnOn : whoOn)(context.db, context.lucia, request.cookies, site)
  // Also of who is refused here.
  request.callerId = countedBy(actor)
  if ((permission === 'viewer' || staff) && !actor) {
    throw new ProblemError('sign-in-needed', 'Sign in, then try again.')
  }
  if (permission === 'moderator' && !may.moderate(actor)) {
    throw new ProblemError('not-allowed', 'Only moderators of this site may do this.')
  }
  if (permission === 'lead' && !may.lead(actor)) {
    throw new ProblemError('not-allowed', 'Only those who lead the moderation of this site may do this.')
  }
  if (permission === 'publisher' && !may.publish(actor)) {
    throw new ProblemError('not-allowed', 'Only publishers of this site may do this.')
  }
  return { site, actor }
}

/**
 * Verifies the body as it was sent, and only then reads it.
 * @throws ProblemError `not-found`, `wrong-signature`, `invalid-field`
 */
async function admitSigned(context: Context, request: FastifyRequest): Promise<Caller> {
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const site = await siteOf(context, request)
  if (!site) throw new Error(`${request.url} is signed for no site`)
  const actor = await verifySignature(context.db, site, request.headers, bytes)
  request.body = parseStrict(bytes)
  return { site, actor }
}

/**
 * The site that a request names; null where its route is of none.
 * @throws ProblemError `not-found`
 */
async function siteOf(context: Context, request: FastifyRequest): Promise<Site | null> {
  const slug = siteSlug(request.params)
  const site = slug === null ? null : await context.site(slug)
  if (slug !== null && !site) throw new ProblemError('not-found', `There is no site "${slug}".`)
  return site
}

function siteSlug(params: unknown): string | null {
  return typeof params === 'object' && params !== null && 'site' in params && typeof params.site === 'string'
    ? params.site
    : null
}
