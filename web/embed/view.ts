import { mount, unmount } from 'svelte'
import { caller } from '../shared/api.ts'
import { Discussion } from './discussion.svelte.ts'
import { embedText, setEmbedText } from '../shared/messages/embed.ts'
import type { MoreTexts } from '../shared/messages/more.ts'
import { later, prepareLater } from './later.ts'
import { linkedIn, type Linked } from './linked.ts'
import type { Count } from './marks.ts'
import { Panel } from './panel.svelte.ts'
import { Reading } from './reading.svelte.ts'
import { Session } from './session.svelte.ts'
import { sheet } from './sheet.ts'
import type { Embed, Wanted } from './start.ts'
import View from './View.svelte'
import viewStyle from './view.css?inline'

/** The thread view, once it is there. */
export interface Discussing {
  open(wanted: Wanted): void
}

/** The texts in a language of ours: those of the thread view, and how to get those of what comes later. */
interface Texts {
  embed: Parameters<typeof setEmbedText>[0]
  more: MoreTexts
}

/**
 * Brings the thread view to life beside the marks.
 * @param texts in the page's language, or English
 */
export function discuss(embed: Embed, texts: Texts): Discussing {
  setEmbedText(texts.embed, embed.counting)
  embed.host.lang = embedText.language
  const { page, blocks, root, marks, article, tell } = embed
  const { signal } = page
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet(viewStyle)]
  prepareLater(root, texts.more, embed.counting, signal)
  const call = caller(page.base)
  const session: Session = new Session(call, page, async () => discussion.viewerChanged())
  const changed = (counts: Map<number, Count>) => {
    embed.isRead = true
    marks.setCounts(counts)
  }
  const discussion = new Discussion(call, page, session, blocks, article, changed, tell)
  const panel = new Panel(embed)
  const reading = new Reading(root, discussion, panel, page.site)
  // One at a time; the focus stays where it is.
  const isOther = (event: Event) => event.composedPath()[0] !== embed.host
  addEventListener('postil:open', (event) => isOther(event) && panel.hide(), { signal })
  const loaded = discussion.load()
  const bring = (linked: Linked) => loaded.then(() => show(reading, linked))
  const recognise = async () => {
    const { viewer } = session
    const Reader = await later(() => import('./later/reader.svelte.ts'))
    if (session.viewer === viewer) session.reader ??= new Reader(reading, session, bring)
  }
  const views = [
    mount(View, { target: root, props: { discussion, session, panel, reading, url: page.url, recognise } }),
  ]
  signal.addEventListener('abort', () => {
    for (const view of views) void unmount(view)
  })
  // Without an answer nobody is signed in; signing in tells more.
  void session
    .load()
    .catch(() => undefined)
    // A page whose site has accounts of its own says who reads it.
    .then(
      () =>
        document.querySelector('script[data-token]') &&
        later(() => import('./later/by-token.ts')).then((follow) => follow(session, call, page.site)),
    )
    .catch(() => undefined)
  // What is unread is nothing to wait for.
  void loaded
    .then(() => later(() => import('./later/Unread.svelte')))
    .then(
      (Unread) => signal.aborted || views.push(mount(Unread, { target: root, props: { reading, marks } })),
    )
    .catch(() => undefined)
  return {
    open(wanted) {
      if (typeof wanted !== 'string') return panel.open(wanted)
      const linked = linkedIn(wanted)
      if (linked) void bring(linked)
    },
  }
}

/** Opens the thread that a link names at its passage, with the comment in view. */
async function show(reading: Reading, linked: Linked): Promise<void> {
  const block = await reading.discussion.bring(linked)
  // It may be of another article on the page.
  const isHere = reading.discussion.threads.has(linked.thread)
  if (!isHere && document.querySelectorAll('postil-discussion').length > 1) return
  // In the list, it would be closed.
  reading.panel.isListed = false
  reading.panel.open(block)
  reading.follow(linked)
}
