import { findArticle } from '../../core/anchoring/article.ts'
import { blocksOf, type PageBlock } from '../../core/anchoring/page.ts'
import type { HostPage } from './host-page.ts'

/** What became of the blocks when the page changed. */
export interface BlockChange {
  before: PageBlock[]
  /** For each block of before that is still there, its number now. */
  moved: Map<number, number>
}

/** The blocks of an article on the page as it is now; what changes on the page comes to them by `watch.ts`. */
export class PageBlocks {
  article: Element
  list: PageBlock[]
  /** Ends all that listens and watches for this article. */
  readonly signal: AbortSignal
  readonly #listeners: ((change: BlockChange) => void)[] = []

  /**
   * @param page with the publisher's selector for the article, and the signal that ends it
   * @param article where it is given and need not be found
   */
  constructor({ selector, signal }: HostPage, article: Element | undefined) {
    this.signal = signal
    this.article = article ?? findArticle(document, selector)
    this.list = blocksOf(this.article)
  }

  /** Calls when the blocks are others, or have other words; in the order in which listeners came. */
  onChange(listener: (change: BlockChange) => void): void {
    this.#listeners.push(listener)
  }

  /** Takes over what the page has by now. */
  change(article: Element, list: PageBlock[], moved: BlockChange['moved']): void {
    const before = this.list
    this.article = article
    this.list = list
    for (const listener of this.#listeners) listener({ before, moved })
  }
}
