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

/**
 * Reads keys from what a browser kept; what is no map, or has one key twice, gives the usual keys. An order that came
 * after what is kept has its usual key, or a free one where that is taken.
 */
export function readKeys(kept: string | null): KeyMap {
  const found = parse(kept)
  if (typeof found !== 'object' || found === null) return defaultKeys
  const known = orders.flatMap((order): [Order, unknown][] => {
    const sign: unknown = Reflect.get(found, order)
    return sign === undefined ? [] : [[order, sign]]
  })
  const taken = new Set(known.map(([, sign]) => sign))
  if (!known.every(([, sign]) => isKey(sign)) || taken.size < known.length) return defaultKeys
  const keys: Record<Order, string> = { ...defaultKeys }
  for (const order of orders) {
    const own = known.find(([one]) => one === order)?.[1]
    const sign = isKey(own) ? own : [defaultKeys[order], ...letters].find((one) => !taken.has(one))
    if (sign === undefined) return defaultKeys
    keys[order] = sign
    taken.add(sign)
  }
  return keys
}
const letters = Array.from('abcdefghijklmnopqrstuvwxyz')

function parse(kept: string | null): unknown {
  try {
    return JSON.parse(kept ?? 'null')
  } catch {
    return null
  }
}
