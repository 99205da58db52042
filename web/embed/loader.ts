import type { ArticleMarks, Mark } from '../../core/contract/articles.ts'
import { counting } from '../../core/text/counted.ts'
import loaderStyle from './loader.css?inline'
import { isAwaited } from './awaited.ts'
import { breathe } from './breathe.ts'
import { languageOf, readHostPage, type HostPage } from './host-page.ts'
import { linkedIn, type Linked } from './linked.ts'
import { Marks } from './marks.ts'
import { countsByBlock } from './match.ts'
import { PageBlocks } from './page-blocks.ts'
import { schemeBehind } from './scheme.ts'
import { offerOnSelection } from './selection.ts'
import { sheet } from './sheet.ts'
import { english, speak } from '../shared/messages/languages.ts'
import { marksText as say } from '../shared/messages/marks.ts'
import type { Discussing } from './view.ts'

/** What the loader hands to the thread view, which comes when somebody wants to read or write. */
export interface Embed {
  page: HostPage
  blocks: PageBlocks
  host: HTMLElement
  root: ShadowRoot
  marks: Marks
  article: ArticleMarks['article']
  counting: typeof counting
  /** Names the button beside a selection anew; null: as it was. */
  offer: (label: string | null) => void
  /** Set by the thread view once it has read all: then it sets the counts. */
  isRead: boolean
}

/** What a reader wants to talk about: a block by its number, `wholeArticle`, some words, or a comment that a link names. */
export type Wanted = number | Range | Linked

async function start(): Promise<void> {
  const page = readHostPage(import.meta.url)
  if (!page) return
  const blocks = new PageBlocks(page.selector)
  await breathe()
  if (document.querySelector('postil-discussion')) return
  if (!customElements.get('postil-discussion'))
    customElements.define('postil-discussion', class extends HTMLElement {})
  const host = document.createElement('postil-discussion')
  const root = host.attachShadow({ mode: 'open' })
  root.adoptedStyleSheets = [sheet(loaderStyle)]
  standBeside(host, blocks)
  // Without counts the marks still open the discussion, which says what is wrong.
  const told = loadMarks(page).catch(() => null)
  const words = await speak(languageOf(blocks.article))
  // The page's own work first: a slow phone is not to be held up by all of ours at once.
  await breathe()
  host.lang = say.language

  let view: Promise<Discussing> | null = null
  const load = () =>
    (view ??= Promise.all([import('./view.ts'), words().catch(english)]).then(([{ discuss }, texts]) =>
      discuss(embed, texts),
    ))
  const open = (wanted: Wanted) => {
    load().then(
      (discussing) => discussing.open(wanted),
      () => {
        // The network let us down: the next press asks again.
        view = null
        tell(root, say.unreachable)
      },
    )
  }
  const embed: Embed = {
    offer: offerOnSelection(host, root, blocks, open),
    page,
    blocks,
    host,
    root,
    marks: new Marks(host, root, blocks, open),
    article: null,
    counting,
    isRead: false,
  }
  const follow = () => {
    const linked = linkedIn(location.hash)
    if (linked) open(linked)
  }
  follow()
  addEventListener('hashchange', follow)
  const loadUnasked = () => whenIdle(() => void load().catch(() => (view = null)))
  const count = async (marks: Mark[]) => {
    // Only the thread view can find a passage whose paragraph has changed.
    if (!(await showCounts(embed, marks))) loadUnasked()
  }
  const known = await told
  await breathe()
  if (!known) return
  embed.article = known.article
  blocks.onChange(() => void count(known.marks))
  await count(known.marks).catch(() => undefined)
  if (isAwaited(known)) loadUnasked()
}

/** One request, without a cookie and the same for everybody. */
async function loadMarks({ base, site, url }: HostPage): Promise<ArticleMarks | null> {
  const answer = await fetch(
    `${base}/v1/sites/${encodeURIComponent(site)}/articles?url=${encodeURIComponent(url)}`,
    { credentials: 'omit' },
  )
  // Ours, from our own server: the contract holds on both ends.
  return answer.ok ? ((await answer.json()) as ArticleMarks) : null
}

/** @returns false where a passage was lost */
async function showCounts(embed: Embed, marks: Mark[]): Promise<boolean> {
  const { list } = embed.blocks
  // Who has read more meanwhile, or the page as it is by now, knows better.
  const isOutdated = () => embed.isRead || list !== embed.blocks.list
  if (isOutdated()) return true
  const texts = list.map(({ text }) => text)
  const { counts, isComplete } = await countsByBlock(texts, marks, breathe)
  if (isOutdated()) return true
  embed.marks.setCounts(counts)
  return isComplete
}

/** When the page is there and has nothing better to do. */
function whenIdle(act: () => void): void {
  // Not all browsers tell.
  const { requestIdleCallback: idle } = window as Partial<Window>
  const wait = () => (idle ? idle(act) : setTimeout(act, 200))
  if (document.readyState === 'complete') wait()
  else addEventListener('load', wait, { once: true })
}

/** Puts our element beside the article, and there again where the page has taken both away. */
function standBeside(host: HTMLElement, blocks: PageBlocks): void {
  const stand = () => {
    const { article } = blocks
    if (!host.isConnected) {
      if (article === document.body) article.append(host)
      else article.after(host)
    }
    // An article may run the other way than its page; the discussion follows the article.
    host.dir = getComputedStyle(article).direction
    // Dark on a dark page, whether it says so or not; asked again when the reader's own choice changes.
    host.style.setProperty('color-scheme', schemeBehind(article) ?? 'inherit')
  }
  stand()
  blocks.onChange(stand)
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', stand)
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

async function startSafely(): Promise<void> {
  // The page is laid out and shown first; of a page that nobody looks at yet, nothing is asked.
  await new Promise(requestAnimationFrame)
  await breathe()
  await start().catch((error: unknown) => {
    // The publisher's page goes on without us.
    document.querySelector('postil-discussion')?.remove()
    console.warn('Postil could not start on this page.', error)
  })
}

if (document.readyState === 'loading') addEventListener('DOMContentLoaded', () => void startSafely())
else void startSafely()
