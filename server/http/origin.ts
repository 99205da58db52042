import type { FastifyRequest } from 'fastify'
import type { Site } from '../sites/index.ts'
import { ProblemError } from './problem.ts'

/** Whether the request comes from a page of this very server. */
export function fromOwnPage(request: FastifyRequest): boolean {
  const origin = request.headers.origin
  if (origin === undefined || !URL.canParse(origin)) return false
  return new URL(origin).host === request.host
}

/** Whether the request comes from a page that may embed the site: its registered origins, and our own pages. */
export function fromSite(request: FastifyRequest, site: Site): boolean {
  const origin = request.headers.origin
  return origin !== undefined && (site.origins.has(origin) || fromOwnPage(request))
}

/**
 * Browsers name the page's origin with every request that changes something; cookies alone prove nothing.
 * @throws ProblemError `wrong-origin`
 */
export function requireOrigin(request: FastifyRequest, site: Site | null): void {
  if (site ? fromSite(request, site) : fromOwnPage(request)) return
  const origin = request.headers.origin ?? 'a client that does not say its origin'
  throw new ProblemError(
    'wrong-origin',
    site
      ? `${origin} is not among the origins of the site ${site.slug}. Its publisher can add it.`
      : `This can be done on Postil's own pages only, not from ${origin}.`,
  )
}
