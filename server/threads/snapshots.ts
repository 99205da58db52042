import { LRUCache } from 'lru-cache'
import { Ready } from '../http/ready.ts'

/** Milliseconds for which one is told again: past that, a change that this server was not told of is told too. */
const keptFor = 5_000
/** Bytes of all that are kept, before they are packed. */
const mostKept = 64 * 1024 * 1024

interface Snapshot {
  siteId: string
  ready: Promise<Ready>
  bytes: number
}

/**
 * The first pages of discussions as nobody in particular sees them, ready to send. One is kept until its article's log grows; however
 * many ask for it meanwhile, it is read once.
 */
export class Snapshots {
  /** By article. */
  readonly #kept = new LRUCache<string, Snapshot>({
    maxSize: mostKept,
    sizeCalculation: ({ bytes }) => bytes,
    ttl: keptFor,
  })

  /**
   * @param read reads and serialises it
   * @throws whatever `read` does
   */
  async of(siteId: string, articleId: string, read: () => Promise<string>): Promise<Ready> {
    const kept = this.#kept.get(articleId)
    // An article's number may be asked for on another site, which has no such article.
    if (kept?.siteId === siteId) return await kept.ready
    const snapshot = { siteId, ready: read().then((text) => new Ready(text)), bytes: 1 }
    this.#kept.set(articleId, snapshot)
    try {
      const ready = await snapshot.ready
      // Its size is known by now. What was forgotten while it was read may have been old already.
      if (this.#kept.peek(articleId) === snapshot)
        this.#kept.set(articleId, { ...snapshot, bytes: ready.plain.length })
      return ready
    } catch (error) {
      if (this.#kept.peek(articleId) === snapshot) this.#kept.delete(articleId)
      throw error
    }
  }

  /** The article's log has grown. */
  forget(articleId: string): void {
    this.#kept.delete(articleId)
  }

  /** Any of them may be old. */
  forgetAll(): void {
    this.#kept.clear()
  }
}
