import { breathe } from './breathe.ts'
import type { BlockChange, PageBlocks } from './page-blocks.ts'
import { marksText as say } from '../shared/messages/marks.ts'

/** What is said about a block. */
export interface Count {
  comments: number
  /** That everybody sees, of all kinds. */
  reactions: number
  /** What else there is to say of it, such as what is unread; then it has a dot. */
  note?: string
}

/** Where the article as a whole is meant, not one of its blocks. */
export const wholeArticle = -1

const gap = 6
const size = 44
/** Blocks whose marks are put in place at once; on a long page the rest follow as they come near. */
const near = '600px'
/** So many marks are made in one go. */
const atOnce = 100

/**
 * The marks beside the blocks: buttons in an overlay of our own, so that the publisher's page is never changed and
 * nothing on it moves. In the order of the text, for keyboard and screen reader.
 */
export class Marks {
  readonly #blocks: PageBlocks
  readonly #host: HTMLElement
  readonly #list: HTMLElement
  readonly #open: (block: number) => void
  readonly #told: (comments: number) => void
  #comments = -1
  #buttons = new Map<number, HTMLButtonElement>()
  readonly #visible = new Set<Element>()
  #counts = new Map<number, Count>()
  #index = new Map<Element, number>()
  #scheduled = false
  #unfinished = false

  /** @param told how many comments there are, on all blocks together */
  constructor(
    host: HTMLElement,
    root: ShadowRoot,
    blocks: PageBlocks,
    open: (block: number) => void,
    told: (comments: number) => void,
  ) {
    this.#told = told
    this.#host = host
    this.#blocks = blocks
    this.#open = open
    this.#list = document.createElement('nav')
    this.#list.className = 'marks'
    this.#list.setAttribute('aria-label', say.marks)
    root.append(this.#list)
    this.#watchBlocks()
    this.#watchSizes()
    blocks.onChange((change) => this.#follow(change))
    const { signal } = blocks
    addEventListener('resize', this.place, { signal })
    addEventListener('load', this.place, { signal })
    document.fonts.addEventListener('loadingdone', this.place, { signal })
    signal.addEventListener('abort', () => {
      this.#seen.disconnect()
      this.#sizes.disconnect()
    })
    this.#draw()
  }

  /** Sets how many comments and reactions each block has; `wholeArticle` stands for the article. */
  setCounts(counts: Map<number, Count>): void {
    this.#counts = new Map(counts)
    this.#labelAll()
    this.#draw()
    const all = [...counts.values()].reduce((sum, { comments }) => sum + comments, 0)
    if (all !== this.#comments) this.#told((this.#comments = all))
  }

  /** Takes all but the mark of the whole article away, or puts them back. */
  hide(off: boolean): void {
    this.#list.classList.toggle('off', off)
  }

  /** The button of a block, to give the focus back to. */
  button(block: number): HTMLButtonElement | undefined {
    return this.#buttons.get(block)
  }

  /** Puts all marks in place once more, before the next frame. */
  readonly place = (): void => {
    if (this.#scheduled) return
    this.#scheduled = true
    requestAnimationFrame(() => {
      this.#scheduled = false
      this.#placeNow()
    })
  }

  readonly #seen = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) this.#visible.add(target)
        else this.#visible.delete(target)
      }
      this.#draw()
    },
    { rootMargin: near },
  )

  readonly #sizes = new ResizeObserver(() => this.place())

  readonly #pointed = ({ type, currentTarget }: Event): void => {
    const block = this.#index.get(currentTarget as Element)
    if (block !== undefined) this.#buttons.get(block)?.classList.toggle('near', type === 'pointerenter')
  }

  /** Watches the blocks that are new, and no longer those that are gone. */
  #watchBlocks(): void {
    const known = this.#index
    const { signal } = this.#blocks
    this.#index = new Map(this.#blocks.list.map(({ element }, index) => [element, index]))
    for (const { element, kind } of this.#blocks.list) {
      if (known.delete(element)) continue
      if (kind !== 'heading') this.#seen.observe(element)
      for (const pointing of ['pointerenter', 'pointerleave'] as const)
        element.addEventListener(pointing, this.#pointed, { signal })
    }
    for (const element of known.keys()) {
      this.#seen.unobserve(element)
      this.#visible.delete(element)
      for (const pointing of ['pointerenter', 'pointerleave'] as const)
        element.removeEventListener(pointing, this.#pointed)
    }
  }

  #watchSizes(): void {
    this.#sizes.disconnect()
    this.#sizes.observe(this.#blocks.article)
    this.#sizes.observe(document.documentElement)
  }

