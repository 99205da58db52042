import { stored } from './stored.ts'

/**
 * Stores something on this device, or with null no longer.
 * @returns false where storage is forbidden or full: then it is not kept when the page is left
 */
export function store(key: string, value: string | null): boolean {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
    return true
  } catch {
    return false
  }
}

/** A list of ids stored on this device; none where it holds something else. */
export function storedIds(key: string): Set<string> {
  try {
    const ids: unknown = JSON.parse(stored(key) ?? '[]')
    return new Set(Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [])
  } catch {
    return new Set()
  }
}
