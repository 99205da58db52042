/** What is typed and not sent, kept on this device until it is. Storage may be forbidden or full: then it is not kept. */
export class Draft {
  readonly #key: string

  /** @param place what the draft is about: the page's address and the passage or comment */
  constructor(place: string) {
    this.#key = `postil:draft:${place}`
  }

  read(): string {
    try {
      return localStorage.getItem(this.#key) ?? ''
    } catch {
      return ''
    }
  }

  write(text: string): void {
    try {
      if (text === '') localStorage.removeItem(this.#key)
      else localStorage.setItem(this.#key, text)
    } catch {
      // The text is still in the box.
    }
  }
}

/** A new id for a post. Pages without TLS have no randomUUID. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}
