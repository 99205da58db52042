import ipaddr from 'ipaddr.js'

/** Microsoft Azure's metadata and name server: public by its number, private by its use. */
const azure = '168.63.129.16'

/**
 * Whether an IP address is one of the public internet: of a range that is for hosts in general (IANA's special-purpose
 * registries). Private, loopback, link-local, shared, multicast and reserved ones are not, nor any that stands for an IPv4
 * address in IPv6 (mapped, NAT64, 6to4, Teredo).
 */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  // Of IPv6, 2000::/3 is what has been handed out.
  return parsed instanceof ipaddr.IPv6 ? ((parsed.parts[0] ?? 0) & 0xe000) === 0x2000 : address !== azure
}
