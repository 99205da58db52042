/**
 * Signs the reader in on the page that opened this window: a one-time code, given to that page's origin and no other.
 * @returns false where there is no such page any more
 * @param makeCode asked only where there is one
 * @throws what that throws
 */
export async function handOver(origin: string, makeCode: () => Promise<{ code: string }>): Promise<boolean> {
  if (!openerThere()) return false
  const { code } = await makeCode()
  return giveCode(code, origin)
}

/** Gives a code to the page that opened this window, if it is of this origin, as `handOver` does. */
export function giveCode(code: string, origin: string): boolean {
  const opener = openerThere()
  if (!opener) return false
  opener.postMessage({ type: 'postil:code', code }, origin)
  window.close()
  return true
}

function openerThere() {
  const opener: unknown = window.opener
  return isWindow(opener) && !opener.closed ? opener : null
}

// A page of another origin gives only a few of a window's members, and no prototype to ask for.
function isWindow(opener: unknown): opener is Pick<Window, 'postMessage' | 'closed'> {
  return typeof opener === 'object' && opener !== null && 'postMessage' in opener && 'closed' in opener
}
