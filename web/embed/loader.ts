import { blocksOf, type PageBlock } from '../../core/anchoring/page.ts'
import type { ArticleMarks } from '../../core/contract/articles.ts'
import loaderStyle from './loader.css?inline'
import { readHostPage, type HostPage } from './host-page.ts'
import { Marks } from './marks.ts'
import { countsByBlock } from './match.ts'
import { schemeBehind } from './scheme.ts'
import { offerOnSelection } from './selection.ts'
import { sheet } from './sheet.ts'
import { marksText as say } from '../shared/messages/marks.ts'
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
  // An article may run the other way than its page; the discussion follows the article.
  host.dir = getComputedStyle(page.article).direction
  const root = host.attachShadow({ mode: 'open' })
  root.adoptedStyleSheets = [sheet(loaderStyle)]
  if (page.article === document.body) page.article.append(host)
  else page.article.after(host)
  followScheme(host, page.article)
  const blocks = blocksOf(page.article)

  let view: Promise<Discussing> | null = null
  const open = (wanted: Wanted) => {
    view ??= import('./view.ts').then(({ discuss }) => discuss(embed))
    view.then(
      (discussing) => discussing.open(wanted),
      () => {
        // The network let us down: the next press asks again.
        view = null
        tell(root, say.unreachable)
      },
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
  const texts = embed.blocks.map(({ text }) => text)
  embed.marks.setCounts(await countsByBlock(texts, marks, breathe))
}

/** Dark on a dark page, whether it says so or not; asked again when the reader's own choice changes. */
function followScheme(host: HTMLElement, article: Element): void {
  const follow = () => host.style.setProperty('color-scheme', schemeBehind(article) ?? 'inherit')
  follow()
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', follow)
}

/** Says something for a moment, also to screen readers. */
function tell(root: ShadowRoot, words: string): void {
  const notice = document.createElement('p')
  notice.className = 'notice'
  notice.setAttribute('role', 'alert')
  root.append(notice)
  notice.textContent = words
  setTimeout(() => notice.remove(), 6000)
}

const breathe = () => new Promise<void>((resolve) => setTimeout(resolve))

function startSafely(): void {
  try {
    start()
  } catch (error) {
    // The publisher's page goes on without us.
    document.querySelector('postil-discussion')?.remove()
    console.warn('Postil could not start on this page.', error)
  }
}

if (document.readyState === 'loading') addEventListener('DOMContentLoaded', startSafely)
else startSafely()
