import { describe, describeBlock } from '../../core/anchoring/describe.ts'
import type { Passage } from '../../core/anchoring/joined.ts'
import { fromRange, toRange } from '../../core/anchoring/range.ts'
import type { Anchor } from '../../core/contract/anchor.ts'
import { ApiProblem } from '../shared/api.ts'
import { embedText as say } from '../shared/messages/embed.ts'
import { drawBy } from './drag.ts'
import { Finder } from './finder.ts'
import { store, stored } from './stored.ts'
import { pixelsOf, settle, type Height } from './heights.ts'
import type Reader from './later/reader.svelte.ts'
import { gliding } from './seen.ts'
import type { Thread } from './threads.ts'
import { wholeArticle, type Marks } from './marks.ts'
import type { BlockChange, PageBlocks } from './page-blocks.ts'

/** What the panel is open on: a block with, where words were selected, an anchor for a new thread on them. */
export interface Target {
  block: number
  /** For a new thread; null for one on the whole article. */
  anchor: Anchor | null
  passage: Passage | null
  /** The words selected were more than a quote holds: the anchor is on their beginning. */
  isCut: boolean
}

/** A thread whose passage is being looked for. */
export interface Picking {
  thread: Thread
  problem: string
  /** Rejects with what went wrong. */
  attach: (anchor: Anchor) => Promise<void>
}

/** A place on the window, in pixels. */
export interface Spot {
  left: number
  top: number
  wide: number
}

const columnWidth = 360
const leastColumn = 300
const columnGap = 60
const phone = 700
const sideWidth = 400

