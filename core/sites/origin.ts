/**
 * The origin that an address belongs to: what a site registers, however much of an address was given for it.
 * @returns null where it is no web address, or has a password in it
 * @example toOrigin('https://Example.org/news/') // 'https://example.org'
 */
export function toOrigin(address: string): string | null {
  const url = URL.parse(address.trim())
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null
  return url.username === '' && url.password === '' && url.hostname !== '' ? url.origin : null
}
