import { findArticle, forArticles, forMain } from '../../core/anchoring/article.ts'
import { blocksOf, type PageBlock } from '../../core/anchoring/page.ts'
import type { PostilDiscussion } from './element.ts'
import { followed } from './followed.ts'
import { addressNow, doubted } from './host-page.ts'
import { atRest } from './rest.ts'

/**
 * Follows the page as it changes: paragraphs that come late, articles that are drawn anew, that come and go, and pages
 * that go on to another article under another address. Fetched once a page changes at all.
 * @param discussions all that live on the page
 * @param sweep sees to it that each article has one
 */
export function watch(discussions: ReadonlySet<PostilDiscussion>, sweep: () => void): void {
  const watches = new WeakMap<AbortSignal, () => void>()
  const look = () => {
    for (const discussion of [...discussions]) {
      const { page, isOurs, isConnected, article } = discussion
      if (article?.isConnected === false || !(isOurs || isConnected)) discussion.end()
      else if (page) {
        const lookAt = watches.get(page.signal) ?? watchArticle(discussion)
        watches.set(page.signal, lookAt)
        lookAt()
      }
    }
    sweep()
  }
  const changed = atRest(look)
  new MutationObserver(changed).observe(document, {
    childList: true,
    subtree: true,
    attributeFilter: ['href', 'data-site', 'data-url', 'data-postil-url'],
  })
  addEventListener('popstate', changed)
  // Not all browsers tell; where a page goes elsewhere by script, it changes, too.
  const { navigation } = window as Partial<Window>
  navigation?.addEventListener('currententrychange', changed)
  look()
}

/** @returns to be called when the page has changed around the article */
function watchArticle(discussion: PostilDiscussion): () => void {
  const { page, blocks } = discussion
  if (!page || !blocks) return () => undefined
  const { signal } = page
  /** The texts that it began with. */
  let known = textsOf(blocks.list)

  /** Whether the article's address is said for it alone: then it is meant. */
  const isSaid = () => !!(discussion.dataset['url'] ?? discussion.article?.getAttribute('data-postil-url'))

  /** Pages change their address for many reasons: it is another article once most of its words are others, too. */
  const isLeft = (list: PageBlock[]): boolean => {
    const texts = textsOf(list)
    const kept = [...known].filter((text) => texts.has(text)).length
    const isOther = kept * 2 <= known.size
    if (known.size === 0) known = texts
    const { canonical, here } = addressNow()
    // Single-page applications may set it on the server only, and keep it.
    if (isOther && canonical === page.canonical && here !== page.here) doubted.canonical = canonical
    const now = discussion.read(signal)
    return now?.site !== page.site || (now.url !== page.url && (isOther || isSaid()))
  }

  /** Taken away, or not shown yet. */
  const isLost = () =>
    !blocks.article.isConnected || blocks.list.length === 0 || blocks.article === document.body

  const mayBeElsewhere = () =>
    !discussion.article && (isLost() || !blocks.article.matches(page.selector ?? forArticles))

  /** Where it had to be guessed, only a better reason than another guess makes it another. */
  const find = (): Element => {
    if (!mayBeElsewhere()) return blocks.article
    const found = findArticle(document, page.selector)
    const isNamed = found.matches(page.selector ?? `${forArticles}, ${forMain}`)
    return isLost() || isNamed ? found : blocks.article
  }

  const read = () => {
    const article = find()
    const isOther = article !== blocks.article
    const list = blocksOf(article)
    if (isLeft(list)) return discussion.restart()
    if (!isOther && isSame(blocks.list, list)) return
    blocks.change(article, list, followed(blocks.list, list))
    if (isOther) observe()
  }

  const changed = atRest(read, signal)
  const observer = new MutationObserver((records) => {
    if (!records.every(isOurs)) changed()
  })
  const observe = () => {
    observer.disconnect()
    observer.observe(blocks.article, {
      childList: true,
      characterData: true,
      subtree: true,
      attributeFilter: ['hidden', 'aria-hidden', 'data-postil-ignore'],
    })
  }
  signal.addEventListener('abort', () => observer.disconnect())
  observe()
  // It may have changed before anybody watched.
  read()
  return () => {
    if (mayBeElsewhere()) read()
    else if (isLeft(blocks.list)) discussion.restart()
  }
}

const textsOf = (list: PageBlock[]) => new Set(list.map(({ text }) => text))

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
