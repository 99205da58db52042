/* eslint-disable svelte/prefer-svelte-reactivity -- what is on screen is never changed in place: a change gives a new map */
import type { Found } from '../../core/anchoring/verbatim.ts'
import type { ArticleHead } from '../../core/contract/articles.ts'
import type { Anchor } from '../../core/contract/anchor.ts'
import type { ChangeFrame, LogFrame, ServerFrame } from '../../core/contract/live.ts'
import type { CommentView, ThreadPage } from '../../core/contract/threads.ts'
import { ApiProblem, type Call } from '../shared/api.ts'
import { LiveConnection } from '../shared/live.ts'
import { breathe } from './breathe.ts'
import { languageOf, type HostPage } from './host-page.ts'
import { wholeArticle, type Count } from './marks.ts'
import { Outbox, type Post } from './outbox.svelte.ts'
import type { PageBlocks } from './page-blocks.ts'
import type { Linked } from './linked.ts'
import { Places } from './places.ts'
import type { Session } from './session.svelte.ts'
import {
  isWritten,
  postedKeys,
  reactionsOf,
  withChange,
  withComments,
  withHead,
  withPage,
  withPosted,
  type Thread,
  type Threads,
} from './threads.ts'

const pageSize = 100
/** Pages read before anyone asks for more: enough for all but the busiest articles. */
const pagesAtOnce = 20

/** Where a new comment goes: into a thread that it opens on a passage, or into one that is there. */
export type Destination = { anchor: Anchor | null } | { threadId: string; parentId: string | null }

/** Everything said about the article: snapshot first, then live, each comment once. */
export class Discussion {
  threads = $state.raw<Threads>(new Map())
  readonly outbox: Outbox
  /**
   * Own posts on this page that are not there yet: shown at once, replaced by the real comment, which carries the
   * same key. One that came over the line before its answer is on screen already.
   */
  pending = $derived.by(() => {
    const posted = postedKeys(this.threads)
    return this.outbox.posts.filter(
      ({ key, url, author }) =>
        url === this.#page.url && author === this.#session.person?.id && !posted.has(key),
    )
  })
  status = $state<'loading' | 'ready' | 'failed'>('loading')
  connected = $state(true)
  readers = $state(0)
  next = $state<string | null>(null)
  /** Threads whose passage was put right here, and can be put back. */
  reattached = $state.raw<ReadonlySet<string>>(new Set())
  /** Comments that the reader asked for, page by page: not new. */
  readonly asked = new Set<string>()
  /** How much is said about each block, once all is read. */
  counts: ReadonlyMap<number, Count> = new Map()
  /** Of the last comment that came in live, for screen readers. */
  announced = $state<CommentView | null>(null)
  /** Called when the reader's inbox may have changed: that comes over the line also where nothing was said. */
  onInbox?: () => void
  /** The own comment that was withdrawn here last, until what stands in its place has got the focus. */
  withdrawn = ''

  /** Calls the server; later parts do, too. */
  readonly call: Call
  readonly #page: HostPage
  readonly #session: Session
  readonly #blocks: PageBlocks
  #places: Places
  readonly #changed: (counts: Map<number, Count>) => void
  #article: ArticleHead | null
  #seq = 0
  readonly #answered = new Set<string>()
  /** What took away a comment that is being answered, to be done when it no longer is. */
  readonly #gone = new Map<string, ChangeFrame>()
  #live: LiveConnection | null = null
  /** Counts the readings, so that one that was overtaken by a newer is dropped. */
  #reading = 0

