import type { PublicReaction } from '../../../core/contract/reaction.ts'
import type { NewReaction } from '../../../core/contract/reactions.ts'
import { ApiProblem } from '../../shared/api.ts'
import { moreText as say } from '../../shared/messages/more.ts'
import type { Discussion } from '../discussion.svelte.ts'
import { explain } from '../explain.ts'
import type { Target } from '../target.ts'
import type { Session } from '../session.svelte.ts'
import type { Thread } from '../threads.ts'
import { afterPress, isOpen, isPressed, tally, threadsOn, type Shown } from './reactions.ts'

/** The reactions to one passage, and the viewer's own: shown at once, then sent. */
export class Reacting {
  problem = $state('')
  readonly #discussion: Discussion
  readonly #session: Session
  readonly #target: () => Target
  /** What is to be, while it is sent; what comes over the line meanwhile may hold it already. */
  #wished = $state.raw<Shown | null>(null)
  #sending: Promise<unknown> = Promise.resolve()
  readonly shown
  /** The thread in which the viewer has reported a typo. */
  readonly typo

  constructor(discussion: Discussion, session: Session, target: () => Target) {
    this.#discussion = discussion
    this.#session = session
    this.#target = target
    this.shown = $derived(this.#wished ?? tally(this.#threads, this.#isWhole))
    this.typo = $derived(this.#threads.find(({ typo }) => typo))
  }

  /** Reacts, changes the reaction, or takes it back; once the reader is signed in. */
  press(kind: PublicReaction): void {
    const isSignedIn = this.#session.viewer !== null
    this.#signedIn(() => {
      // Who was not signed in did not see an own reaction, and did not mean to take it back.
      if (isSignedIn || !isPressed(this.shown, kind)) this.#press(kind)
    })
  }

  /**
   * Reports a typo, once the reader is signed in.
   * @param text what it should say
   * @param done called when it is there
   */
  report(text: string, done: () => void): void {
    const send = async () => {
      if (await this.#attempt(() => this.#put(this.typo, { kind: 'typo', text }))) done()
    }
    this.#signedIn(() => void send())
  }

  /** Takes the report of a typo back. */
  async takeBack(): Promise<boolean> {
    return await this.#attempt(() =>
      this.#delete(
        this.#threads.filter(({ typo }) => typo),
        'typo',
      ),
    )
  }

  get #threads(): Thread[] {
    return threadsOn(this.#discussion, this.#target())
  }

  get #isWhole(): boolean {
    return this.#target().anchor?.block.whole === true
  }

  #press(kind: PublicReaction): void {
    const isBack = isPressed(this.shown, kind)
    const wished = afterPress(this.shown, kind)
    this.#wished = wished
    const work = () =>
      isBack ? this.#delete(this.#threads.filter(({ mine }) => mine === kind)) : this.#react(kind)
    // One after the other, so that what was pressed last counts.
    this.#sending = this.#sending
      .then(() => this.#attempt(work))
      .then((isDone) => {
        if (!isDone || this.#wished === wished) this.#wished = null
      })
  }

  async #react(kind: PublicReaction): Promise<void> {
    await this.#put(
      this.#threads.find(({ anchor, mine }) => anchor?.block.whole === this.#isWhole && mine !== null),
      { kind },
    )
  }

  /** @param thread in which the viewer has reacted so; without, the one of the passage itself */
  async #put(thread: Thread | undefined, given: NewReaction): Promise<void> {
    const { anchor } = this.#target()
    if (!anchor) return
    const at = thread ?? this.#threads.find((one) => one.anchor?.block.whole === this.#isWhole && isOpen(one))
    const { call, site } = this.#discussion
    const answer = at
      ? await call('PUT /v1/sites/:site/threads/:thread/reaction', {
          params: { site, thread: at.id },
          body: given,
        })
      : await call('PUT /v1/sites/:site/articles/:article/reaction', {
          params: { site, article: (await this.#discussion.knownArticle()).id },
          body: { ...given, anchor },
        })
    this.#discussion.told({ threadId: answer.thread.id, ...answer })
  }

  async #delete(threads: Thread[], kind?: 'typo'): Promise<void> {
    const { call, site } = this.#discussion
    for (const { id } of threads) {
      const answer = await call('DELETE /v1/sites/:site/threads/:thread/reaction', {
        params: { site, thread: id },
        query: { ...(kind && { kind }) },
      })
      this.#discussion.told({ threadId: id, ...answer })
    }
  }

  #signedIn(act: () => void): void {
    const { viewer } = this.#session
    this.problem = viewer?.role === 'guest' ? say.guestReaction : ''
    if (!viewer) this.#session.signIn(act)
    else if (!this.problem) act()
  }

  async #attempt(work: () => Promise<void>): Promise<boolean> {
    this.problem = ''
    try {
      await work()
      return true
    } catch (error) {
      this.problem = this.#reason(error)
      return false
    }
  }

  #reason(error: unknown): string {
    if (!(error instanceof ApiProblem && error.status === 401)) return explain(error, say.notReacted)
    this.#session.viewer = null
    return say.signedOut
  }
}