/** Where the panel is, and what it is open on. */
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
  /** A column level with the passage, a panel over the page's edge, a sheet from below, or under the article. */
  layout = $state<'column' | 'side' | 'sheet' | 'list'>('side')
  /** How high the sheet stands. */
  height = $state<Height>('half')
  readonly isSheet = $derived.by(() => this.target !== null && this.layout === 'sheet')
  readonly blocks: PageBlocks
  readonly #host: HTMLElement
  readonly #marks: Marks
  readonly #offer: (label: string | null) => void
  readonly #site: string
  #element: HTMLElement | null = null
  /** What it was open on before the reader went to the page, to choose or pick words. */
  #aside: Target | null = null
  #under: ((host: HTMLElement, marks: Marks) => Spot | null) | null = null

  readonly #sizes = new ResizeObserver(() => this.place())

  /** @param offer names the button beside a selection; null: as it is for a new thread */
  constructor(
    blocks: PageBlocks,
    host: HTMLElement,
    marks: Marks,
    offer: (label: string | null) => void,
    site: string,
  ) {
    this.#offer = offer
    this.#site = site
    this.blocks = blocks
    this.#host = host
    this.#marks = marks
    blocks.onChange((change) => this.#follow(change))
    addEventListener('resize', () => this.place())
    this.#setBare(stored(this.#bareKey) === 'off')
  }

  /** @param isToWrite goes straight to the field for a new thread */
  open(wanted: number | Range, isToWrite = false): void {
    const target = typeof wanted === 'number' ? this.#targetOf(wanted) : this.#targetOfWords(wanted)
    this.choosing = null
    if (this.picking && target.anchor) return void this.#pick(this.picking, target)
    this.isToWrite = isToWrite
    this.#show(target)
  }

  #show(target: Target): void {
    this.target = target
    this.inbox = null
    this.height = 'half'
    this.openings += 1
    this.place()
  }

  /** Goes to the words of an anchor. */
  openOn(anchor: Anchor | null): void {
    const passage = anchor && this.#find(anchor)
    this.target = { block: passage?.block ?? wholeArticle, anchor, passage, isCut: false }
    this.place()
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
    return `postil:marks:${this.#site}`
  }

  /**
   * Lets it stand under the article, in the flow of the page.
   * @param under tells where, or null where the page has no room for that; itself null: no longer
   */
  standUnder(under: ((host: HTMLElement, marks: Marks) => Spot | null) | null): void {
    this.#under = under
    if (!under) this.#flow(false)
    this.place()
  }

  #flow(isInFlow: boolean): void {
    if (this.#host.hasAttribute('data-list') === isInFlow) return
    this.#host.toggleAttribute('data-list', isInFlow)
    this.#marks.place()
  }

  /** Lets the reader select the words that a thread belongs to. */
  pick(thread: Thread, attach: Picking['attach']): void {
    this.#setAside()
    this.picking = { thread, problem: '', attach }
    this.#offer(say.attachHere)
  }

  stopPicking(): void {
    this.picking = null
    this.#offer(null)
  }

  async #pick(picking: Picking, { anchor, block }: Target): Promise<void> {
    if (!anchor) return
    try {
      await picking.attach(anchor)
      this.stopPicking()
      this.open(block)
    } catch (error) {
      const problem = error instanceof ApiProblem ? error.message : say.unreachable
      if (this.picking) this.picking = { ...picking, problem }
    }
  }

  /** Closes, and gives the focus back to the mark it came from. */
  close(): void {
    const block = this.target?.block
    this.target = null
    if (block === undefined) return
    const mark = this.#marks.button(this.isBare ? wholeArticle : block)
    // What stood under the article took room, which is gone now.
    mark?.focus({ preventScroll: this.layout !== 'list' })
  }

  /** Tells which element to place: the panel's own, while it is open. */
  attach(element: HTMLElement): () => void {
    this.#element = element
    this.#host.style.setProperty('--_room', '0px')
    this.place()
    this.#sizes.observe(this.blocks.article)
    const listening = new AbortController()
    const { signal } = listening
    window.visualViewport?.addEventListener('resize', this.#fit, { signal })
    window.visualViewport?.addEventListener('scroll', this.#fit, { signal })
    return () => {
      this.#element = null
      this.#sizes.disconnect()
      listening.abort()
    }
  }

  /** Brings panel and passage before the reader's eyes: the passage above the sheet, the column into the window. */
  reveal(): void {
    const element = this.#element
    if (!element || !this.target || this.layout === 'side') return
    const behavior = gliding()
    if (this.layout !== 'sheet') {
      element.scrollIntoView({ block: this.layout === 'list' ? 'start' : 'nearest', behavior })
      return
    }
    const { passage, block } = this.target
    const words = (passage && toRange(this.blocks.list, passage)) ?? this.blocks.list[block]?.element
    const box = words?.getBoundingClientRect()
    if (!box) return
    const room = innerHeight - this.#pixels()
    if (box.top >= 0 && box.bottom <= room) return
    const below = box.bottom > room && box.height + 40 <= room
    const top = below ? box.bottom - room + 16 : box.top - 24
    this.#makeRoom(top)
    scrollBy({ top, behavior })
  }

  /** At the end of the page there is nothing left to scroll: while the sheet is open, the page is longer. */
  #makeRoom(top: number): void {
    const end = document.documentElement.scrollHeight - scrollY
    const wanted = top + innerHeight
    if (wanted <= end) return
    const from = this.#host.getBoundingClientRect().top
    this.#host.style.setProperty('--_room', `${Math.ceil(wanted - from)}px`)
  }

  /** Lets the sheet stand at a height; null: it closes. The passage stays in sight above all but a full sheet. */
  stand(height: Height | null): void {
    if (height === null) return this.close()
    this.height = height
    this.#fit()
    if (height !== 'full') this.reveal()
  }

  /** Lets the sheet be drawn up and down by its head. */
  drawnBy(handle: HTMLElement): () => void {
    const isDrawn = (now: boolean) => this.#element?.toggleAttribute('data-drawn', now)
    return drawBy(
      handle,
      (distance) => {
        isDrawn(true)
        this.#rise(distance)
      },
      (distance, velocity) => {
        isDrawn(false)
        this.stand(settle(this.#pixels() + distance, velocity, inSight().height))
      },
    )
  }

  /** How high the sheet stands, or will once it has come to rest. */
  #pixels(height = this.height): number {
    return pixelsOf(height, inSight().height)
  }

  /** Keeps the sheet above the keyboard and as high as it stands. */
  readonly #fit = (): void => {
    this.#element?.style.setProperty('--_keyboard', `${inSight().keyboard}px`)
    this.#rise(0)
  }

  /** @param distance how much higher than it stands, while it is drawn */
  #rise(distance: number): void {
    const height = Math.min(this.#pixels() + distance, this.#pixels('full'))
    this.#element?.style.setProperty('--_height', `${Math.round(height)}px`)
  }

  place(): void {
    if (!this.target) return
    const width = document.documentElement.clientWidth
    const block = this.blocks.list[this.target.block]?.element ?? this.blocks.article
    const box = block.getBoundingClientRect()
    const rtl = getComputedStyle(this.blocks.article).direction === 'rtl'
    const margin = rtl ? box.left : width - box.right
    const room = margin - columnGap - 16
    const covered = sideWidth - margin
    const isCovered = width < phone || covered > box.width / 2
    const under = width < phone ? null : this.#under?.(this.#host, this.#marks)
    this.layout = under ? 'list' : room >= leastColumn ? 'column' : isCovered ? 'sheet' : 'side'
    this.#flow(this.layout === 'list')
    const element = this.#element
    if (!element) return
    this.#fit()
    const column = Math.min(columnWidth, room)
    const { left, top, wide } = under ?? {
      wide: column,
      left: rtl ? box.left - columnGap - column : box.right + columnGap,
      top: this.target.block === wholeArticle ? box.bottom - 160 : box.top,
    }
    const origin = this.#host.getBoundingClientRect()
    element.style.setProperty('--_left', `${Math.round(left - origin.left)}px`)
    element.style.setProperty('--_top', `${Math.round(top - origin.top)}px`)
    element.style.setProperty('--_width', `${Math.round(wide)}px`)
  }

  /** Stays on its passage while the page changes around it; what is typed and where the reader is stay as they are. */
  #follow(change: BlockChange): void {
    this.change = change
    if (this.#aside?.anchor) this.#aside = this.#followed(this.#aside, this.#aside.anchor, change)
    if (!this.target) return
    if (this.target.anchor) this.target = this.#followed(this.target, this.target.anchor, change)
    this.#sizes.disconnect()
    this.#sizes.observe(this.blocks.article)
    this.place()
  }

  /** The same words as before; else what the anchor leads to; else, until that is there again, the whole article. */
  #followed({ block, passage, isCut }: Target, anchor: Anchor, { before, moved }: BlockChange): Target {
    const now = moved.get(block)
    const isAsItWas = now !== undefined && this.blocks.list[now]?.text === before[block]?.text
    if (isAsItWas && passage?.endBlock === block)
      return { block: now, anchor, passage: { ...passage, block: now, endBlock: now }, isCut }
    const found = this.#find(anchor)
    return { block: isAsItWas ? now : (found?.block ?? wholeArticle), anchor, passage: found, isCut }
  }

  #find(anchor: Anchor): Passage | null {
    return new Finder(this.#texts()).find(anchor) ?? null
  }

  #targetOf(block: number): Target {
    const text = this.blocks.list[block]?.text
    if (block === wholeArticle || text === undefined)
      return { block: wholeArticle, anchor: null, passage: null, isCut: false }
    const anchor = describeBlock(this.#texts(), block)
    return { block, anchor, passage: { block, start: 0, endBlock: block, end: text.length }, isCut: false }
  }

  /** Of a selection that covers no words of the article itself, an advert's for example: the block it is in. */
  #targetOfWords(range: Range): Target {
    const passage = fromRange(this.blocks.list, range)
    if (!passage)
      return this.#targetOf(this.blocks.list.findIndex(({ element }) => range.intersectsNode(element)))
    const anchor = describe(this.#texts(), passage)
    const isCut = anchor.position.end < endOf(this.#texts(), passage)
    return { block: passage.block, passage, anchor, isCut }
  }

  #texts(): string[] {
    return this.blocks.list.map(({ text }) => text)
  }
}

/** How much of the window is in sight: the keyboard covers its lower part without making it smaller. */
function inSight(): { height: number; keyboard: number } {
  const seen = window.visualViewport
  // Magnified with two fingers, it is not the keyboard that hides the rest.
  if (!seen || seen.scale > 1.01) return { height: innerHeight, keyboard: 0 }
  const keyboard = Math.max(0, innerHeight - seen.height - seen.offsetTop)
  return { height: Math.round(seen.height), keyboard: Math.round(keyboard) }
}

/** Where a passage ends in the blocks' texts joined. */
const endOf = (texts: string[], { endBlock, end }: Passage) =>
  texts.slice(0, endBlock).reduce((sum, { length }) => sum + length + 1, end)
