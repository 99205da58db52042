import { fingerprint } from '../../core/anchoring/fingerprint.ts'
import { blocksOf, type PageBlock } from '../../core/anchoring/page.ts'
import type { ArticleMarks } from '../../core/contract/articles.ts'
import loaderStyle from './loader.css?inline'
import { readHostPage, type HostPage } from './host-page.ts'
import { Marks, wholeArticle, type Count } from './marks.ts'
import { offerOnSelection } from './selection.ts'
import { sheet } from './sheet.ts'
import type { Discussing } from './view.ts'

/** What the loader hands to the thread view, which comes when somebody wants to read or write. */
export interface Embed {
  page: HostPage
  blocks: PageBlock[]
  host: HTMLElement
  root: ShadowRoot
  marks: Marks
  article: ArticleMarks['article']
}

/** What a reader wants to talk about: a block by its number, `wholeArticle`, or some words. */
export type Wanted = number | Range

function start(): void {
  const page = readHostPage(import.meta.url)
  if (!page || document.querySelector('postil-discussion')) return
  if (!customElements.get('postil-discussion'))
    customElements.define('postil-discussion', class extends HTMLElement {})
  const host = document.createElement('postil-discussion')
  const root = host.attachShadow({ mode: 'open' })
  root.adoptedStyleSheets = [sheet(loaderStyle)]
  page.article.after(host)
  const blocks = blocksOf(page.article)

  let view: Promise<Discussing> | null = null
  const open = (wanted: Wanted) => {
    view ??= import('./view.ts').then(({ discuss }) => discuss(embed))
    view.then(
      (discussing) => discussing.open(wanted),
      // The network let us down: the next press asks again.
      () => (view = null),
    )
  }
  const embed: Embed = {
    page,
    blocks,
    host,
    root,
    marks: new Marks(host, root, page.article, blocks, open),
    article: null,
  }
  offerOnSelection(host, root, page.article, open)
  // Without counts the marks still open the discussion, which says what is wrong.
  loadCounts(embed).catch(() => undefined)
}

/** One request, without a cookie and the same for everybody. */
async function loadCounts(embed: Embed): Promise<void> {
  const { base, site, url } = embed.page
  const answer = await fetch(
    `${base}/v1/sites/${encodeURIComponent(site)}/articles?url=${encodeURIComponent(url)}`,
    { credentials: 'omit' },
  )
  if (!answer.ok) return
  // Ours, from our own server: the contract holds on both ends.
  const { article, marks } = (await answer.json()) as ArticleMarks
  embed.article = article
  embed.marks.setCounts(countsByBlock(embed.blocks, marks))
}

/** Whose block is not on the page as it was counts with the article, until the thread view looks closer. */
function countsByBlock(blocks: PageBlock[], marks: ArticleMarks['marks']): Map<number, Count> {
  const places = new Map<string, number[]>()
  if (marks.length > 0) {
    for (const [index, { text }] of blocks.entries()) {
      const name = fingerprint(text)
      places.set(name, [...(places.get(name) ?? []), index])
    }
  }
  const counts = new Map<number, Count>()
  for (const { fingerprint: name, index, comments } of marks) {
    const nearest =
      (places.get(name) ?? []).sort((a, b) => Math.abs(a - index) - Math.abs(b - index))[0] ?? wholeArticle
    counts.set(nearest, { comments: (counts.get(nearest)?.comments ?? 0) + comments })
  }
  return counts
}

try {
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', start)
  else start()
} catch (error) {
  // The publisher's page goes on without us.
  console.warn('Postil could not start on this page.', error)
}
