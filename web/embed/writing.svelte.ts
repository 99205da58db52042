/* eslint-disable svelte/prefer-svelte-reactivity -- what is on screen is never changed in place: a change gives a new set */
import type { Anchor } from '../../core/contract/anchor.ts'
import type { CommentView } from '../../core/contract/threads.ts'
import { ApiProblem } from '../shared/api.ts'
import type { Discussion } from './discussion.svelte.ts'
import type { HostPage } from './host-page.ts'
import { Outbox, type Post } from './outbox.svelte.ts'
import type { Session } from './session.svelte.ts'
import { isWritten, postedKeys } from './threads.ts'

/** Where a new comment goes: into a thread that it opens on a passage, or into one that is there. */
export type Destination = { anchor: Anchor | null } | { threadId: string; parentId: string | null }

/** What is written into, and what tells it of an answer. */
type Written = Pick<
  Discussion,
  'call' | 'threads' | 'places' | 'articleId' | 'knownArticle' | 'language' | 'load' | 'posted' | 'put'
>

/** What the reader writes and changes. */
export class Writing {
  readonly outbox: Outbox
  /**
   * Own posts on this page that are not there yet: shown at once, replaced by the real comment, which carries the
   * same key. One that came over the line before its answer is on screen already.
   */
  pending = $derived.by(() => {
    const posted = postedKeys(this.#discussion.threads)
    return this.outbox.posts.filter(
      ({ key, url, author }) =>
        url === this.#page.url && author === this.#session.person?.id && !posted.has(key),
    )
  })
  /** Threads whose passage was put right here, and can be put back. */
  reattached = $state.raw<ReadonlySet<string>>(new Set())
  /** The own comment that was withdrawn here last, until what stands in its place has got the focus. */
  withdrawn = ''
  readonly #discussion: Written
  readonly #page: HostPage
  readonly #session: Session

  constructor(discussion: Written, page: HostPage, session: Session) {
    this.#discussion = discussion
    this.#page = page
    this.#session = session
    this.outbox = new Outbox(page, session, (post) => this.#send(post))
  }

  /**
   * Posts a comment; it shows at once. Where nobody answers, it is kept and sent later.
   * @param key the same for every try of the same post
   * @returns the comment's id; null while it waits
   * @throws ApiProblem or Unreachable; the text is then the caller's to keep
   */
  async post(destination: Destination, body: string, key: string): Promise<string | null> {
    // A try that seemed to fail has arrived.
    const arrived = this.#ofKey(key)
    if (arrived) return arrived
    const { articleId: article, threads } = this.#discussion
    const letter = {
      key,
      body,
      article,
      threadId: null,
      parentId: null,
      ...this.#besideReactions(destination, key),
    }
    // A reply whose thread is taken away while it waits is shown where the thread was.
    await this.outbox.post({ anchor: threads.get(letter.threadId ?? '')?.anchor ?? null, ...letter })
    return this.#ofKey(key)
  }

  #ofKey(key: string): string | null {
    const all = [...this.#discussion.threads.values()].flatMap(({ list }) => list)
    return all.find(({ own }) => own?.key === key)?.id ?? null
  }

  /** What is written about a paragraph that was only reacted to goes to the reactions. */
  #besideReactions(destination: Destination, key: string): Destination {
    if (!('anchor' in destination) || !destination.anchor?.block.whole) return destination
    const { threads, places } = this.#discussion
    const block = places.blockOf({ key, anchor: destination.anchor })
    const thread = [...threads.values()].find(
      (one) => one.anchor?.block.whole && !isWritten(one) && places.placeOf(one) === block,
    )
    return thread ? { threadId: thread.id, parentId: null } : destination
  }

  async #send({ key, body, threadId, parentId, anchor, url, article }: Post): Promise<void> {
    const { site } = this.#page
    const { call } = this.#discussion
    const posted =
      threadId !== null
        ? await call('POST /v1/sites/:site/threads/:thread/comments', {
            params: { site, thread: threadId },
            body: { body, parentId, language: this.#discussion.language },
            key,
          })
        : await call('POST /v1/sites/:site/articles/:article/threads', {
            params: { site, article: article ?? (await this.#discussion.knownArticle()).id },
            body: { body, anchor, language: this.#discussion.language },
            key,
          })
    // What waited on another page of the site is sent from here, but not shown here.
    if (url === this.#page.url) this.#discussion.posted(posted)
  }

  /**
   * Changes a comment from the revision that is on screen. Where it was changed elsewhere meanwhile, what it says now
   * is on screen when this rejects.
   * @throws ApiProblem or Unreachable
   */
  async edit(comment: CommentView, body: string): Promise<void> {
    const params = { site: this.#page.site, comment: comment.id }
    const { call, language } = this.#discussion
    try {
      const edited = await call('PATCH /v1/sites/:site/comments/:comment', {
        params,
        body: { body, revision: comment.revision, language },
      })
      this.#discussion.put(comment, edited)
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 409) await this.#discussion.load()
      throw error
    }
  }
}
