import { createStore, del, set, values } from 'idb-keyval'
import type { Anchor } from '../../core/contract/anchor.ts'
import { ApiProblem, Unreachable } from '../shared/api.ts'
import { waitingKey } from './awaited.ts'
import { explain } from './explain.ts'
import type { HostPage } from './host-page.ts'
import type { Session } from './session.svelte.ts'
import { store } from '../shared/store.ts'

/** What is posted, and where to. */
interface Letter {
  /** Makes every try the same post. */
  key: string
  body: string
  /** Null where it opens a thread. */
  threadId: string | null
  parentId: string | null
  /** Of the thread; null for one on the whole article. */
  anchor: Anchor | null
  /** The article's id as far as it is known. */
  article: string | null
}

/** A post that is not there yet: on its way, or kept on this device until the server can be reached. */
export interface Post extends Letter {
  site: string
  url: string
  /** Who wrote it: it is never sent in another name. */
  author: string
  at: number
  /** `sending`, empty while it waits, or why the server does not take it. */
  state: string
}

/** How many posts wait at most, on all pages of an origin. */
const most = 50
const firstPause = 5_000
const longestPause = 300_000
export const sending = 'sending'

/** What was posted and is not there yet. What cannot be sent now is kept in IndexedDB and sent when it can. */
export class Outbox {
  /** Oldest first; also those of other people on this device and of other articles. */
  posts = $state.raw<readonly Post[]>([])
  readonly #store = createStore('postil', 'outbox')
  readonly #site: string
  readonly #url: string
  readonly #session: Session
  readonly #send: (post: Post) => Promise<void>
  #tries = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #isFlushing = false
  readonly #signal: AbortSignal

  /** @param send rejects with ApiProblem or Unreachable */
  constructor({ base, site, url, signal }: HostPage, session: Session, send: (post: Post) => Promise<void>) {
    this.#site = `${base} ${site}`
    this.#url = url
    this.#session = session
    this.#send = send
    this.#signal = signal
    addEventListener('online', () => this.hurry(), { signal })
  }

  /**
   * Sends a post, behind those that wait for the same thread; where nobody answers, it is kept.
   * @throws ApiProblem; Unreachable where it could not be kept either
   */
  async post(letter: Letter): Promise<void> {
    const isBehind = this.posts.some(
      (post) =>
        post.threadId === letter.threadId &&
        (this.#isDue(post) || (this.#isFlushing && post.state === sending)),
    )
    const author = this.#session.viewer?.id ?? ''
    const post = { ...letter, site: this.#site, url: this.#url, author, at: Date.now(), state: sending }
    this.#put(post)
    try {
      if (isBehind) throw new Unreachable('Others go first.')
      await this.#send(post)
      this.#drop(post)
    } catch (error) {
      if (!(error instanceof Unreachable) || !(await this.#keep({ ...post, state: '' }))) {
        this.#drop(post)
        throw error
      }
      if (isBehind) this.hurry()
    }
  }

  /** There is reason to believe that the server can be reached again. */
  hurry(): void {
    this.#tries = 0
    void this.flush()
  }

  /** Sends what waits, as far as the one who wrote it is signed in; each thread's in order. */
  async flush(): Promise<void> {
    if (this.#isFlushing || this.#signal.aborted) return
    this.#isFlushing = true
    try {
      for (const post of await this.#kept())
        if (this.#isOurs(post) && !this.posts.some(({ key }) => key === post.key)) this.#put(post)
      // Somebody else may have signed in meanwhile, in another tab.
      if (this.posts.some(({ state }) => state === '')) await this.#session.load()
      // eslint-disable-next-line svelte/prefer-svelte-reactivity -- of this one attempt, not on screen
      const stuck = new Set<string | null>()
      const next = () => this.posts.find((post) => this.#isDue(post) && !stuck.has(post.threadId))
      for (let post = next(); post; post = next()) if (!(await this.#try(post))) stuck.add(post.threadId)
    } catch {
      // Nobody answers, or the storage is blocked.
    }
    this.#isFlushing = false
    this.#wait()
  }

  /** @returns false where it was sent or taken back elsewhere */
  async takeBack(post: Post): Promise<boolean> {
    const isKept = await this.#isKept(post)
    await this.#forget(post)
    this.#drop(post)
    return isKept
  }

  /**
   * @returns false where those behind it have to wait
   * @throws Unreachable
   */
  async #try(post: Post): Promise<boolean> {
    // Another tab may have sent it, or taken it back.
    if (await this.#isKept(post)) {
      this.#put({ ...post, state: sending })
      try {
        await this.#send(post)
        await this.#forget(post)
      } catch (error) {
        const state = refusal(error)
        this.#put({ ...post, state })
        if (!(error instanceof ApiProblem)) throw error
        if (error.status === 401) this.#session.viewer = null
        return state !== ''
      }
      this.#tries = 0
    }
    this.#drop(post)
    return true
  }

  async #kept(): Promise<Post[]> {
    const posts = await values<Post>(this.#store)
    if (posts.length === 0) store(waitingKey, null)
    return posts
  }

  async #forget({ key }: Post): Promise<void> {
    await del(key, this.#store)
    await this.#kept()
  }

  async #isKept(post: Post): Promise<boolean> {
    return (await this.#kept()).some(({ key }) => key === post.key)
  }

  /** @returns whether it could be kept */
  async #keep(post: Post): Promise<boolean> {
    try {
      if ((await this.#kept()).length >= most) return false
      await set(post.key, post, this.#store)
      // On the next visit it is sent unasked.
      store(waitingKey, '1')
    } catch {
      return false
    }
    this.#put(post)
    this.#wait()
    return true
  }

  /** Of another article only what can be sent without its page. */
  readonly #isOurs = ({ site, url, article }: Post) =>
    site === this.#site && (url === this.#url || article !== null)

  readonly #isDue = ({ state, author }: Post) => state === '' && author === this.#session.viewer?.id

  /** Tries again by itself, less and less often, and not all readers at once. */
  #wait(): void {
    clearTimeout(this.#timer)
    if (!this.posts.some(this.#isDue)) return
    const longest = Math.min(longestPause, firstPause * 2 ** this.#tries++)
    this.#timer = setTimeout(() => void this.flush(), longest * (0.5 + Math.random() / 2))
  }

  #put(post: Post): void {
    this.#drop(post)
    this.posts = [...this.posts, post].sort((a, b) => a.at - b.at)
  }

  #drop(post: Post): void {
    this.posts = this.posts.filter(({ key }) => key !== post.key)
  }
}

/** Why the server will never take a post as it is; nothing where another time may do. */
function refusal(error: unknown): string {
  const isFinal = error instanceof ApiProblem && error.status < 500 && ![401, 429].includes(error.status)
  return isFinal ? explain(error) : ''
}
