/** What the window was opened for: to sign in on a site's page, or to go on to one of Postil's own. */
export type Purpose =
  { kind: 'embed'; site: string; origin: string } | { kind: 'own'; next: string | null } | { kind: 'broken' }

/**
 * Reads the purpose from the window's address. What does not name a site and a whole web origin is broken, so that no
 * code is ever handed to an address that the reader was not shown.
 */
export function readPurpose(location: Pick<Location, 'search' | 'origin'>): Purpose {
  const query = new URLSearchParams(location.search)
  const site = query.get('site')
  const origin = query.get('origin')
  if (site === null && origin === null)
    return { kind: 'own', next: ownAddress(query.get('next'), location.origin) }
  if (!site || !origin || !isWebOrigin(origin)) return { kind: 'broken' }
  return { kind: 'embed', site, origin }
}

function isWebOrigin(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text
}

/** How signing in at the site's provider went, where the window comes back from there. */
export type Outcome = { code: string } | { problem: 'declined' | 'failed' } | null

/**
 * Reads it from what stands after `#`.
 * @param hash of the window's address
 */
export function readOutcome(hash: string): Outcome {
  const told = new URLSearchParams(hash.slice(1))
  const code = told.get('code')
  if (code) return { code }
  const problem = told.get('problem')
  return problem === 'declined' || problem === 'failed' ? { problem } : null
}

/**
 * The token of an invitation, where the window was opened by the link in its mail. After `#` it goes to no server and no log.
 * @param hash of the window's address
 */
export const readInvitation = (hash: string): string | null =>
  new URLSearchParams(hash.slice(1)).get('invitation') || null

/** Where signing in at a site's provider begins. */
export function providerAddress(site: string, origin: string, language: string): string {
  return `/oidc/${encodeURIComponent(site)}/start?${new URLSearchParams({ origin, lang: language }).toString()}`
}

/**
 * @param next a path on this origin, beginning with a single slash
 * @returns its whole address, or null where it leads elsewhere
 */
export function ownAddress(next: string | null, origin: string): string | null {
  if (!next || !/^\/(?![/\\])/.test(next) || !URL.canParse(next, origin)) return null
  // Browsers drop tabs and line ends from an address, so that only the parsed one tells where it leads.
  const url = new URL(next, origin)
  return url.origin === origin ? url.href : null
}
