import { tick } from 'svelte'
import type { OwnSanction } from '../../../core/contract/appeals.ts'
import type { Viewer } from '../../../core/contract/people.ts'
import { ApiProblem } from '../../shared/api.ts'
import { moreText as say } from '../../shared/messages/more.ts'
import type { Discussion } from '../discussion.svelte.ts'
import { explain } from '../explain.ts'
import type { Linked } from '../linked.ts'
import type { Panel } from '../panel.svelte.ts'
import type { Reading } from '../reading.svelte.ts'
import type { Session } from '../session.svelte.ts'
import Bell from './Bell.svelte'
import Follow from './Follow.svelte'
import { Follows } from './follows.svelte.ts'
import { InboxList } from './inbox.svelte.ts'
import Inbox from './Inbox.svelte'
import Sanctions from './Sanctions.svelte'

/** The reader who is signed in: their inbox, and what they follow of this article. */
export default class Reader {
  // The thread view shows these without knowing more of them.
  readonly Bell = Bell
  readonly Follow = Follow
  readonly Inbox = Inbox
  readonly Sanctions = Sanctions
  readonly title = say.inbox
  /** What moderators decided about the reader, and they have not said to have read. */
  sanctions = $state.raw<OwnSanction[]>([])
  readonly inbox: InboxList
  readonly follows: Follows
  /** Opens the thread of a comment at its passage, with the comment in view. */
  readonly bring: (linked: Linked) => Promise<void>
  readonly discussion: Discussion
  readonly #root: ShadowRoot
  readonly #panel: Panel
  readonly #session: Session
  readonly #viewer: Viewer | null
  /** How far the discussion was scrolled when the inbox took its place. */
  #scrolled = 0

  constructor({ root, discussion, panel }: Reading, session: Session, bring: Reader['bring']) {
    this.inbox = new InboxList(discussion)
    this.follows = new Follows(discussion)
    this.bring = bring
    this.discussion = discussion
    this.#root = root
    this.#panel = panel
    this.#session = session
    this.#viewer = session.viewer
    discussion.line.onInbox = () => this.#refresh()
    this.#refresh()
    // Else it listens by itself once all is read.
    if (discussion.status === 'ready') discussion.line.listen()
  }

  /** Shows the inbox in the place of the discussion. */
  async open(): Promise<void> {
    this.#scrolled = this.#scroller?.scrollTop ?? 0
    this.inbox.isShown = true
    this.#panel.inbox = this
    if (this.#panel.layout.height === 'peek') this.#panel.layout.stand('half')
    await tick()
    this.#focus('#postil-title')
    await this.attempt(() => this.inbox.refresh())
    await this.reveal()
  }

  /** Brings the inbox into sight once more: what was read has made it taller. */
  async reveal(): Promise<void> {
    await tick()
    if (this.isOpen) this.#panel.layout.reveal()
  }

  /** Back to the discussion, where one was. */
  async close(): Promise<void> {
    this.#panel.inbox = null
    await tick()
    this.#scroller?.scrollTo({ top: this.#scrolled, behavior: 'instant' })
    this.#focus('.bell')
  }

  get isOpen(): boolean {
    return this.#panel.inbox === this
  }

  /**
   * Does something that may not work.
   * @returns what went wrong, for the reader; empty where nothing did
   */
  async attempt(work: () => Promise<void>): Promise<string> {
    try {
      await work()
      return ''
    } catch (error) {
      const isTheirs = this.#session.viewer === this.#viewer
      if (isTheirs && error instanceof ApiProblem && error.status === 401) {
        this.#session.problem = explain(error)
        this.#session.viewer = null
      }
      return explain(error)
    }
  }

  /** Says that the reader has read what moderators decided about them. */
  async acknowledge(sanction: string): Promise<void> {
    const { call, site } = this.discussion
    await call('PUT /v1/sites/:site/sanctions/:sanction/acknowledgement', { params: { site, sanction } })
    this.sanctions = this.sanctions.filter(({ id }) => id !== sanction)
  }

  /** Keeps the focus where something that had it goes away. */
  focusTitle(): void {
    this.#focus('#postil-title')
  }

  #refresh(): void {
    // Who has signed out has no inbox any more.
    if (this.#session.viewer !== this.#viewer) return
    void this.attempt(() => this.inbox.refresh())
    void this.attempt(() => this.follows.readOnce())
    void this.attempt(() => this.#readSanctions())
  }

  async #readSanctions(): Promise<void> {
    const { call, site } = this.discussion
    const { sanctions } = await call('GET /v1/sites/:site/sanctions', { params: { site } })
    this.sanctions = sanctions
  }

  get #scroller(): Element | null {
    return this.#root.querySelector('.scroll')
  }

  #focus(selector: string): void {
    this.#root.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true })
  }
}
