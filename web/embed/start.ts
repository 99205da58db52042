import type { ArticleMarks, Mark } from '../../core/contract/articles.ts'
import { counting } from '../../core/text/counted.ts'
import { again } from './again.ts'
import { isAwaited } from './awaited.ts'
import { breathe } from './breathe.ts'
import { languageOf, type HostPage } from './host-page.ts'
import loaderStyle from './loader.css?inline'
import { Marks } from './marks.ts'
import { countsByBlock } from './match.ts'
import type { PageBlocks } from './page-blocks.ts'
import type { PostilEvents } from './public.ts'
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
  /** What the button beside a selection says; null: that one can comment. */
  offering: string | null
  /** Tells the page's own scripts. */
  tell: Tell
  /** Set by the thread view once it has read all: then it sets the counts. */
  isRead: boolean
}

export type Tell = <Name extends keyof PostilEvents>(
  event: Name,
  detail: Omit<PostilEvents[Name], 'discussion' | 'url'>,
) => void

/** What a reader wants to talk about: a block by its number, `wholeArticle`, some words, or what the address names. */
export type Wanted = number | Range | string

/**
 * Lets the discussion of an article live beside it, until the page's signal ends that.
 * @param stand puts its element beside the article, as it stands now
 */
export async function start(
  host: HTMLElement,
  root: ShadowRoot,
  page: HostPage,
  blocks: PageBlocks,
  stand: () => void,
): Promise<void> {
  const { signal } = page
  root.adoptedStyleSheets = [sheet(loaderStyle)]
  // Without counts the marks still open the discussion, which says what is wrong.
  const told = loadMarks(page).catch(() => null)
  const words = await speak(languageOf(blocks.article))
  const known = await told
  // The page's own work first: a slow phone is not to be held up by all of ours at once.
  await breathe()
  signal.throwIfAborted()
  // To readers, nothing is shown where it would not work.
  if (known?.refused) return console.warn(known.refused)
  host.lang = say.language
  stand()
  blocks.onChange(stand)
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', stand, { signal })

  let view: Promise<Discussing> | null = null
  const load = () =>
    (view ??= Promise.all([again(() => import('./view.ts')), words().catch(english)]).then(
      ([{ discuss }, texts]) => {
        signal.throwIfAborted()
        return discuss(embed, texts)
      },
    ))
  const open = (wanted: Wanted) => {
    load().then(
      (discussing) => discussing.open(wanted),
      () => {
        // The network let us down: the next press asks again.
        view = null
        warn(root, say.unreachable)
      },
    )
  }
  const tell: Tell = (event, detail) =>
    host.dispatchEvent(
      new CustomEvent(`postil:${event}`, {
        bubbles: true,
        composed: true,
        detail: { discussion: host, url: page.url, ...detail },
      }),
    )
  const embed: Embed = {
    offering: null,
    page,
    blocks,
    host,
    root,
    marks: new Marks(host, root, blocks, open, (comments) => tell('count', { comments })),
    article: known?.article ?? null,
    counting,
    tell,
    isRead: false,
  }
  const offer = () => {
    if (document.getSelection()?.isCollapsed === false)
      import('./selection.ts').then(
        ({ offerOnSelection }) => offerOnSelection(embed, open),
        () => undefined,
      )
  }
  document.addEventListener('selectionchange', offer, { signal })
  const follow = () => {
    if (location.hash.startsWith('#postil=')) open(location.hash)
  }
  follow()
  addEventListener('hashchange', follow, { signal })
  if (!known) return
  const loadUnasked = () => whenIdle(() => void load().catch(() => (view = null)), signal)
  const count = async () => {
    // Only the thread view can find a passage whose paragraph has changed.
    if (!(await showCounts(embed, known.marks))) loadUnasked()
  }
  blocks.onChange(() => void count())
  await count().catch(() => undefined)
  if (isAwaited(known)) loadUnasked()
}

/** One request, without a cookie and the same for everybody. */
async function loadMarks({ base, site, url, signal }: HostPage): Promise<ArticleMarks | null> {
  const answer = await fetch(
    `${base}/v1/sites/${encodeURIComponent(site)}/articles?url=${encodeURIComponent(url)}`,
    { credentials: 'omit', signal },
  )
  // Ours, from our own server: the contract holds on both ends.
  return answer.ok ? ((await answer.json()) as ArticleMarks) : null
}

/** @returns false where a passage was lost */
async function showCounts(embed: Embed, marks: Mark[]): Promise<boolean> {
  const { list, signal } = embed.blocks
  // Who has read more meanwhile, or the page as it is by now, knows better.
  const isOutdated = () => embed.isRead || list !== embed.blocks.list || signal.aborted
  if (isOutdated()) return true
  const texts = list.map(({ text }) => text)
  const { counts, isComplete } = await countsByBlock(texts, marks, breathe)
  if (isOutdated()) return true
  embed.marks.setCounts(counts)
  return isComplete
}

/** When the page is there and has nothing better to do. */
function whenIdle(act: () => void, signal: AbortSignal): void {
  // Not all browsers tell when they are idle.
  const wait = () => ((window as Partial<Window>).requestIdleCallback ?? setTimeout)(act)
  if (document.readyState === 'complete') wait()
  else addEventListener('load', wait, { once: true, signal })
}

/** Says something for a moment, also to screen readers. */
function warn(root: ShadowRoot, words: string): void {
  const notice = document.createElement('p')
  notice.className = 'notice'
  notice.role = 'alert'
  root.append(notice)
  notice.append(words)
  setTimeout(() => notice.remove(), 6000)
}
