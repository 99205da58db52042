/* eslint-disable svelte/prefer-svelte-reactivity -- what is on screen is never changed in place: a change gives a new map */
import type { Follow, FollowSubject, Follows as Told } from '../../../core/contract/follows.ts'
import { embedText } from '../../shared/messages/embed.ts'
import type { Discussion } from '../discussion.svelte.ts'

export type Choice = Pick<Follow, 'following' | 'mail'>
type Choices = ReadonlyMap<string, Choice>

/** What is followed, by a name: `replies`, `article`, or the id of a thread. */
const nameOf = (about: FollowSubject) => (about.kind === 'thread' ? about.thread : about.kind)

/** What the reader follows of this article, and when they get mail about it. A choice shows at once. */
export class Follows {
  /** Whether this server sends mail. */
  mail = $state(false)
  /** Mail came back: since when none is sent, and why. */
  stopped = $state.raw<Told['stopped']>(null)

  readonly #discussion: Discussion
  /** As the server has them, and as they are on their way to it. */
  #saved = $state.raw<Choices>(new Map())
  #wanted = $state.raw<Choices>(new Map())
  #isRead = false
  /** One after the other, so that the last choice is the one that stays. */
  #busy: Promise<unknown> = Promise.resolve()

  constructor(discussion: Discussion) {
    this.#discussion = discussion
  }

  /** A thread of an article that is followed is followed too, unless it was left out. */
  of(name: string): Choice {
    const chosen = this.#wanted.get(name) ?? this.#saved.get(name)
    if (chosen) return chosen
    const isFollowed = name === 'replies' || (name !== 'article' && this.of('article').following)
    return { following: isFollowed, mail: 'off' }
  }

  /** The threads that a choice was made about, the newest first. */
  get threads(): string[] {
    return [...this.#saved.keys()].filter((name) => name !== 'replies' && name !== 'article')
  }

  /** Reads it, where that was not done and there is an article. */
  async readOnce(): Promise<void> {
    if (!this.#isRead && this.#discussion.articleId) await this.read()
  }

  /** Reads it as it is now: choices are made elsewhere, too, such as by a link in a mail. */
  read(): Promise<void> {
    return this.#inTurn(async () => {
      const article = await this.#discussion.knownArticle()
      const told = await this.#discussion.call('GET /v1/sites/:site/follows', {
        params: { site: this.#discussion.site },
        query: { article: article.id },
      })
      this.#isRead = true
      const all = [told.replies, told.article, ...told.threads]
      this.#saved = new Map(all.map((follow) => [nameOf(follow.about), follow]))
      this.mail = told.mail
      this.stopped = told.stopped
    })
  }

  /**
   * Makes a choice.
   * @throws ApiProblem or Unreachable; then all is as it was
   */
  async choose(name: string, choice: Choice): Promise<void> {
    this.#wanted = new Map(this.#wanted).set(name, choice)
    try {
      await this.#inTurn(() => this.#save(name, choice))
    } finally {
      const wanted = new Map(this.#wanted)
      if (wanted.get(name) === choice) wanted.delete(name)
      this.#wanted = wanted
    }
  }

  async #save(name: string, { following, mail }: Choice): Promise<void> {
    const saved = await this.#discussion.call('PUT /v1/sites/:site/follows', {
      params: { site: this.#discussion.site },
      body: { about: await this.#subject(name), following, mail, language: embedText.language },
    })
    this.#saved = new Map(this.#saved).set(name, saved)
    // Whoever asks for mail anew gets it.
    if (mail !== 'off') this.stopped = null
  }

  async #subject(name: string): Promise<FollowSubject> {
    if (name === 'replies') return { kind: 'replies' }
    if (name === 'article') return { kind: 'article', article: (await this.#discussion.knownArticle()).id }
    return { kind: 'thread', thread: name }
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#busy.then(work)
    this.#busy = done.catch(() => undefined)
    return done
  }
}
