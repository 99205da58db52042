import type { PageBlock } from '../../core/anchoring/page.ts'
import { marksText as say } from '../shared/messages/marks.ts'

/** What is said about a block. */
export interface Count {
  comments: number
}

/** Where the article as a whole is meant, not one of its blocks. */
export const wholeArticle = -1

const gap = 6
const size = 44
/** Blocks whose marks are put in place at once; on a long page the rest follow as they come near. */
const near = '600px'

/**
 * The marks beside the blocks: buttons in an overlay of our own, so that the publisher's page is never changed and
 * nothing on it moves. In the order of the text, for keyboard and screen reader.
 */
export class Marks {
  readonly #blocks: PageBlock[]
  readonly #article: Element
  readonly #host: HTMLElement
  readonly #list: HTMLElement
  readonly #open: (block: number) => void
  readonly #buttons = new Map<number, HTMLButtonElement>()
  readonly #visible = new Set<number>()
  readonly #counts = new Map<number, Count>()
  #scheduled = false

  constructor(
    host: HTMLElement,
    root: ShadowRoot,
    article: Element,
    blocks: PageBlock[],
    open: (block: number) => void,
  ) {
    this.#host = host
    this.#article = article
    this.#blocks = blocks
    this.#open = open
    this.#list = document.createElement('nav')
    this.#list.className = 'marks'
    this.#list.setAttribute('aria-label', say.marks)
    root.append(this.#list)
    this.#watch()
    this.#draw()
  }

  /** Sets how many comments each block has; `wholeArticle` stands for the article. */
  setCounts(counts: Map<number, Count>): void {
    this.#counts.clear()
    for (const [block, count] of counts) this.#counts.set(block, count)
    this.#draw()
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

  #watch(): void {
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          const block = this.#indexOf(entry.target)
          if (block === undefined) continue
          if (entry.isIntersecting) this.#visible.add(block)
          else this.#visible.delete(block)
        }
        this.#draw()
      },
      { rootMargin: near },
    )
    for (const [index, { element, kind }] of this.#blocks.entries()) {
      this.#index.set(element, index)
      if (kind !== 'heading') observer.observe(element)
      element.addEventListener('pointerenter', () => this.#buttons.get(index)?.classList.add('near'))
      element.addEventListener('pointerleave', () => this.#buttons.get(index)?.classList.remove('near'))
    }
    const sizes = new ResizeObserver(this.place)
    sizes.observe(this.#article)
    sizes.observe(document.documentElement)
    addEventListener('resize', this.place)
    addEventListener('load', this.place)
    void document.fonts.ready.then(this.place)
  }

  readonly #index = new Map<Element, number>()
  #indexOf(element: Element): number | undefined {
    return this.#index.get(element)
  }

  /** Makes the buttons that are wanted, takes away the others, and says on each how much there is. */
  #draw(): void {
    const wanted = new Set([...this.#visible, ...this.#counts.keys(), wholeArticle])
    for (const [block, button] of this.#buttons) {
      if (wanted.has(block) || button.matches(':focus')) continue
      button.remove()
      this.#buttons.delete(block)
    }
    // In the text's order, the whole article last.
    const order = [...wanted].sort((a, b) => (a === wholeArticle ? 1 : b === wholeArticle ? -1 : a - b))
    let before: HTMLButtonElement | null = null
    for (const block of order) {
      const button = this.#buttons.get(block) ?? this.#make(block)
      this.#label(block, button)
      if (button.parentNode !== this.#list || button.previousSibling !== before) {
        if (before) before.after(button)
        else this.#list.prepend(button)
      }
      before = button
    }
    this.place()
  }

  #make(block: number): HTMLButtonElement {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = block === wholeArticle ? 'mark whole' : 'mark'
    button.dataset['block'] = String(block)
    button.append(document.createElement('span'))
    button.addEventListener('click', () => this.#open(block))
    this.#buttons.set(block, button)
    return button
  }

  #label(block: number, button: HTMLButtonElement): void {
    const comments = this.#counts.get(block)?.comments ?? 0
    const text = this.#blocks[block]?.text ?? ''
    const passage = text.length > 60 ? `${text.slice(0, 60).trimEnd()}…` : text
    const label = block === wholeArticle ? say.wholeArticle(comments) : say.mark(comments, passage)
    button.classList.toggle('quiet', comments === 0)
    const face = button.firstElementChild
    const shown = block === wholeArticle ? label : comments === 0 ? '+' : String(comments)
    if (face && face.textContent !== shown) face.textContent = shown
    if (button.getAttribute('aria-label') !== label) button.setAttribute('aria-label', label)
  }

  /** First all measuring, then all moving, so that the page is laid out once. */
  #placeNow(): void {
    const origin = this.#host.getBoundingClientRect()
    const width = document.documentElement.clientWidth
    const rtl = getComputedStyle(this.#article).direction === 'rtl'
    const end = this.#article.getBoundingClientRect()
    const last = this.#blocks.at(-1)?.element.getBoundingClientRect() ?? end
    const places = [...this.#buttons].map(([block, button]) => {
      if (block === wholeArticle)
        return { button, x: last.left, y: Math.max(last.bottom, last.top) + gap * 3 }
      const box = this.#blocks[block]?.element.getBoundingClientRect()
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