  /** The marks go with their blocks; those of new blocks follow, and the counts are told anew by who knows. */
  #follow({ moved }: BlockChange): void {
    const [buttons, counts] = [this.#buttons, this.#counts]
    this.#buttons = new Map()
    this.#counts = new Map()
    const now = (block: number) => (block === wholeArticle ? block : moved.get(block))
    for (const [before, button] of buttons) {
      const block = now(before)
      if (block === undefined) button.remove()
      else this.#buttons.set(block, button)
    }
    for (const [before, count] of counts) {
      const block = now(before)
      if (block !== undefined) this.#counts.set(block, count)
    }
    for (const [block, button] of this.#buttons) button.dataset['block'] = String(block)
    this.#labelAll()
    this.#watchBlocks()
    this.#watchSizes()
    this.#draw()
  }

  #labelAll(): void {
    for (const [block, button] of this.#buttons) this.#label(block, button)
  }

  /** Makes the buttons that are wanted and takes away the others. Of many, some at a time: the page stays usable. */
  #draw(): void {
    const visible = [...this.#visible].flatMap((element) => this.#index.get(element) ?? [])
    const wanted = new Set([...visible, ...this.#counts.keys(), wholeArticle])
    for (const [block, button] of this.#buttons) {
      if (wanted.has(block) || button.matches(':focus')) continue
      button.remove()
      this.#buttons.delete(block)
    }
    // In the text's order, the whole article last.
    const order = [...wanted].sort((a, b) => (a === wholeArticle ? 1 : b === wholeArticle ? -1 : a - b))
    let before: HTMLButtonElement | null = null
    let room = atOnce
    for (const block of order) {
      const known = this.#buttons.get(block)
      if (!known && room-- === 0) {
        this.#goOn()
        break
      }
      const button = known ?? this.#make(block)
      if (button.parentNode !== this.#list || button.previousSibling !== before) {
        if (before) before.after(button)
        else this.#list.prepend(button)
      }
      before = button
    }
    this.place()
  }

  /** Makes the rest a moment later; however often that is wanted, once. */
  #goOn(): void {
    if (this.#unfinished) return
    this.#unfinished = true
    void breathe().then(() => {
      this.#unfinished = false
      this.#draw()
    })
  }

  #make(block: number): HTMLButtonElement {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = block === wholeArticle ? 'mark whole' : 'mark'
    button.dataset['block'] = String(block)
    button.append(document.createElement('span'))
    button.addEventListener('click', () => this.#open(Number(button.dataset['block'])))
    this.#buttons.set(block, button)
    this.#label(block, button)
    return button
  }

  #label(block: number, button: HTMLButtonElement): void {
    const { comments, reactions, note } = this.#counts.get(block) ?? { comments: 0, reactions: 0 }
    const isReacted = reactions > 0 && block !== wholeArticle
    const text = this.#blocks.list[block]?.text ?? ''
    const passage = text.length > 60 ? `${text.slice(0, 60).trimEnd()}…` : text
    const name =
      block === wholeArticle
        ? say.wholeArticle(comments)
        : isReacted && comments === 0
          ? say.reactionsOn(reactions, passage)
          : say.mark(comments, passage)
    const more = isReacted && comments > 0 ? say.reactions(reactions) : ''
    const label = [name, more, note].filter(Boolean).join(', ')
    button.classList.toggle('quiet', comments === 0 && !isReacted)
    button.classList.toggle('reacted', comments === 0 && isReacted)
    button.classList.toggle('new', !!note)
    const face = button.firstElementChild
    const count = comments || (isReacted ? reactions : 0)
    const shown = block === wholeArticle ? name : count === 0 ? '+' : say.count(count)
    if (face && face.textContent !== shown) face.textContent = shown
    if (button.getAttribute('aria-label') !== label) button.setAttribute('aria-label', label)
  }

  /** First all measuring, then all moving, so that the page is laid out once. */
  #placeNow(): void {
    const origin = this.#host.getBoundingClientRect()
    const width = document.documentElement.clientWidth
    const rtl = getComputedStyle(this.#blocks.article).direction === 'rtl'
    const end = this.#blocks.article.getBoundingClientRect()
    const last = this.#blocks.list.at(-1)?.element.getBoundingClientRect() ?? end
    const places = [...this.#buttons].map(([block, button]) => {
      if (block === wholeArticle)
        return {
          button,
          x: rtl ? last.right - button.offsetWidth : last.left,
          y: Math.max(last.bottom, last.top) + gap * 3,
        }
      const box = this.#blocks.list[block]?.element.getBoundingClientRect()
      if (!box) return { button, x: 0, y: 0 }
      const room = rtl ? box.left : width - box.right
      const beside = room >= size + gap
      const x = rtl ? (beside ? box.left - gap - size : 0) : beside ? box.right + gap : width - size
      // With no margin to stand in, it stands in the space below the paragraph.
      return { button, x, y: beside ? box.top - 8 : box.bottom - size / 2 + 4 }
    })
    for (const { button, x, y } of places) {
      button.style.setProperty(
        'transform',
        `translate(${Math.round(x - origin.left)}px, ${Math.round(y - origin.top)}px)`,
      )
    }
  }
}
