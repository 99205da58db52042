import { normalise } from './normalize.ts'

/**
 * A short name for a block's text, the same for all ways of setting the same words. 53 bits by cyrb53
 * (bryc, public domain): enough to tell a page's blocks apart, and no proof of anything.
 * @example fingerprint('a “b”') === fingerprint('a\u00a0"b"') // true
 */
export function fingerprint(text: string): string {
  const { text: plain } = normalise(text)
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let unit = 0; unit < plain.length; unit += 1) {
    const code = plain.charCodeAt(unit)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36)
}
