import { canonical } from '../articles/index.ts'
import type { Site } from '../sites/index.ts'

/** What an address begins with in the file, and here. */
export type Mapping = [old: string, now: string]

/**
 * Reads `OLD=NEW`, either of which may have a `=` in it; the new one is an address or a path.
 * @returns null where it is none
 */
export function mappingOf(typed: string): Mapping | null {
  const [, old, now] = /^(.+?)=((?:https?:\/\/|\/).*)$/i.exec(typed) ?? []
  return old !== undefined && now !== undefined ? [old, now] : null
}

/**
 * Where an article of a file stands on the site: mapped by the longest beginning that fits, completed with the site's first
 * origin where it is a path, and with `https:` where the site is only there.
 * @returns as articles keep their address; null where it is none
 */
export function mappedAddress(site: Site, mappings: readonly Mapping[], url: string): string | null {
  const fitting = mappings
    .filter(([old]) => url.startsWith(old))
    .reduce<Mapping | null>((best, one) => (best && best[0].length >= one[0].length ? best : one), null)
  const mapped = fitting ? fitting[1] + url.slice(fitting[0].length) : url
  const [origin] = site.origins
  const address = URL.parse(mapped.trim(), origin)
  if (!address) return null
  if (address.protocol === 'http:' && !site.origins.has(address.origin)) {
    const secure = new URL(address)
    secure.protocol = 'https:'
    if (site.origins.has(secure.origin)) return canonical(secure.href)
  }
  return canonical(address.href)
}

/**
 * An instant as exports write it; without a zone it is UTC.
 * @returns in milliseconds, or null
 */
export function instantOf(date: string): number | null {
  const typed = date.trim()
  const bare = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)$/.exec(typed)
  const at = Date.parse(bare ? `${bare[1] ?? ''}T${bare[2] ?? ''}Z` : typed)
  return Number.isFinite(at) && at >= 0 ? at : null
}
