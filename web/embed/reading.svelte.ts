/* eslint-disable svelte/prefer-svelte-reactivity -- what is on screen is never changed in place: a change gives a new set */
import type { Snippet } from 'svelte'
import { shownOf, walk } from './branches.ts'
import type { Discussion } from './discussion.svelte.ts'
import { later } from './later.ts'
import type Guide from './later/guide.ts'
import type { Linked } from './linked.ts'
import type { Panel } from './panel.svelte.ts'
import { storedIds } from '../shared/store.ts'
import type { Thread } from './threads.ts'

/** How the discussion is shown to this reader, and to nobody else: what they have folded, opened, hidden and read. */
export class Reading {
  /** Comments whose answers are folded, for as long as the page is open. */
  folded = $state.raw<ReadonlySet<string>>(new Set())
  /** By thread, the comment whose branch is shown alone. */
  roots = $state.raw<ReadonlyMap<string, string | undefined>>(new Map())
  /** Threads that are open in the list of all. */
  opened = $state.raw<readonly string[]>([])
  /** Comments that wait until the reader asks for them: to show them would move what is being read. */
  held = $state.raw<ReadonlySet<string>>(new Set())
  /** Comments with a dot: this reader had not read them when the panel was opened. */
  fresh = $state.raw<ReadonlySet<string>>(new Set())
  /** People whose comments are folded on this device. */
  hidden = $state.raw<ReadonlySet<string>>(new Set())
  /** What is said and done about the unread, in the panel's head and at its end; comes later. */
  head = $state.raw<Snippet>()
  foot = $state.raw<Snippet>()
  /** How many levels of answers stand under a comment; what is deeper is a branch of its own. */
  readonly levels = 3
  readonly hiddenKey: string
  readonly root: ShadowRoot
  readonly discussion: Discussion
  readonly panel: Panel

  constructor(root: ShadowRoot, discussion: Discussion, panel: Panel, site: string) {
    this.root = root
    this.discussion = discussion
    this.panel = panel
    this.hiddenKey = `postil:hidden:${site}`
    this.hidden = storedIds(this.hiddenKey)
  }

  /** Folds the answers to a comment, or shows them again. */
  fold(id: string): void {
    const folded = new Set(this.folded)
    if (!folded.delete(id)) folded.add(id)
    this.folded = folded
  }

  /** The comments of threads that are drawn, or will be once they are no longer held back. */
  drawn(threads: Thread[]): Set<string> {
    const branches = threads.flatMap(({ id, list }) =>
      walk(
        shownOf(list, this.roots.get(id)),
        ({ comment }, level) => level < this.levels && !this.folded.has(comment.id),
      ),
    )
    return new Set(branches.map(({ comment }) => comment.id))
  }

  /** Shows a branch of a thread alone; without its first comment, all of the thread. */
  show(threadId: string, root?: string): void {
    this.roots = new Map(this.roots).set(threadId, root)
  }

  /** Shows a branch, or all of the thread, because the reader has asked for it: goes there, too. */
  branch(threadId: string, root?: string): void {
    const at = root ?? this.roots.get(threadId) ?? ''
    this.show(threadId, root)
    void this.#led((guide) => guide.arrive(this, threadId, at))
  }

  /**
   * Goes to a comment, wherever it is.
   * @param isNear it is one's own, which is about where one looks: no more is moved than needed
   */
  goTo(threadId: string, id: string, isNear = false): void {
    void this.#led((guide) => guide.goTo(this, threadId, id, isNear))
  }

  /** Goes to the comment that a link names, once the panel is open. */
  follow({ thread, comment }: Linked): void {
    void this.#led((guide) => guide.follow(this, thread, comment))
  }

  /** A comment as it is drawn. */
  element(id: string): HTMLElement | null {
    return this.root.querySelector(`[data-comment="${id}"]`)
  }

  /** What leads to comments is fetched when it is first asked for; without it, one scrolls. */
  #led(way: (guide: typeof Guide) => Promise<void>): Promise<void> {
    return later(() => import('./later/guide.ts'))
      .then(way)
      .catch(() => undefined)
  }
}
