import { isIP } from 'node:net'

const schemes = new Set(['http:', 'https:', 'mailto:'])
// Control, white space and direction characters: an address with one shows something else than it is.
const deceptive = /[\p{Cc}\p{Cf}\s]/u

/**
 * Whether a comment may link to an address.
 * @returns the address in its written-out form (ASCII host, encoded path), or null when it may not
 * @example checkLink('https://bücher.example/a b') // 'https://xn--bcher-kva.example/a%20b'
 */
export function checkLink(typed: string): string | null {
  // A space inside is a slip of the hand; at the ends, or with any other such character, it is a trick.
  if (typed !== typed.trim() || deceptive.test(typed.replaceAll(' ', ''))) return null
  if (!/^(?:https?:\/\/|mailto:)/i.test(typed) || !URL.canParse(typed)) return null
  const url = new URL(typed)
  if (!schemes.has(url.protocol) || url.username !== '' || url.password !== '') return null
  if (url.protocol === 'mailto:')
    return /^[^\s@%]+@[^\s@%]+$/.test(url.pathname) ? `mailto:${url.pathname}` : null
  const host = url.hostname
  if (host.startsWith('[') || isIP(host) !== 0 || !host.includes('.')) return null
  return url.href
}
