const forArticles = 'article, [role="article"], [itemprop="articleBody"]'
const forMain = 'main, [role="main"]'

/** Whether it is said of an element, by the publisher or by its own name, that the article is in it. */
export const isNamed = (element: Element, selector = `${forArticles}, ${forMain}`): boolean =>
  element.matches(selector)

/**
 * The article on a page: by the publisher's word, by the element made for it, else where most of the page's
 * paragraphs stand.
 */
export function findArticle(document: Document, selector: string | undefined): Element {
  const named = selector ? document.querySelector(selector) : null
  if (named) return named
  const articles = [...document.querySelectorAll(forArticles)]
  const longest = articles.sort((a, b) => lengthOf(b) - lengthOf(a))[0]
  return longest ?? document.querySelector(forMain) ?? densest(document) ?? document.body
}

const lengthOf = (element: Element) => element.textContent.length

function densest(document: Document): Element | undefined {
  const words = new Map<Element, number>()
  for (const paragraph of document.querySelectorAll('p')) {
    const parent = paragraph.parentElement
    if (parent) words.set(parent, (words.get(parent) ?? 0) + lengthOf(paragraph))
  }
  return [...words].sort((a, b) => b[1] - a[1])[0]?.[0]
}
