import { tick } from 'svelte'
import { later } from '../later.ts'
import { wholeArticle } from '../marks.ts'
import type { Reading } from '../reading.svelte.ts'
import { gliding } from '../seen.ts'
import { above, rootFor } from './path.ts'

/** Opening the panel moves the focus too: only after that. */
const afterOpening = () => new Promise(requestAnimationFrame)
/** Until what was opened is drawn; what does not come by then does not come. */
const mostFrames = 30

/** Leads a reader to comments. */
export default {
  /**
   * Goes to a comment, wherever it is: opens its passage, its branch and what is folded above it.
   * @param isNear it is one's own, which is about where one looks: no more is moved than needed
   */
  async goTo(reading: Reading, threadId: string, id: string, isNear: boolean): Promise<void> {
    const { discussion, panel } = reading
    const thread = discussion.threads.get(threadId)
    if (!thread) return
    if (!isNear) panel.inbox = null
    const path = above(thread.list, id)
    reading.show(threadId, rootFor(path, id, reading.roots.get(threadId), reading.levels))
    reading.folded = new Set([...reading.folded].filter((one) => !path.includes(one)))
    if (reading.held.has(id)) reading.held = new Set()
    await tick()
    if (!reading.element(id)) await openAt(reading, threadId, id, discussion.places.placeOf(thread))
    else if (!isNear) panel.layout.reveal()
    focus(reading, id, isNear)
  },

  /** Goes to the first comment of a branch that is now shown alone, or was until now. */
  async arrive(reading: Reading, threadId: string, root: string): Promise<void> {
    const path = above(reading.discussion.threads.get(threadId)?.list ?? [], root)
    await tick()
    focus(reading, [...path, root].findLast((id) => reading.element(id)) ?? '', false)
  },

  /** Goes to the comment that a link names, once the panel is open, and marks it. */
  async follow(reading: Reading, threadId: string, id: string): Promise<void> {
    await afterOpening()
    await this.goTo(reading, threadId, id, false)
    reading.element(id)?.classList.add('linked')
  },
}

/**
 * Opens the panel where a thread stands.
 * @param place null: its words are gone; then it is in the list of all, which may have to be fetched
 */
async function openAt(reading: Reading, thread: string, id: string, place: number | null): Promise<void> {
  const { panel } = reading
  if (place === null) await later(() => import('./List.svelte'))
  if (place === null || place === wholeArticle) panel.isListed = place === null
  if (place === null) reading.opened = [...reading.opened, thread]
  panel.open(place ?? wholeArticle)
  await afterOpening()
  for (let frame = 0; frame < mostFrames && !reading.element(id); frame += 1) await afterOpening()
}

/** Puts the focus on a comment, and the comment at the top of the panel. */
function focus(reading: Reading, id: string, isNear: boolean): void {
  const comment = reading.element(id)
  if (!comment) return
  comment.closest('details')?.setAttribute('open', '')
  comment.focus({ preventScroll: true })
  const isInPage = reading.panel.layout.kind === 'list'
  if (isNear || isInPage)
    return comment.scrollIntoView({ block: isNear ? 'nearest' : 'center', behavior: gliding() })
  const scroller = comment.closest('.scroll')
  if (!scroller) return
  const top = comment.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 12
  scroller.scrollBy({ top, behavior: gliding() })
}
