/** What is kept on this device; null where nothing is, or where storage is forbidden. */
export function kept(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/** Keeps something on this device, or with null no longer. Storage may be forbidden or full: then it is not kept. */
export function keep(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // What is on screen stays there.
  }
}
