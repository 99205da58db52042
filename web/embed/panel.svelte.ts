import {
  describe,
  describeBlock,
  fromRange,
  locate,
  toRange,
  type Passage,
} from '../../core/anchoring/index.ts'
import type { Anchor } from '../../core/contract/anchor.ts'
import { ApiProblem } from '../shared/api.ts'
import { embedText as say } from '../shared/messages/embed.ts'
import { drawBy } from './drag.ts'
import { pixelsOf, settle, type Height } from './heights.ts'
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
  /** Counts how often somebody opened it: the target is another also where the page has changed. */
  openings = $state(0)
  /** A column level with the passage, a panel over the page's edge, or a sheet from below. */
  layout = $state<'column' | 'side' | 'sheet'>('side')
  /** How high the sheet stands. */
  height = $state<Height>('half')
  readonly isSheet = $derived.by(() => this.target !== null && this.layout === 'sheet')
  readonly blocks: PageBlocks
  readonly #host: HTMLElement
  readonly #marks: Marks
  readonly #offer: (label: string | null) => void
  #element: HTMLElement | null = null

  readonly #sizes = new ResizeObserver(() => this.place())

  /** @param offer names the button beside a selection; null: as it is for a new thread */
  constructor(blocks: PageBlocks, host: HTMLElement, marks: Marks, offer: (label: string | null) => void) {
    this.#offer = offer
    this.blocks = blocks
    this.#host = host
    this.#marks = marks
    blocks.onChange((change) => this.#follow(change))
    addEventListener('resize', () => this.place())
  }

  open(wanted: number | Range): void {
    const target = typeof wanted === 'number' ? this.#targetOf(wanted) : this.#targetOfWords(wanted)
    if (this.picking && target.anchor) return void this.#pick(this.picking, target)
    this.target = target
    this.height = 'half'
    this.openings += 1
    this.place()
  }

  /** Goes to the words of an anchor. */
  openOn(anchor: Anchor | null): void {
    const passage = anchor && locate(this.#texts(), anchor)
    this.target = { block: passage?.block ?? wholeArticle, anchor, passage, isCut: false }
    this.place()
  }

  /** Lets the reader select the words that a thread belongs to. */
  pick(thread: Thread, attach: Picking['attach']): void {
    this.target = null
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
    if (block !== undefined) this.#marks.button(block)?.focus({ preventScroll: true })
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
    if (this.layout === 'column') {
      element.scrollIntoView({ block: 'nearest', behavior })
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
    this.layout = room >= leastColumn ? 'column' : isCovered ? 'sheet' : 'side'
    const element = this.#element
    if (!element) return
    this.#fit()
    if (this.layout !== 'column') return
    const origin = this.#host.getBoundingClientRect()
    const wide = Math.min(columnWidth, room)
    const left = rtl ? box.left - columnGap - wide : box.right + columnGap
    const top = this.target.block === wholeArticle ? box.bottom - 160 : box.top
    element.style.setProperty('--_left', `${Math.round(left - origin.left)}px`)
    element.style.setProperty('--_top', `${Math.round(top - origin.top)}px`)
    element.style.setProperty('--_width', `${Math.round(wide)}px`)
  }

  /** Stays on its passage while the page changes around it; what is typed and where the reader is stay as they are. */
  #follow(change: BlockChange): void {
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
    const found = locate(this.#texts(), anchor)
    return { block: isAsItWas ? now : (found?.block ?? wholeArticle), anchor, passage: found, isCut }
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
