import type { FastifyCorsOptionsDelegateCallback } from '@fastify/cors'
import type { Context } from '../context.ts'

/** What the embed asks first: without a cookie, and any page may hear that it is refused. */
const isFirst = /^\/v1\/sites\/[^/?]+\/articles\?/

/**
 * Which pages may read answers (Fetch standard, CORS): a site's routes are for the origins it registered, and
 * everything else for our own pages, which need no leave.
 */
export function allowSites(context: Context): FastifyCorsOptionsDelegateCallback {
  return (request, callback) => {
    const slug = /^\/v1\/sites\/([^/?]+)\//.exec(request.url)?.[1]
    const { origin } = request.headers
    const site = slug === undefined || origin === undefined ? Promise.resolve(null) : context.site(slug)
    site.then(
      (found) => {
        const isOfSite = !!found && origin !== undefined && found.origins.has(origin)
        callback(null, {
          origin: isOfSite ? origin : found && isFirst.test(request.url) ? '*' : false,
          credentials: isOfSite,
          methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
          allowedHeaders: ['content-type', 'idempotency-key'],
          maxAge: 600,
        })
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), {}),
    )
  }
}
