import { toRange } from '../../core/anchoring/range.ts'
import { drawBy } from './drag.ts'
import { pixelsOf, settle, type Height } from './heights.ts'
import { wholeArticle, type Marks } from './marks.ts'
import type { Panel } from './panel.svelte.ts'
import { gliding } from './seen.ts'

/** A place on the window, in pixels. */
export interface Spot {
  left: number
  top: number
  wide: number
}

const columnWidth = 360
const leastColumn = 256
const columnGap = 60
const phone = 700
const sideWidth = 400

/** Where the panel stands on the window, and how high. */
export class Layout {
  /** A column level with the passage, a panel over the page's edge, a sheet from below, or under the article. */
  kind = $state<'column' | 'side' | 'sheet' | 'list'>('side')
  /** How high the sheet stands. */
  height = $state<Height>('half')
  readonly isSheet = $derived.by(() => this.#panel.target !== null && this.kind === 'sheet')
  readonly #panel: Pick<Panel, 'blocks' | 'target' | 'close'>
  readonly #host: HTMLElement
  readonly #marks: Marks
  #element: HTMLElement | null = null
  #under: ((host: HTMLElement, marks: Marks) => Spot | null) | null = null

  readonly #sizes = new ResizeObserver(() => this.place())

  /** @param panel what it is open on, on which page; and closes when the sheet is drawn down */
  constructor(panel: Pick<Panel, 'blocks' | 'target' | 'close'>, host: HTMLElement, marks: Marks) {
    this.#panel = panel
    this.#host = host
    this.#marks = marks
    addEventListener('resize', () => this.place(), { signal: panel.blocks.signal })
  }

  /** Tells which element to place: the panel's own, while it is open. */
  attach(element: HTMLElement): () => void {
    this.#element = element
    this.#host.style.setProperty('--_room', '0px')
    this.place()
    this.#sizes.observe(this.#panel.blocks.article)
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

  /** The page has changed, and the article may be another element. */
  follow(): void {
    this.#sizes.disconnect()
    this.#sizes.observe(this.#panel.blocks.article)
    this.place()
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

  /** Brings panel and passage before the reader's eyes: the passage above the sheet, the column into the window. */
  reveal(): void {
    const element = this.#element
    const { target, blocks } = this.#panel
    if (!element || !target || this.kind === 'side') return
    const behavior = gliding()
    if (this.kind !== 'sheet') {
      element.scrollIntoView({ block: this.kind === 'list' ? 'start' : 'nearest', behavior })
      return
    }
    const { passage, block } = target
    const words = (passage && toRange(blocks.list, passage)) ?? blocks.list[block]?.element
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

  /** Lets the sheet stand at a height. The passage stays in sight above all but a full sheet. */
  stand(height: Height): void {
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
        const height = settle(this.#pixels() + distance, velocity, inSight().height)
        if (height) this.stand(height)
        else this.#panel.close()
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

  /** Puts it where it belongs beside what it is open on. */
  place(): void {
    const { target, blocks } = this.#panel
    if (!target) return
    const width = document.documentElement.clientWidth
    const block = blocks.list[target.block]?.element ?? blocks.article
    const box = block.getBoundingClientRect()
    const rtl = getComputedStyle(blocks.article).direction === 'rtl'
    const margin = rtl ? box.left : width - box.right
    const room = margin - columnGap - 16
    const covered = sideWidth - margin
    const isCovered = width < phone || covered > box.width / 2
    const under = width < phone ? null : this.#under?.(this.#host, this.#marks)
    this.kind = under ? 'list' : room >= leastColumn ? 'column' : isCovered ? 'sheet' : 'side'
    this.#flow(this.kind === 'list')
    const element = this.#element
    if (!element) return
    this.#fit()
    const column = Math.min(columnWidth, room)
    const { left, top, wide } = under ?? {
      wide: column,
      left: rtl ? box.left - columnGap - column : box.right + columnGap,
      top: target.block === wholeArticle ? box.bottom - 160 : box.top,
    }
    const origin = this.#host.getBoundingClientRect()
    element.style.setProperty('--_left', `${Math.round(left - origin.left)}px`)
    element.style.setProperty('--_top', `${Math.round(top - origin.top)}px`)
    element.style.setProperty('--_width', `${Math.round(wide)}px`)
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
