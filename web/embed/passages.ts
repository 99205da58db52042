import type { Found } from '../../core/anchoring/verbatim.ts'
import type { ThreadHead } from '../../core/contract/threads.ts'
import { breathe } from './breathe.ts'
import { fetchCloser, Finder } from './finder.ts'

/** How sure the old words must be on a page when the server says that they are gone from the article. */
const beyondDoubt = 0.95
/** Milliseconds of looking for passages at a time: half a frame. */
const step = 8

type Placeable = Pick<ThreadHead, 'id' | 'anchor' | 'placement'>

/** The passages of threads in the blocks of one time. The page is made ready once, each thread looked for once. */
export class Passages {
  readonly #finder: Finder
  readonly #cameCloser: () => void
  readonly #known = new Map<string, { placement: ThreadHead['placement']; found: Found | null }>()

  /**
   * @param texts of the page's blocks
   * @param cameCloser told when what was not found can be looked for once more
   */
  constructor(texts: string[], cameCloser: () => void) {
    this.#finder = new Finder(texts)
    this.#cameCloser = cameCloser
  }

  /** Looks for the passages of many threads, in steps that leave the page usable. */
  async findAll(threads: ReadonlyMap<string, Placeable>): Promise<void> {
    let until = performance.now() + step
    for (const thread of threads.values()) {
      if (this.#look(thread) === undefined) await fetchCloser()
      this.of(thread)
      if (performance.now() < until) continue
      await breathe()
      until = performance.now() + step
    }
  }

  /** The passage of a thread, or null where it is not to be seen, or where the thread is about the article. */
  of(thread: Placeable): Found | null {
    const found = this.#look(thread)
    if (found === undefined) fetchCloser().then(this.#cameCloser, () => undefined)
    return found ?? null
  }

  /** Undefined: it takes a closer look, for which that part has to come. */
  #look(thread: Placeable): Found | null | undefined {
    const known = this.#known.get(thread.id)
    if (known && known.placement === thread.placement) return known.found
    const found = this.#find(thread)
    if (found !== undefined) this.#known.set(thread.id, { placement: thread.placement, found })
    return found
  }

  /**
   * By the words as they are now; else by those the thread was opened on, for a page that still shows an older text. Where the
   * server, which has seen both texts, says that they are gone, only the very same words will do.
   */
  #find({ anchor, placement }: Placeable): Found | null | undefined {
    if (!anchor) return null
    const now = placement?.anchor ? this.#finder.find(placement.anchor) : null
    // The newest words, looked for closely, go before the old ones to the letter.
    if (now !== null) return now
    const old = this.#finder.find(anchor)
    if (placement?.status !== 'orphaned' || !old) return old
    return old.reason === 'same place' || (old.reason === 'same words' && old.confidence >= beyondDoubt)
      ? old
      : null
  }
}
