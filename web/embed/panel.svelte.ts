import type { Anchor } from '../../core/contract/anchor.ts'
import { embedText as say } from '../shared/messages/embed.ts'
import { explain } from './explain.ts'
import type Reader from './later/reader.svelte.ts'
import { Layout } from './layout.svelte.ts'
import { wholeArticle, type Marks } from './marks.ts'
import type { BlockChange, PageBlocks } from './page-blocks.ts'
import type { Embed } from './start.ts'
import { store } from '../shared/store.ts'
import { stored } from '../shared/stored.ts'
import { targetAfter, targetOf, targetOfAnchor, targetOfWords, type Target } from './target.ts'
import type { Thread } from './threads.ts'

/** A thread whose passage is being looked for. */
export interface Picking {
  thread: Thread
  problem: string
  /** Rejects with what went wrong. */
  attach: (anchor: Anchor) => Promise<void>
}

/** What the panel is open on. */
export class Panel {
  target = $state.raw<Target | null>(null)
  /** Set while the words are picked that a thread belongs to: what is selected then is no new thread. */
  picking = $state.raw<Picking | null>(null)
  /** Set while words are chosen by keyboard: the block where that begins. */
  choosing = $state.raw<number | null>(null)
  /** How the page changed last. */
  change = $state.raw<BlockChange | null>(null)
  /** On the whole article, the list of all threads is shown. */
  isListed = $state(false)
  /** The reader wants no marks beside the text of this site, on this device. */
  isBare = $state(false)
  /** Opened to write at once. */
  isToWrite = false
  /** Whose inbox is shown in the place of what is said. */
  inbox = $state.raw<Reader | null>(null)
  /** Counts how often somebody opened it: the target is another also where the page has changed. */
  openings = $state(0)
  readonly blocks: PageBlocks
  readonly layout: Layout
  readonly #marks: Marks
  readonly #embed: Embed
  /** What it was open on before the reader went to the page, to choose or pick words. */
  #aside: Target | null = null

  constructor(embed: Embed) {
    const { blocks, host, marks } = embed
    this.#embed = embed
    this.blocks = blocks
    this.layout = new Layout(this, host, marks)
    this.#marks = marks
    blocks.onChange((change) => this.#follow(change))
    this.#setBare(stored(this.#bareKey) === 'off')
  }

  /** @param isToWrite goes straight to the field for a new thread */
  open(wanted: number | Range, isToWrite = false): void {
    const { list } = this.blocks
    const target = typeof wanted === 'number' ? targetOf(list, wanted) : targetOfWords(list, wanted)
    this.choosing = null
    if (this.picking && target.anchor) return void this.#pick(this.picking, target)
    this.isToWrite = isToWrite
    this.#show(target)
  }

  #show(target: Target): void {
    this.target = target
    this.inbox = null
    this.layout.height = 'half'
    this.openings += 1
    this.layout.place()
    this.#embed.tell('open', {})
  }

  /** Goes to the words of an anchor. */
  openOn(anchor: Anchor | null): void {
    this.target = targetOfAnchor(this.blocks.list, anchor)
    this.layout.place()
  }

  /** Lets the reader choose words by keyboard, from a block on. */
  choose(block: number): void {
    this.#setAside()
    this.choosing = block
  }

  #setAside(): void {
    this.#aside = this.target ?? this.#aside
    this.target = null
  }

  /** Comes back from the page as nothing was chosen there. */
  back(): void {
    if (this.choosing !== null) {
      this.choosing = null
      // The words that a thread belongs to are still being looked for.
      if (this.picking) return
    } else this.stopPicking()
    this.isToWrite = false
    if (this.#aside) this.#show(this.#aside)
  }

  /** Takes the marks away from the text, or puts them back, for this site on this device. */
  bare(isBare: boolean): void {
    store(this.#bareKey, isBare ? 'off' : null)
    this.#setBare(isBare)
  }

  #setBare(isBare: boolean): void {
    this.isBare = isBare
    this.#marks.hide(isBare)
  }

  get #bareKey(): string {
    return `postil:marks:${this.#embed.page.site}`
  }

  /** Lets the reader select the words that a thread belongs to. */
  pick(thread: Thread, attach: Picking['attach']): void {
    this.#setAside()
    this.picking = { thread, problem: '', attach }
    this.#embed.offering = say.attachHere
  }

  stopPicking(): void {
    this.picking = null
    this.#embed.offering = null
  }

  async #pick(picking: Picking, { anchor, block }: Target): Promise<void> {
    if (!anchor) return
    try {
      await picking.attach(anchor)
      this.stopPicking()
      this.open(block)
    } catch (error) {
      const problem = explain(error)
      if (this.picking) this.picking = { ...picking, problem }
    }
  }

  /** Closes, and leaves the focus where it is. */
  hide(): void {
    if (this.target) this.#embed.tell('close', {})
    this.target = null
  }

  /** Closes, and gives the focus back to the mark it came from. */
  close(): void {
    const block = this.target?.block
    this.hide()
    if (block === undefined) return
    const mark = this.#marks.button(this.isBare ? wholeArticle : block)
    // What stood under the article took room, which is gone now.
    mark?.focus({ preventScroll: this.layout.kind !== 'list' })
  }

  /** Stays on its passage while the page changes around it; what is typed and where the reader is stay as they are. */
  #follow(change: BlockChange): void {
    this.change = change
    const after = (target: Target | null) => target && targetAfter(target, this.blocks.list, change)
    this.#aside = after(this.#aside)
    if (!this.target) return
    this.target = after(this.target)
    this.layout.follow()
  }
}
