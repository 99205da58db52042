import { blocksOf, type PageBlock } from '../../core/anchoring/page.ts'
import { findArticle, isNamed } from '../../core/anchoring/article.ts'

/** What became of the blocks when the page changed. */
export interface BlockChange {
  before: PageBlock[]
  /** For each block of before that is still there, its number now. */
  moved: Map<number, number>
}

/** A page at rest for this long is read again… */
const rest = 150
/** …and one that goes on changing, this often. */
const longest = 1000

/** The blocks of the page as it is now: pages load paragraphs late, and replace the whole article. */
export class PageBlocks {
  article: Element
  list: PageBlock[]
  /**
   * Which block each of before is now. The thread view, which has more to lose, brings a way that also knows words again
   * in other elements.
   */
  follow = followElements
  readonly #selector: string | undefined
  readonly #listeners: ((change: BlockChange) => void)[] = []
  readonly #observer = new MutationObserver((records) => {
    if (!records.every(isOurs)) this.#wait()
  })
  #timer: ReturnType<typeof setTimeout> | undefined
  #frame = 0
  #waitingSince: number | null = null

  /** @param selector the publisher's, for the article */
  constructor(selector: string | undefined) {
    this.#selector = selector
    this.article = findArticle(document, selector)
    this.list = blocksOf(this.article)
    this.#observe()
    new MutationObserver(() => {
      if (this.#mayBeElsewhere()) this.#wait()
    }).observe(document.documentElement, { childList: true, subtree: true })
  }

  /** Calls when the blocks are others, or have other words; in the order in which listeners came. */
  onChange(listener: (change: BlockChange) => void): void {
    this.#listeners.push(listener)
  }

  #observe(): void {
    this.#observer.disconnect()
    this.#observer.observe(this.article, {
      childList: true,
      characterData: true,
      subtree: true,
      attributeFilter: ['hidden', 'aria-hidden', 'data-postil-ignore'],
    })
  }

  /** Taken away, or not shown yet. */
  #isLost(): boolean {
    return !this.article.isConnected || this.list.length === 0 || this.article === document.body
  }

  #mayBeElsewhere(): boolean {
    return this.#isLost() || !isNamed(this.article, this.#selector)
  }

  /** Where it had to be guessed, only a better reason than another guess makes it another. */
  #find(): Element {
    if (!this.#mayBeElsewhere()) return this.article
    const found = findArticle(document, this.#selector)
    return this.#isLost() || isNamed(found, this.#selector) ? found : this.article
  }

  #wait(): void {
    const now = performance.now()
    this.#waitingSince ??= now
    clearTimeout(this.#timer)
    this.#timer = setTimeout(
      () => {
        cancelAnimationFrame(this.#frame)
        this.#frame = requestAnimationFrame(() => this.#read())
      },
      Math.max(0, Math.min(rest, this.#waitingSince + longest - now)),
    )
  }

  #read(): void {
    this.#waitingSince = null
    const article = this.#find()
    const isOther = article !== this.article
    this.article = article
    if (isOther) this.#observe()
    const before = this.list
    const list = blocksOf(article)
    if (!isOther && isSame(before, list)) return
    this.list = list
    const change = { before, moved: this.follow(before, list) }
    for (const listener of this.#listeners) listener(change)
  }
}

/** Our own element coming or going is no change of the page. */
function isOurs({ type, addedNodes, removedNodes }: MutationRecord): boolean {
  return type === 'childList' && [...addedNodes, ...removedNodes].every((node) => isHost(node))
}

const isHost = (node: Node) => node.nodeName === 'POSTIL-DISCUSSION'

function isSame(some: PageBlock[], others: PageBlock[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ element, text, kind }, index) => {
      const other = others[index]
      return other?.element === element && other.text === text && other.kind === kind
    })
  )
}

/** By element alone. */
function followElements(before: PageBlock[], after: PageBlock[]): Map<number, number> {
  const now = new Map(after.map(({ element }, index) => [element, index]))
  return new Map(
    before.flatMap(({ element }, index): [number, number][] => {
      const at = now.get(element)
      return at === undefined ? [] : [[index, at]]
    }),
  )
}
