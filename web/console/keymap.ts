import { defaultKeys, orders, type KeyMap, type Order } from './keys.ts'

/** A sign that can be a key: digits answer what a key has begun. */
const isKey = (sign: unknown): sign is string => typeof sign === 'string' && /^[a-z?]$/.test(sign)

export type Remapped = { keys: KeyMap } | { refused: 'no letter' } | { refused: 'taken'; by: Order }

/** Gives an order another key, unless the sign cannot be one or is another order's. */
export function remap(keys: KeyMap, order: Order, sign: string): Remapped {
  if (!isKey(sign)) return { refused: 'no letter' }
  const by = orders.find((one) => one !== order && keys[one] === sign)
  return by ? { refused: 'taken', by } : { keys: { ...keys, [order]: sign } }
}

/** Reads keys from what a browser kept; what is not a whole map without conflicts gives the usual keys. */
export function readKeys(kept: string | null): KeyMap {
  const found = parse(kept)
  if (typeof found !== 'object' || found === null) return defaultKeys
  let keys = defaultKeys
  for (const order of orders) {
    const sign: unknown = Reflect.get(found, order)
    if (!isKey(sign)) return defaultKeys
    keys = { ...keys, [order]: sign }
  }
  return new Set(Object.values(keys)).size === orders.length ? keys : defaultKeys
}

function parse(kept: string | null): unknown {
  try {
    return JSON.parse(kept ?? 'null')
  } catch {
    return null
  }
}
