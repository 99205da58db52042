import { store } from '../shared/store.ts'
import { stored } from '../shared/stored.ts'
import { readKeys, remap, type Remapped } from './keymap.ts'
import { defaultKeys, type KeyMap, type Order } from './keys.ts'

const places = { single: 'postil:single-keys', keys: 'postil:keys' }

/**
 * How this browser's keys decide: whether single letters do (who speaks to the computer, or types by accident, can
 * turn them off: WCAG 2.1.4), and which. A browser that keeps nothing for this page has it until the page is left.
 */
class KeySetting {
  single = $state.raw(stored(places.single) !== 'off')
  keys = $state.raw<KeyMap>(readKeys(stored(places.keys)))

  turn(on: boolean): void {
    this.single = on
    store(places.single, on ? 'on' : 'off')
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
    store(places.keys, JSON.stringify(keys))
  }
}
export type { KeySetting }
/** One for the page: all that listens for a key or names one asks it. */
export const keySetting = new KeySetting()
