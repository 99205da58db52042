/* eslint-disable svelte/prefer-svelte-reactivity -- what is on screen is never changed in place: a change gives a new map */
import type { ArticleHead } from '../../core/contract/articles.ts'
import type { ChangeFrame } from '../../core/contract/live.ts'
import type { CommentView, Posted, ThreadPage } from '../../core/contract/threads.ts'
import type { Call } from '../shared/api.ts'
import { languageOf, type HostPage } from './host-page.ts'
import { Line, type Entry } from './line.svelte.ts'
import type { Linked } from './linked.ts'
import { wholeArticle, type Count } from './marks.ts'
import { OpenHours } from './open-hours.svelte.ts'
import type { PageBlocks } from './page-blocks.ts'
import { Places } from './places.ts'
import type { Session } from './session.svelte.ts'
import type { Tell } from './start.ts'
import {
  isWritten,
  withChange,
  withComments,
  withHead,
  withPage,
  withPosted,
  type Thread,
  type Threads,
} from './threads.ts'
import { Writing } from './writing.svelte.ts'

const pageSize = 100
/** Pages read before anyone asks for more: enough for all but the busiest articles. */
const pagesAtOnce = 20

/** Everything said about the article: snapshot first, then live, each comment once. */
export class Discussion {
  threads = $state.raw<Threads>(new Map())
  status = $state<'loading' | 'ready' | 'failed'>('loading')
  next = $state<string | null>(null)
  /** Comments that the reader asked for, page by page: not new. */
  readonly asked = new Set<string>()
  /** Of the last comment that came in live, for screen readers. */
  announced = $state<CommentView | null>(null)
  readonly places: Places
  readonly writing: Writing
  readonly line: Line
  readonly hours = new OpenHours()

  /** Calls the server; later parts do, too. */
  readonly call: Call
  readonly #page: HostPage
  readonly #blocks: PageBlocks
  readonly #changed: (counts: Map<number, Count>) => void
  readonly #tell: Tell
  #article: ArticleHead | null
  readonly #answered = new Set<string>()
  /** What took away a comment that is being answered, to be done when it no longer is. */
  readonly #gone = new Map<string, ChangeFrame>()
  /** Counts the readings, so that one that was overtaken by a newer is dropped. */
  #reading = 0

  constructor(
    call: Call,
    page: HostPage,
    session: Session,
    blocks: PageBlocks,
    article: ArticleHead | null,
    changed: (counts: Map<number, Count>) => void,
    tell: Tell,
  ) {
    this.#tell = tell
    this.call = call
    this.#page = page
    this.#article = article
    this.#blocks = blocks
    this.#changed = changed
    this.places = new Places(
      blocks,
      () => this.threads,
      () => this.#set(new Map(this.threads)),
    )
    this.writing = new Writing(this, page, session)
    this.line = new Line(page, {
      article: () => this.articleId,
      heard: (entry) => this.#apply(entry),
      own: (frame) => {
        // Of a thread that is known, what others see comes with a number.
        if (frame.article === this.articleId)
          this.told({ ...frame, thread: this.threads.get(frame.threadId) ?? frame.thread })
      },
      resync: () => void this.load(),
      hours: (periods) => this.hours.told(periods),
      connected: () => this.writing.outbox.hurry(),
    })
    page.signal.addEventListener('abort', () => {
      this.#reading += 1
      this.line.close()
      this.hours.told([])
    })
  }

  /** Postil's own origin, for links to comments. */
  get base(): string {
    return this.#page.base
  }

  /** Null until somebody has said something about the page. */
  get articleId(): string | null {
    return this.#article?.id ?? null
  }

  get site(): string {
    return this.#page.site
  }

