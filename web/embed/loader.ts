import { all, PostilDiscussion, theme } from './element.ts'
import { saidByScript } from './host-page.ts'
import type * as Api from './public.ts'

const tag = 'postil-discussion'
/** Whether articles get their discussions by themselves; not once the page's scripts have said that there be none. */
let isAutomatic = true
/** Articles that the page's scripts want none beside. */
const without = new WeakSet<Element>()

/** What pages call, as `public.ts` describes it. */
const api: typeof Api = {
  mount(article, { selector, ...said } = {}) {
    if (!said.site && !saidByScript().site) throw new Error('Postil: mount needs a site.')
    const known = [...all].find((one) =>
      article ? (one.article ?? one.blocks?.article) === article : one.isOurs && !one.article,
    )
    const discussion = known ?? new PostilDiscussion()
    if (!known) discussion.isOurs = true
    if (article) {
      discussion.article = article
      without.delete(article)
    }
    for (const [name, value] of Object.entries({ ...said, articleSelector: selector }))
      if (value !== undefined) discussion.dataset[name] = value
    discussion.begin()
    return discussion
  },
  unmount(which) {
    if (which) without.add(which)
    else isAutomatic = false
    for (const one of [...all])
      if (!which || one === which || (one.article ?? one.blocks?.article) === which) one.end()
  },
  on(event, listener) {
    const hear = (heard: Event) => {
      // Our own: `Tell` has typed what is in it.
      listener((heard as CustomEvent<Parameters<typeof listener>[0]>).detail)
    }
    addEventListener(`postil:${event}`, hear)
    return () => removeEventListener(`postil:${event}`, hear)
  },
  setTheme(given) {
    Object.assign(theme, given)
    for (const one of all) if (one.isConnected) one.stand()
  },
}

/** Sees to it that each article has its discussion. */
function sweep(): void {
  if (!isAutomatic || !saidByScript().site) return
  for (const article of document.querySelectorAll('[data-postil-url]'))
    if (!without.has(article)) api.mount(article)
  if (all.size === 0) api.mount()
  // The page's own article is looked for only where nobody names another.
  else if (all.size > 1) [...all].find((one) => one.isOurs && !one.article)?.end()
}

function begin(): typeof Api {
  customElements.define(tag, PostilDiscussion)
  const changes = new MutationObserver(() => {
    changes.disconnect()
    // What follows a page as it changes is fetched once it does.
    import('./watch.ts').then(({ watch }) => watch(all, sweep), observe)
  })
  const observe = () =>
    changes.observe(document, {
      childList: true,
      characterData: true,
      subtree: true,
      attributeFilter: ['href', 'hidden', 'aria-hidden', 'data-url', 'data-postil-url'],
    })
  PostilDiscussion.changes = changes
  const ready = () => {
    sweep()
    observe()
  }
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', ready)
  else ready()
  return (PostilDiscussion.api = api)
}

const first = customElements.get(tag) as typeof PostilDiscussion | undefined
// Of several copies of the script, the first one does it all.
export const { mount, unmount, on, setTheme } = first?.api ?? begin()
