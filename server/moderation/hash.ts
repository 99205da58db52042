/**
 * FNV-1a over UTF-16 units, as 32 bits with a sign, which the engine keeps as a small integer.
 * @param start the hash that it goes on from
 */
export function hashOf(text: string, start = fnvBasis): number {
  let hash = start
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), fnvPrime)
  return hash | 0
}

export const fnvBasis = 0x811c9dc5
export const fnvPrime = 0x01000193

/** The finaliser of MurmurHash3: each bit of the input changes about half of the output's. */
export function mix(value: number): number {
  let mixed = value
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