  /** What the page says it is written in, as its comments most likely are too; empty where it says nothing. */
  get language(): string {
    return languageOf(this.#blocks.article)?.slice(0, 35) ?? ''
  }

  /** Reads the snapshot and listens from there on. Called again, it starts anew and loses nothing that is typed. */
  async load(): Promise<void> {
    const reading = ++this.#reading
    this.status = this.threads.size > 0 ? 'ready' : 'loading'
    try {
      const { site, url } = this.#page
      if (!this.#article) {
        const read = await this.call('GET /v1/sites/:site/articles', { params: { site }, query: { url } })
        if (reading !== this.#reading) return
        this.#article = read.article
        this.hours.read(read.hours)
      }
      if (this.#article && !(await this.#loadSnapshot(this.#article, reading))) return
      this.status = 'ready'
      if (this.#article ?? this.line.onInbox) this.line.listen()
      void this.writing.outbox.flush()
    } catch {
      if (reading === this.#reading) this.status = 'failed'
    }
  }

  /** The next threads of an article with more of them than are read at once. */
  async loadMore(): Promise<void> {
    if (!this.#article || this.next === null) return
    const page = await this.#threadPage(this.#article, this.next)
    this.next = page.next
    for (const { first } of page.threads) for (const { id } of first) this.asked.add(id)
    this.#set(withPage(this.threads, page))
  }

  async loadComments(thread: Thread): Promise<void> {
    if (thread.next === null) return
    const page = await this.call('GET /v1/sites/:site/threads/:thread/comments', {
      params: { site: this.#page.site, thread: thread.id },
      query: { cursor: thread.next },
    })
    for (const { id } of page.comments) this.asked.add(id)
    this.#set(withComments(this.threads, thread.id, page))
  }

  /**
   * Reads as far as a comment that a link names.
   * @returns the block it is shown at: the whole article's where its passage, or the thread, is not here
   */
  async bring({ thread: id, comment }: Linked): Promise<number> {
    for (let pages = 0; pages < pagesAtOnce && !this.#knows(comment); pages += 1) {
      const thread = this.threads.get(id)
      if (thread?.next) await this.loadComments(thread)
      else if (!thread && this.next !== null) await this.loadMore()
      else break
    }
    const thread = this.threads.get(id)
    return (thread && this.places.placeOf(thread)) ?? wholeArticle
  }

  /** All threads but those that were only reacted to. */
  get written(): Thread[] {
    return [...this.threads.values()].filter(isWritten)
  }

  /** Somebody else is signed in now: what may be seen has changed, and the line must carry the new cookie. */
  async viewerChanged(): Promise<void> {
    // Not one frame more on the old line: it would hide from its author what only the author may see.
    this.line.close()
    await this.load()
  }

  /**
   * Keeps a comment on screen, as a tombstone at least, while somebody answers it.
   * @returns lets it go
   */
  answering(comment: CommentView): () => void {
    this.#answered.add(comment.id)
    return () => {
      this.#answered.delete(comment.id)
      const gone = this.#gone.get(comment.id)
      this.#gone.delete(comment.id)
      if (gone) this.#set(withChange(this.threads, gone))
    }
  }

  /**
   * Reads page by page. Listening goes on from the number of the first, so that what happens meanwhile comes once
   * more over the line; what was there before stays on screen until all is read.
   * @returns false where a newer reading has begun meanwhile
   */
  async #loadSnapshot(article: ArticleHead, reading: number): Promise<boolean> {
    const isFirst = this.threads.size === 0
    let page = await this.#threadPage(article, null)
    const { seq, hours } = page
    this.hours.read(hours)
    let threads = withPage(new Map(), page)
    await this.places.findAll(threads)
    for (let read = 1; page.next !== null && read < pagesAtOnce; read += 1) {
      if (isFirst && reading === this.#reading) this.threads = threads
      page = await this.#threadPage(article, page.next)
      threads = withPage(threads, page)
      await this.places.findAll(threads)
    }
    if (reading !== this.#reading) return false
    this.line.seq = seq
    this.next = page.next
    this.#set(threads)
    return true
  }

  async #threadPage(article: ArticleHead, cursor: string | null): Promise<ThreadPage> {
    return await this.call('GET /v1/sites/:site/articles/:article/threads', {
      params: { site: this.#page.site, article: article.id },
      query: { limit: pageSize, ...(cursor !== null && { cursor }) },
    })
  }

  /** The article, registered where the server does not know it yet. */
  async knownArticle(): Promise<ArticleHead> {
    if (this.#article) return this.#article
    const { site, url, title } = this.#page
    const language = languageOf(this.#blocks.article)
    this.#article = await this.call('POST /v1/sites/:site/articles', {
      params: { site },
      body: { url, title: title.slice(0, 500), ...(language && { language }) },
    })
    this.line.listen()
    return this.#article
  }

  /** Applies the next of the article's log. */
  #apply(entry: Entry): void {
    const isOwn = entry.type === 'change' && entry.comment?.own
    // A thread that is not read yet comes with its page.
    if (this.next !== null && !isOwn && !this.threads.has(entry.threadId)) return
    if (entry.type === 'change') this.#commented(entry)
    else this.told(entry)
  }

  #commented(frame: ChangeFrame): void {
    const isNew = frame.comment?.state === 'live' && !frame.comment.own && !this.#knows(frame.commentId)
    if (frame.comment === null && this.#answered.has(frame.commentId)) this.#gone.set(frame.commentId, frame)
    this.#set(withChange(this.threads, frame, this.#answered))
    if (isNew) this.announced = frame.comment
  }

  #knows(commentId: string): boolean {
    return [...this.threads.values()].some(({ list }) => list.some(({ id }) => id === commentId))
  }

  /** Takes over what the server answered of a thread as a whole. */
  told(told: Parameters<typeof withHead>[1]): void {
    this.#set(withHead(this.threads, told))
  }

  /**
   * Takes over how a comment is now.
   * @param comment null: nothing of it is left
   */
  put({ id, threadId }: CommentView, comment: CommentView | null): void {
    const thread = this.threads.get(threadId)
    if (thread) this.#set(withChange(this.threads, { commentId: id, threadId, thread, comment }))
  }

  /** Takes over the answer to a post of one's own. */
  posted(answer: Posted): void {
    const { id, state } = answer.comment
    this.#tell('post', { comment: id, isHeld: state === 'held' })
    this.#set(withPosted(this.threads, answer))
  }

  #set(threads: Threads): void {
    this.threads = threads
    // Before all is read, the marks know more.
    if (this.next !== null) return
    this.#changed(this.places.count())
  }
}
