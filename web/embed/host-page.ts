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
