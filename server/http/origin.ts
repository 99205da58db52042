import type { FastifyRequest } from 'fastify'
import type { Site } from '../sites/index.ts'
import { ProblemError } from './problem.ts'

/** Whether an origin is that of this very server, as the browser addressed it. */
function isOwn(origin: string, request: FastifyRequest): boolean {
  return URL.canParse(origin) && new URL(origin).host === request.host
}

/** Whether pages of an origin may embed the site: those it registered, and our own pages. */
export function mayEmbed(origin: string, site: Site, request: FastifyRequest): boolean {
  return site.origins.has(origin) || isOwn(origin, request)
}

/** The refusal of an origin, with what can be done about it. */
export function wrongOrigin(origin: string, site: Site | null): ProblemError {
  return new ProblemError(
    'wrong-origin',
    site
      ? `${origin} is not among the origins of the site ${site.slug}. Its publisher can add it.`
      : `This can be done on Postil's own pages only, not from ${origin}.`,
  )
}

/**
 * Browsers name the page's origin with every request that changes something; cookies alone prove nothing.
 * @param site null for what is done on Postil's own pages
 * @throws ProblemError `wrong-origin`
 */
export function requireOrigin(request: FastifyRequest, site: Site | null): void {
  const { origin } = request.headers
  const right = origin !== undefined && (site ? mayEmbed(origin, site, request) : isOwn(origin, request))
  if (!right) throw wrongOrigin(origin ?? 'a client that does not say its origin', site)
}
