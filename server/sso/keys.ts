import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose'
import { LRUCache } from 'lru-cache'
import type { ApiFetch } from '../http/fetch-api.ts'

/** Sites whose keys are in memory at once. */
const most = 1_000
/** Keys are asked for anew after this, and where a token names one that is not there: but then once in half a minute at the most. */
const times = { cacheMaxAge: 600_000, cooldownDuration: 30_000, timeoutDuration: 5_000 }

/** Gives the public keys at an address (RFC 7517), which are fetched when a token first needs them. */
export type KeySets = (address: string) => JWTVerifyGetKey

/** @param fetch asks the network; jose asks it once for all tokens that wait */
export function rememberedKeys(fetch: ApiFetch): KeySets {
  const sets = new LRUCache<string, JWTVerifyGetKey>({ max: most })
  return (address) => {
    const known = sets.get(address)
    if (known) return known
    const made = createRemoteJWKSet(new URL(address), { ...times, [customFetch]: fetch })
    sets.set(address, made)
    return made
  }
}
