import type { lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent } from 'undici'

/** What a page may not be fetched for; the message says why, in words for the site. */
export class FetchError extends Error {
  readonly kind: 'address' | 'redirect' | 'status' | 'type' | 'size' | 'network'

  constructor(kind: FetchError['kind'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}

/**
 * Refuses what may not be asked for; numbers are looked at here, since no lookup is made for them.
 * @param origins where it has to be; null: anywhere
 * @param may whether an address of the network may be connected to
 * @returns the address, normalised
 * @throws FetchError
 */
export function allowed(
  address: string,
  origins: ReadonlySet<string> | null,
  may: (address: string) => boolean,
): string {
  const url = URL.parse(address)
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new FetchError('address', `${address} is no http or https address.`)
  if (url.username !== '' || url.password !== '')
    throw new FetchError('address', 'The address has a user name or password in it.')
  if (origins && !origins.has(url.origin))
    throw new FetchError('address', `${url.origin} is not among the origins of the site.`)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && !may(host)) throw notPublic(host)
  return url.href
}

const notPublic = (address: string) =>
  new FetchError('address', `${address} is not an address of the public internet.`)

/** Connects to addresses that may be connected to, and to no other, whatever names say. It stays its caller's to close. */
export const guardedAgent = (may: (address: string) => boolean, resolve: typeof lookup): Agent =>
  new Agent({ connect: { lookup: guarded(may, resolve), timeout: 10_000 } })

/** A lookup that gives an address only where every one of the name's may be connected to. */
function guarded(may: (address: string) => boolean, resolve: typeof lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, [])
      const wrong = found.find(({ address }) => !may(address))
      const [first] = found
      if (wrong || !first) return callback(notPublic(wrong?.address ?? hostname), [])
      if (options.all) callback(null, found)
      else callback(null, first.address, first.family)
    })
  }
}
