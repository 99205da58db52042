/** What the publisher's script tag and page say. */
export interface HostPage {
  /** Postil's own origin: where this script came from. */
  base: string
  site: string
  url: string
  title: string
  article: Element
  script: HTMLScriptElement | null
}

/**
 * Reads the script tag and finds the article on the page.
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
  const article = findArticle(script.dataset['articleSelector'])
  return {
    base: new URL(source).origin,
    site,
    url: script.dataset['url'] ?? canonicalUrl(),
    title: document.title.trim() || location.hostname,
    article,
    script,
  }
}

function canonicalUrl(): string {
  const link = document.querySelector<HTMLLinkElement>('link[rel~="canonical"]')
  const url = new URL(link?.href || location.href)
  url.hash = ''
  return url.href
}

/** By the publisher's word, by the element made for it, else where most of the page's paragraphs stand. */
function findArticle(selector: string | undefined): Element {
  const named = selector ? document.querySelector(selector) : null
  if (named) return named
  const articles = [...document.querySelectorAll('article, [role="article"], [itemprop="articleBody"]')]
  const longest = articles.sort((a, b) => lengthOf(b) - lengthOf(a))[0]
  return longest ?? document.querySelector('main, [role="main"]') ?? densest() ?? document.body
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
