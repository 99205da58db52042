import { mount } from 'svelte'
import { caller } from '../shared/api.ts'
import { Discussion } from './discussion.svelte.ts'
import type { Embed, Wanted } from './loader.ts'
import { Panel } from './panel.svelte.ts'
import { Session } from './session.svelte.ts'
import { sheet } from './sheet.ts'
import View from './View.svelte'
import viewStyle from './view.css?inline'

/** The thread view, once it is there. */
export interface Discussing {
  open(wanted: Wanted): void
}

/** Brings the thread view to life beside the marks. */
export function discuss(embed: Embed): Discussing {
  const { page, blocks, host, root, marks, article } = embed
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet(viewStyle)]
  const call = caller(page.base)
  const discussion = new Discussion(call, page, blocks, article, (counts) => {
    embed.isRead = true
    marks.setCounts(counts)
  })
  const session = new Session(call, page, () => void discussion.viewerChanged())
  const panel = new Panel(blocks, host, marks, embed.offer)
  mount(View, { target: root, props: { discussion, session, panel, url: page.url } })
  void discussion.load()
  // Without an answer nobody is signed in; signing in tells more.
  session.load().catch(() => undefined)
  return { open: (wanted) => panel.open(wanted) }
}
