/** Elements that say of themselves that an article is in them… */
export const forArticles = 'article, [role="article"], [itemprop="articleBody"]'
/** …and those that say so of what the page is about. */
export const forMain = 'main, [role="main"]'

/**
 * The article on a page: by the publisher's word, by the element made for it, else where most of the page's
 * paragraphs stand. Teasers of other articles are made of such elements, too: one that has but a small part of the words
 * that stand together elsewhere is none.
 */
export function findArticle(document: Document, selector: string | undefined): Element {
  const named = selector ? document.querySelector(selector) : null
  if (named) return named
  const articles = [...document.querySelectorAll(forArticles)]
  const longest = articles.sort((a, b) => lengthOf(b) - lengthOf(a))[0]
  const [densest, words = 0] = densestOf(document)
  if (longest && lengthOf(longest) * 4 > words) return longest
  return document.querySelector(forMain) ?? densest ?? document.body
}

const lengthOf = (element: Element) => element.textContent.length

/** Where most paragraphs stand, and how long they are. */
function densestOf(document: Document): [Element?, number?] {
  const words = new Map<Element, number>()
  for (const paragraph of document.querySelectorAll('p')) {
    const parent = paragraph.parentElement
    if (parent) words.set(parent, (words.get(parent) ?? 0) + lengthOf(paragraph))
  }
  return [...words].sort((a, b) => b[1] - a[1])[0] ?? []
}
