/** A comment that an address leads to, with the thread it is in. */
export interface Linked {
  thread: string
  comment: string
}

/**
 * Reads which comment an address names, as the permalink pages write it.
 * @param hash the part of an address from its `#` on
 * @example linkedIn('#postil=018f…/018f…') // { thread: '018f…', comment: '018f…' }
 */
export function linkedIn(hash: string): Linked | null {
  const [, thread, comment] = /^#postil=([0-9a-f-]{36})\/([0-9a-f-]{36})$/.exec(hash) ?? []
  return thread && comment ? { thread, comment } : null
}
