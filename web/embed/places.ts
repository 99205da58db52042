import { locate, prepare, type Found, type Prepared } from '../../core/anchoring/index.ts'
import type { Anchor } from '../../core/contract/anchor.ts'
import type { ThreadHead } from '../../core/contract/threads.ts'

/** How sure the old words must be on a page when the server says that they are gone from the article. */
const beyondDoubt = 0.95
/** Milliseconds of looking for passages at a time: half a frame. */
const step = 8

type Placeable = Pick<ThreadHead, 'id' | 'anchor' | 'placement'>

/** Where threads are on the page as it is now. The page is made ready once, each thread looked for once. */
export class Places {
  readonly #prepared: Prepared
  readonly #known = new Map<string, { placement: ThreadHead['placement']; found: Found | null }>()

  /** @param texts of the page's blocks */
  constructor(texts: string[]) {
    this.#prepared = prepare(texts)
  }

  /**
   * Looks for the passages of many threads, in steps that leave the page usable.
   * @param breathe lets the page do other things; waited for between two steps
   */
  async findAll(threads: Iterable<Placeable>, breathe: () => Promise<void>): Promise<void> {
    let until = performance.now() + step
    for (const thread of threads) {
      this.of(thread)
      if (performance.now() < until) continue
      await breathe()
      until = performance.now() + step
    }
  }

  /** The passage of a thread, or null where it is not to be seen, or where the thread is about the article. */
  of(thread: Placeable): Found | null {
    const known = this.#known.get(thread.id)
    if (known && known.placement === thread.placement) return known.found
    const found = this.#find(thread)
    this.#known.set(thread.id, { placement: thread.placement, found })
    return found
  }

  /**
   * By the words as they are now; else by those the thread was opened on, for a page that still shows an older text. Where the
   * server, which has seen both texts, says that they are gone, only the very same words will do.
   */
  #find({ anchor, placement }: Placeable): Found | null {
    if (!anchor) return null
    const now = placement?.anchor ? this.#locate(placement.anchor) : null
    if (now) return now
    const old = this.#locate(anchor)
    if (placement?.status !== 'orphaned' || !old) return old
    return old.reason === 'same place' || (old.reason === 'same words' && old.confidence >= beyondDoubt)
      ? old
      : null
  }

  #locate(anchor: Anchor): Found | null {
    return locate(this.#prepared, anchor)
  }
}
