import { call } from '../shared/api.ts'

/**
 * Signs the reader in on the page that opened this window: a one-time code, given to that page's origin and no other.
 * @returns false where there is no such page any more
 * @throws ApiProblem where the site has not registered the origin, Unreachable
 */
export async function handOver(site: string, origin: string): Promise<boolean> {
  const opener: unknown = window.opener
  if (!isWindow(opener) || opener.closed) return false
  const { code } = await call('POST /v1/sign-in-codes', { body: { site, origin } })
  opener.postMessage({ type: 'postil:code', code }, origin)
  window.close()
  return true
}

// A page of another origin gives only a few of a window's members, and no prototype to ask for.
function isWindow(opener: unknown): opener is Pick<Window, 'postMessage' | 'closed'> {
  return typeof opener === 'object' && opener !== null && 'postMessage' in opener && 'closed' in opener
}
