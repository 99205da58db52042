/** What is stored on this device; null where nothing is, or where storage is forbidden. */
export function stored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
