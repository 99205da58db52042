import { breathe } from './breathe.ts'
import { readHostPage, type HostPage } from './host-page.ts'
import { PageBlocks } from './page-blocks.ts'
import type { Theme } from './public.ts'
import { schemeBehind } from './scheme.ts'
import { start } from './start.ts'

/** All discussions that live on the page. */
export const all = new Set<PostilDiscussion>()
export const theme: Theme = {}

/** The element of a discussion: one that the publisher has put on the page, or one of ours beside the article. */
export class PostilDiscussion extends HTMLElement {
  /** What pages call; of several copies of the script, the first one's. */
  static api: typeof import('./public.ts')
  /** Waits for the page to change. */
  static changes: MutationObserver

  /** The article, where it is given and need not be found. */
  article: Element | undefined
  /** Ours comes back where the page takes it away together with the article. */
  isOurs = false
  /** While it lives. */
  page: HostPage | null = null
  blocks: PageBlocks | null = null
  readonly #root = this.attachShadow({ mode: 'open' })
  #ending: AbortController | null = null

  connectedCallback(): void {
    this.begin()
  }

  begin(): void {
    if (this.#ending) return
    const ending = (this.#ending = new AbortController())
    all.add(this)
    this.#live(ending.signal).catch((error: unknown) => {
      if (ending.signal.aborted) return
      // The publisher's page goes on without us; that it has failed is remembered, so that nobody begins anew.
      this.end()
      this.#ending = ending
      all.add(this)
      console.warn('Postil could not start on this page.', error)
    })
  }

  /** Ends all that it does on the page. */
  end(): void {
    this.#ending?.abort()
    this.#ending = this.page = this.blocks = null
    this.#root.replaceChildren()
    all.delete(this)
    if (this.isOurs) this.remove()
  }

  restart(): void {
    this.end()
    this.begin()
  }

  /** What the page says of its article, as it is now. */
  read(signal: AbortSignal): HostPage | null {
    return readHostPage(signal, this.dataset, this.article)
  }

  async #live(signal: AbortSignal): Promise<void> {
    // The page is laid out and shown first; of a page that nobody looks at yet, nothing is asked.
    await new Promise(requestAnimationFrame)
    await breathe()
    signal.throwIfAborted()
    const page = this.read(signal)
    if (!page) return
    const blocks = new PageBlocks(page, this.article)
    this.page = page
    this.blocks = blocks
    await breathe()
    await start(this, this.#root, page, blocks, this.stand)
  }

  /** Puts it beside the article, and there again where the page has taken both away; dressed as the page wants it. */
  readonly stand = (): void => {
    if (!this.blocks) return
    const { article } = this.blocks
    if (!this.isConnected) {
      if (article === document.body) article.append(this)
      else article.after(this)
    }
    // An article may run the other way than its page; the discussion follows the article.
    this.dir = getComputedStyle(article).direction
    const { scheme, ...properties } = theme
    // Dark on a dark page, whether it says so or not; asked again when the reader's own choice changes.
    const wanted = scheme === 'auto' ? undefined : scheme
    this.style.setProperty('--_scheme', wanted ?? schemeBehind(article))
    for (const [name, value] of Object.entries(properties)) this.style.setProperty(`--postil-${name}`, value)
    // What we do is no change of the page.
    PostilDiscussion.changes.takeRecords()
  }
}
