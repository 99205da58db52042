import ipaddr from 'ipaddr.js'

/** Groups of 16 bits that a network of IPv6 has in common: a /64, which one household or server has to itself. */
const common = 4

/**
 * What stays of an address with a household or server, by which limits and readers are counted: of IPv4 the address, of IPv6 its
 * network, since whoever has one of those has 2^64 addresses, and devices change theirs as they like.
 * @example networkOf('2001:db8:0:1:a::b') // '2001:db8:0:1'
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString()
  return parsed.parts
    .slice(0, common)
    .map((part) => part.toString(16))
    .join(':')
}

const near: ReadonlySet<string> = new Set(['loopback', 'private', 'uniqueLocal', 'linkLocal'])

/** Whether an address is of this machine or of a private network. */
export const isNear = (address: string): boolean =>
  ipaddr.isValid(address) && near.has(ipaddr.process(address).range())
