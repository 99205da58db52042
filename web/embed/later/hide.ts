import type { Reading } from '../reading.svelte.ts'
import { store, storedIds } from '../../shared/store.ts'

/** So many people are remembered; the first then give way. */
const limit = 500

/** Folds what a person writes, on all pages of this site and on this device, or shows it again. */
export function hide(reading: Reading, person: string, isWanted: boolean): void {
  const hidden = new Set([...reading.hidden, ...storedIds(reading.hiddenKey)])
  hidden.delete(person)
  if (isWanted) hidden.add(person)
  reading.hidden = new Set([...hidden].slice(-limit))
  store(reading.hiddenKey, JSON.stringify([...reading.hidden]))
}
