/** What the publisher's script tag and page say. */
export interface HostPage {
  /** Postil's own origin: where this script came from. */
  base: string
  site: string
  url: string
  title: string
  /** The publisher's, for the element that holds the article. */
  selector: string | undefined
  script: HTMLScriptElement | null
}

/**
 * Reads the script tag and what the page says of itself.
 * @param source this script's own address
 * @returns null where the tag names no site: there is nothing to do then
 */
export function readHostPage(source: string): HostPage | null {
  // A module script has no document.currentScript; its tag is the one with its address.
  const script = [...document.querySelectorAll<HTMLScriptElement>('script[data-site]')].find(
    (tag) => tag.src === source,
  )
  const site = script?.dataset['site']
  if (!script || !site) return null
  return {
    base: new URL(source).origin,
    site,
    url: script.dataset['url'] ?? canonicalUrl(),
    title: document.title.trim() || location.hostname,
    selector: script.dataset['articleSelector'],
    script,
  }
}

function canonicalUrl(): string {
  const link = document.querySelector<HTMLLinkElement>('link[rel~="canonical"]')
  const url = new URL(link?.href || location.href)
  url.hash = ''
  return url.href
}

/** The language of an article, as its page says. */
export const languageOf = (article: Element): string | null =>
  (article.closest('[lang]') ?? document.documentElement).getAttribute('lang')

const forArticles = 'article, [role="article"], [itemprop="articleBody"]'
const forMain = 'main, [role="main"]'

/** Whether it is said of an element, by the publisher or by its own name, that the article is in it. */
export const isNamed = (element: Element, selector = `${forArticles}, ${forMain}`): boolean =>
  element.matches(selector)

/**
 * The article on the page: by the publisher's word, by the element made for it, else where most of the page's
 * paragraphs stand.
 */
export function findArticle(selector: string | undefined): Element {
  const named = selector ? document.querySelector(selector) : null
  if (named) return named
  const articles = [...document.querySelectorAll(forArticles)]
  const longest = articles.sort((a, b) => lengthOf(b) - lengthOf(a))[0]
  return longest ?? document.querySelector(forMain) ?? densest() ?? document.body
}

const lengthOf = (element: Element) => element.textContent.length

function densest(): Element | undefined {
  const words = new Map<Element, number>()
  for (const paragraph of document.querySelectorAll('p')) {
    const parent = paragraph.parentElement
    if (parent) words.set(parent, (words.get(parent) ?? 0) + lengthOf(paragraph))
  }
  return [...words].sort((a, b) => b[1] - a[1])[0]?.[0]
}