  constructor(
    call: Call,
    page: HostPage,
    session: Session,
    blocks: PageBlocks,
    article: ArticleHead | null,
    changed: (counts: Map<number, Count>) => void,
  ) {
    this.call = call
    this.#page = page
    this.#session = session
    this.outbox = new Outbox(page, session, (post) => this.#send(post))
    this.#article = article
    this.#blocks = blocks
    this.#places = this.#placesOn(blocks)
    this.#changed = changed
    blocks.onChange(() => void this.#follow())
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

  /** Takes over what the server answered of a thread as a whole. */
  told(told: Parameters<typeof withHead>[1]): void {
    this.#set(withHead(this.threads, told))
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
      this.#article ??= (
        await this.call('GET /v1/sites/:site/articles', {
          params: { site },
          query: { url },
          anonymous: true,
        })
      ).article
      if (this.#article && !(await this.#loadSnapshot(this.#article, reading))) return
      this.status = 'ready'
      if (this.#article ?? this.onInbox) this.listen()
      void this.outbox.flush()
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
    return (thread && this.placeOf(thread)) ?? wholeArticle
  }

  /** All threads but those that were only reacted to. */
  get written(): Thread[] {
    return [...this.threads.values()].filter(isWritten)
  }

  /** The threads of a block, or those of the whole article, in which something is written; oldest first. */
  of(block: number): Thread[] {
    return [...this.threads.values()].filter((thread) => isWritten(thread) && this.placeOf(thread) === block)
  }

  /** Threads on words that are not in the article as it stands on this page. Of one with reactions only, there is nothing to show. */
  get orphans(): Thread[] {
    return [...this.threads.values()].filter(
      (thread) => thread.anchor !== null && isWritten(thread) && this.found(thread) === null,
    )
  }

  /** Where a thread's passage is on this page, or null. */
  found(thread: Thread): Found | null {
    return this.#places.of(thread)
  }

  /** The block where a lost passage stood, as far as this page's blocks are those of the server's text. */
  sectionOf(thread: Thread): number {
    const at = thread.placement?.section ?? thread.anchor?.block.index ?? 0
    return Math.min(at, this.#blocks.list.length - 1)
  }

  /** The last heading above a block, or null. */
  headingOf(block: number): string | null {
    return this.#blocks.list.slice(0, block + 1).findLast(({ kind }) => kind === 'heading')?.text ?? null
  }

  placeOf(thread: Thread): number | null {
    return thread.anchor === null ? wholeArticle : (this.found(thread)?.block ?? null)
  }

  /** The block that a post not there yet is shown at. */
  blockOf({ key, anchor }: Pick<Post, 'key' | 'anchor'>): number {
    return (anchor && this.#places.of({ id: key, anchor, placement: null })?.block) ?? wholeArticle
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
    const article = this.#article?.id ?? null
    const letter = {
      key,
      body,
      article,
      threadId: null,
      parentId: null,
      ...this.#besideReactions(destination, key),
    }
    // A reply whose thread is taken away while it waits is shown where the thread was.
    await this.outbox.post({ anchor: this.threads.get(letter.threadId ?? '')?.anchor ?? null, ...letter })
    return this.#ofKey(key)
  }

  #ofKey(key: string): string | null {
    const all = [...this.threads.values()].flatMap(({ list }) => list)
    return all.find(({ own }) => own?.key === key)?.id ?? null
  }

  /** What is written about a paragraph that was only reacted to goes to the reactions. */
  #besideReactions(destination: Destination, key: string): Destination {
    if (!('anchor' in destination) || !destination.anchor?.block.whole) return destination
    const block = this.blockOf({ key, anchor: destination.anchor })
    const thread = [...this.threads.values()].find(
      (one) => one.anchor?.block.whole && !isWritten(one) && this.placeOf(one) === block,
    )
    return thread ? { threadId: thread.id, parentId: null } : destination
  }

  async #send({ key, body, threadId, parentId, anchor, url, article }: Post): Promise<void> {
    const { site } = this.#page
    const posted =
      threadId !== null
        ? await this.call('POST /v1/sites/:site/threads/:thread/comments', {
            params: { site, thread: threadId },
            body: { body, parentId, language: this.language },
            key,
          })
        : await this.call('POST /v1/sites/:site/articles/:article/threads', {
            params: { site, article: article ?? (await this.knownArticle()).id },
            body: { body, anchor, language: this.language },
            key,
          })
    // What waited on another page of the site is sent from here, but not shown here.
    if (url === this.#page.url) this.#set(withPosted(this.threads, posted))
  }

  /**
   * Changes a comment from the revision that is on screen. Where it was changed elsewhere meanwhile, what it says now
   * is on screen when this rejects.
   * @throws ApiProblem or Unreachable
   */
  async edit(comment: CommentView, body: string): Promise<void> {
    const params = { site: this.#page.site, comment: comment.id }
    const { language } = this
    try {
      this.put(
        comment,
        await this.call('PATCH /v1/sites/:site/comments/:comment', {
          params,
          body: { body, revision: comment.revision, language },
        }),
      )
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 409) await this.load()
      throw error
    }
  }

  /**
   * Puts a thread's passage right.
   * @throws ApiProblem or Unreachable
   */
  async reattach(thread: Thread, anchor: Anchor): Promise<void> {
    const answer = await this.call('POST /v1/sites/:site/threads/:thread/passage', {
      params: { site: this.#page.site, thread: thread.id },
      body: { anchor, revision: thread.placement?.revision ?? 1 },
    })
    this.reattached = new Set(this.reattached).add(thread.id)
    this.told({ threadId: thread.id, thread: answer.thread })
  }

  /** Takes the last re-attachment of a thread back. */
  async undoReattachment(thread: Thread): Promise<void> {
    const { thread: head } = await this.call('DELETE /v1/sites/:site/threads/:thread/passage', {
      params: { site: this.#page.site, thread: thread.id },
    })
    const left = new Set(this.reattached)
    left.delete(thread.id)
    this.reattached = left
    this.told({ threadId: thread.id, thread: head })
  }

  /** Somebody else is signed in now: what may be seen has changed, and the line must carry the new cookie. */
  async viewerChanged(): Promise<void> {
    // Not one frame more on the old line: it would hide from its author what only the author may see.
    this.#live?.close()
    this.#live = null
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
    const { seq } = page
    let threads = withPage(new Map(), page)
    await this.#places.findAll(threads.values(), breathe)
    for (let read = 1; page.next !== null && read < pagesAtOnce; read += 1) {
      if (isFirst && reading === this.#reading) this.threads = threads
      page = await this.#threadPage(article, page.next)
      threads = withPage(threads, page)
      await this.#places.findAll(threads.values(), breathe)
    }
    if (reading !== this.#reading) return false
    this.#seq = seq
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
    this.listen()
    return this.#article
  }

  /** Opens the line, or says on it once more what is wanted. */
  listen(): void {
    if (this.#live) {
      this.#live.refresh()
      return
    }
    this.#live = new LiveConnection(this.#page.base, this.#page.site, {
      heard: (frame) => this.#heard(frame),
      wanted: () =>
        this.#article ? [{ type: 'subscribe', article: this.#article.id, after: this.#seq }] : [],
      connected: (up) => {
        this.connected = up
        if (!up) return
        this.outbox.hurry()
        // Of the inbox, nothing is said twice.
        this.onInbox?.()
      },
    })
  }

  #heard(frame: ServerFrame): void {
    if (frame.type === 'presence') this.readers = frame.readers
    if (frame.type === 'resync') void this.load()
    if (frame.type === 'inbox') this.onInbox?.()
    if (frame.type === 'own' && frame.article === this.articleId)
      // Of a thread that is known, what others see comes with a number.
      this.told({ ...frame, thread: this.threads.get(frame.threadId) ?? frame.thread })
    if (frame.type === 'change' || frame.type === 'revised' || frame.type === 'thread') this.#logged(frame)
  }

  /** What has a number in the article's log is applied once, and in order. */
  #logged(frame: LogFrame): void {
    if (frame.seq <= this.#seq) return
    // A number is missing: ask again from the last one that is certain.
    if (frame.seq > this.#seq + 1) return this.#live?.refresh()
    this.#seq = frame.seq
    // Every thread may be elsewhere now.
    if (frame.type === 'revised') void this.load()
    else if (frame.type === 'change') this.#commented(frame)
    // A thread that is not read yet comes with its page.
    else if (this.next === null || this.threads.has(frame.threadId)) this.told(frame)
  }

  #commented(frame: ChangeFrame): void {
    // A thread that is not read yet comes with its page.
    if (this.next !== null && !frame.comment?.own && !this.threads.has(frame.threadId)) return
    const isNew = frame.comment?.state === 'live' && !frame.comment.own && !this.#knows(frame.commentId)
    if (frame.comment === null && this.#answered.has(frame.commentId)) this.#gone.set(frame.commentId, frame)
    this.#set(withChange(this.threads, frame, this.#answered))
    if (isNew) this.announced = frame.comment
  }

  #knows(commentId: string): boolean {
    return [...this.threads.values()].some(({ list }) => list.some(({ id }) => id === commentId))
  }

  /**
   * Takes over how a comment is now.
   * @param comment null: nothing of it is left
   */
  put({ id, threadId }: CommentView, comment: CommentView | null): void {
    const thread = this.threads.get(threadId)
    if (thread) this.#set(withChange(this.threads, { commentId: id, threadId, thread, comment }))
  }

  #placesOn({ list }: PageBlocks): Places {
    return new Places(
      list.map(({ text }) => text),
      () => this.#set(new Map(this.threads)),
    )
  }

  /** The page has changed: every passage is looked for again. */
  async #follow(): Promise<void> {
    const { list } = this.#blocks
    const places = this.#placesOn(this.#blocks)
    await places.findAll(this.threads.values(), breathe)
    if (list !== this.#blocks.list) return
    this.#places = places
    this.#set(new Map(this.threads))
  }

  #set(threads: Threads): void {
    this.threads = threads
    // Before all is read, the marks know more.
    if (this.next !== null) return
    const counts = new Map<number, Count>()
    for (const thread of threads.values()) {
      const place = this.placeOf(thread)
      if (place === null && !isWritten(thread)) continue
      const block = place ?? wholeArticle
      const { comments, reactions } = counts.get(block) ?? { comments: 0, reactions: 0 }
      counts.set(block, {
        comments: comments + thread.comments,
        reactions: reactions + reactionsOf(thread),
      })
    }
    this.counts = counts
    this.#changed(counts)
  }
}
