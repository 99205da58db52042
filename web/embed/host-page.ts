/** What the publisher's page says of an article. */
export interface HostPage {
  /** Postil's own origin: where this script came from. */
  base: string
  site: string
  url: string
  title: string
  /** The publisher's, for the element that holds the article. */
  selector: string | undefined
  /** As the page says it, and as the browser shows it. */
  canonical: string | null
  here: string
  /** Ends all that is done for the article on this page. */
  signal: AbortSignal
}

/** What a tag of ours says: the script's, or that of a discussion. */
type Said = Partial<Record<'site' | 'url' | 'title' | 'articleSelector', string>>

/**
 * A canonical link that the page kept while it went on to another article, as single-page applications do that set it
 * on the server only: no longer believed.
 */
export const doubted: { canonical: string | null } = { canonical: null }

/** Postil's own origin. */
const base = new URL(import.meta.url).origin

/** What the script tag says, as it stands now: pages change it. A module script has no document.currentScript. */
export const saidByScript = (): Said =>
  [...document.querySelectorAll<HTMLScriptElement>('script[data-site]')].find(({ src }) =>
    src.startsWith(`${base}/embed`),
  )?.dataset ?? {}

/**
 * Reads what the tags and the page say of an article.
 * @param signal ends what is done for it
 * @param said by the discussion's own tag, which goes before the script's
 * @param article where it is given, and need not be found
 * @returns null where nobody names a site: there is nothing to do then
 */
export function readHostPage(signal: AbortSignal, said: Said, article?: Element): HostPage | null {
  const tag = saidByScript()
  const { site = tag.site, title = tag.title ?? document.title, articleSelector = tag.articleSelector } = said
  if (!site) return null
  const { canonical, here } = addressNow()
  // What is said of the one article goes before what holds for the page.
  const named = said.url ?? article?.getAttribute('data-postil-url') ?? tag.url
  const ofPage = canonical === doubted.canonical ? null : canonical
  return {
    base,
    site,
    url: new URL(named ?? ofPage ?? here, here).href.replace(/#.*/, ''),
    title: title.trim() || location.hostname,
    selector: articleSelector,
    canonical,
    here,
    signal,
  }
}

/** What tells the articles of a page apart that shows one after the other. */
export const addressNow = (): Pick<HostPage, 'canonical' | 'here'> => ({
  canonical: document.querySelector<HTMLLinkElement>('link[rel~="canonical"]')?.href || null,
  here: location.href,
})

/** The language of an article, as its page says. */
export const languageOf = (article: Element): string | null =>
  article.closest('[lang]')?.getAttribute('lang') ?? null
