import type { FastifyCorsOptionsDelegateCallback } from '@fastify/cors'
import type { Context } from '../context.ts'

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
        callback(null, {
          origin: found && origin !== undefined && found.origins.has(origin) ? origin : false,
          credentials: true,
          methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
          allowedHeaders: ['content-type', 'idempotency-key'],
          maxAge: 600,
        })
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), {}),
    )
  }
}
