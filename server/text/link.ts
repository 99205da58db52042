import { isIP } from 'node:net'
import unhomoglyph from 'unhomoglyph'

const longest = 2000
// Control, format and white-space characters make an address look like another one. A space inside is a slip of the
// hand, and the joiners (U+200C, U+200D) are letters of Persian and Hindi words.
const deceptive = /(?![ \u200c\u200d])[\p{Cc}\p{Cf}\s]/u
// A name without a dot, or an address in numbers, leads into the reader's own network.
const ownNetwork = /^[^.]*\.?$|\.localhost\.?$/

/**
 * Whether a comment may link to an address: a web or mail address on a named host, without credentials.
 * @returns the address written out (ASCII host, encoded path), or null when it may not
 * @example checkLink('https://bücher.example/a b') // 'https://xn--bcher-kva.example/a%20b'
 * @example checkLink('javascript:alert(1)') // null
 */
export function checkLink(typed: string): string | null {
  if (typed.length > longest || typed !== typed.trim() || deceptive.test(typed)) return null
  if (!/^(?:https?:\/\/|mailto:)/i.test(typed)) return null
  const url = URL.parse(typed)
  if (!url) return null
  // Not what follows "?": it would write subject and hidden recipients into the reader's mail.
  if (url.protocol === 'mailto:')
    return /^mailto:[^\s@%?,;]+@[^\s@%?,;]+\.[^\s@%?,;]+$/.test(url.href) ? url.href : null
  if (url.username !== '' || url.password !== '') return null
  const host = url.hostname
  if (host.startsWith('[') || isIP(host.replace(/\.$/, '')) !== 0 || ownNetwork.test(host)) return null
  return url.href
}

/**
 * How a bare address is shown: as typed, unless its host imitates another one; then with the host in ASCII (xn--…).
 * @example shownAddress('https://bücher.example/') // 'https://bücher.example/'
 * @example shownAddress('https://аррӏе.example/') // 'https://xn--80ak6aa92e.example/'   (the letters are Cyrillic)
 */
export function shownAddress(typed: string): string {
  const host = /^https?:\/\/([^/?#\\]*)/i.exec(typed)?.[1] ?? ''
  return host.split('.').some(imitates) ? (checkLink(typed) ?? typed) : typed
}

// What one honest name may be written in, after the "moderately restrictive" level of Unicode Technical Standard #39,
// section 5.2. A script that is not here is shown in ASCII.
const scripts = [
  ...[['Latin'], ['Latin', 'Han', 'Hira', 'Kana'], ['Latin', 'Han', 'Bopo'], ['Latin', 'Han', 'Hang']],
  ...['Cyrl', 'Grek', 'Armn', 'Geor', 'Hebr', 'Arab', 'Ethi', 'Thai', 'Laoo', 'Khmr', 'Mymr', 'Tibt'].map(
    (one) => [one],
  ),
  ...['Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml', 'Telu', 'Knda', 'Mlym', 'Sinh'].map((one) => [one]),
].map((some) => new RegExp(`^[${some.map((one) => `\\p{scx=${one}}`).join('')}\\p{N}\\u30fb-]*$`, 'u'))

/** Whether a part of a host's name mixes scripts, or is made of letters that all look like ASCII ones. */
function imitates(label: string): boolean {
  const isAscii = (text: string) => /^[\0-\x7f]*$/.test(text)
  if (isAscii(label)) return false
  return isAscii(unhomoglyph(label.normalize('NFKC'))) || !scripts.some((script) => script.test(label))
}
