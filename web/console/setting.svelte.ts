import { readKeys, remap, type Remapped } from './keymap.ts'
import { defaultKeys, type KeyMap, type Order } from './keys.ts'

const places = { single: 'postil:single-keys', keys: 'postil:keys' }

/**
 * How this browser's keys decide: whether single letters do (who speaks to the computer, or types by accident, can
 * turn them off: WCAG 2.1.4), and which.
 */
class KeySetting {
  single = $state.raw(kept(places.single) !== 'off')
  keys = $state.raw<KeyMap>(readKeys(kept(places.keys)))

  turn(on: boolean): void {
    this.single = on
    keep(places.single, on ? 'on' : 'off')
  }

  /** Gives an order another key; what stands in the way comes back, and nothing has changed. */
  assign(order: Order, sign: string): Remapped {
    const remapped = remap(this.keys, order, sign)
    if ('keys' in remapped) this.#set(remapped.keys)
    return remapped
  }

  reset(): void {
    this.#set(defaultKeys)
  }

  #set(keys: KeyMap): void {
    this.keys = keys
    keep(places.keys, JSON.stringify(keys))
  }
}
export type { KeySetting }
/** One for the page: all that listens for a key or names one asks it. */
export const keySetting = new KeySetting()

// A browser that keeps nothing for this page: what is set holds until the page is left.
function kept(place: string): string | null {
  try {
    return localStorage.getItem(place)
  } catch {
    return null
  }
}

function keep(place: string, value: string): void {
  try {
    localStorage.setItem(place, value)
  } catch {
    return
  }
}
