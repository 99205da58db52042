import type { Found } from '../../core/anchoring/verbatim.ts'
import { wholeArticle, type Count } from './marks.ts'
import type { Post } from './outbox.svelte.ts'
import type { PageBlocks } from './page-blocks.ts'
import { Passages } from './passages.ts'
import { isWritten, reactionsOf, type Thread, type Threads } from './threads.ts'

/** Where threads are on the page, also after it has changed. */
export class Places {
  /** How much is said about each block, once all is read. */
  counts: ReadonlyMap<number, Count> = new Map()
  readonly #blocks: PageBlocks
  readonly #threads: () => Threads
  readonly #changed: () => void
  #passages: Passages

  /**
   * @param threads those that are read
   * @param changed told when some of them may be elsewhere
   */
  constructor(blocks: PageBlocks, threads: () => Threads, changed: () => void) {
    this.#blocks = blocks
    this.#threads = threads
    this.#changed = changed
    this.#passages = this.#passagesNow()
    blocks.onChange(() => void this.#follow())
  }

  /** Looks for the passages of many threads, in steps that leave the page usable. */
  async findAll(threads: Threads): Promise<void> {
    await this.#passages.findAll(threads)
  }

  /** Where a thread's passage is on this page, or null. */
  found(thread: Thread): Found | null {
    return this.#passages.of(thread)
  }

  /** The block a thread is shown at, or null where its words are not on this page. */
  placeOf(thread: Thread): number | null {
    return thread.anchor === null ? wholeArticle : (this.found(thread)?.block ?? null)
  }

  /** The block that a post not there yet is shown at. */
  blockOf({ key, anchor }: Pick<Post, 'key' | 'anchor'>): number {
    return (anchor && this.#passages.of({ id: key, anchor, placement: null })?.block) ?? wholeArticle
  }

  /** The block beside which a lost passage is shown: where it stood, as far as this page's blocks are those of the server's text. */
  sectionOf({ placement, anchor }: Thread): number {
    const { list } = this.#blocks
    // The server keeps a title apart from the text; on the page it is the first block.
    const at = placement ? placement.section + (list[0]?.level === 1 ? 1 : 0) : (anchor?.block.index ?? 0)
    // Nothing is shown beside a heading.
    const text = list.findIndex(({ kind }, index) => index >= at && kind !== 'heading')
    return text < 0 ? list.length - 1 : text
  }

  /** The last heading above a block, or null. */
  headingOf(block: number): string | null {
    return this.#blocks.list.slice(0, block + 1).findLast(({ kind }) => kind === 'heading')?.text ?? null
  }

  /** The threads of a block, or those of the whole article, in which something is written; oldest first. */
  of(block: number): Thread[] {
    return [...this.#threads().values()].filter(
      (thread) => isWritten(thread) && this.placeOf(thread) === block,
    )
  }

  /** Threads on words that are not in the article as it stands on this page. Of one with reactions only, there is nothing to show. */
  get orphans(): Thread[] {
    return [...this.#threads().values()].filter(
      (thread) => thread.anchor !== null && isWritten(thread) && this.found(thread) === null,
    )
  }

  /** Counts anew what is said about each block. */
  count(): Map<number, Count> {
    const counts = new Map<number, Count>()
    for (const thread of this.#threads().values()) {
      const place = this.placeOf(thread)
      if (place === null && !isWritten(thread)) continue
      const block = place ?? wholeArticle
      const { comments, reactions } = counts.get(block) ?? { comments: 0, reactions: 0 }
      counts.set(block, {
        comments: comments + thread.comments,
        reactions: reactions + reactionsOf(thread),
      })
    }
    this.counts = counts
    return counts
  }

  #passagesNow(): Passages {
    return new Passages(
      this.#blocks.list.map(({ text }) => text),
      this.#changed,
    )
  }

  /** The page has changed: every passage is looked for again. */
  async #follow(): Promise<void> {
    const { list } = this.#blocks
    const passages = this.#passagesNow()
    await passages.findAll(this.#threads())
    if (list !== this.#blocks.list) return
    this.#passages = passages
    this.#changed()
  }
}
