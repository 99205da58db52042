import type { InboxItem, InboxPage, InboxRead } from '../../../core/contract/follows.ts'
import type { Discussion } from '../discussion.svelte.ts'

const pageSize = 20
const mostAtOnce = 100

/** What the reader was told of on this site, as far as it is read; and how much of all is unread. */
export class InboxList {
  items = $state.raw<InboxItem[]>([])
  /** Counted up to 100, which means “or more”. */
  unread = $state(0)
  next = $state<string | null>(null)
  status = $state<'loading' | 'ready' | 'failed'>('loading')
  /** Until somebody looks, only the number is asked for. */
  isShown = false

  readonly #discussion: Discussion
  #reading: Promise<void> | null = null
  #isOutdated = false

  constructor(discussion: Discussion) {
    this.#discussion = discussion
  }

  /** Reads again what is new, and what was read elsewhere; what happens meanwhile is read after it, once. */
  refresh(): Promise<void> {
    this.#isOutdated = true
    if (this.status === 'failed') this.status = 'loading'
    this.#reading ??= this.#readAll().finally(() => (this.#reading = null))
    return this.#reading
  }

  /** The next older ones. */
  async more(): Promise<void> {
    if (this.next === null) return
    const page = await this.#page({ cursor: this.next, limit: pageSize })
    this.items = [...this.items, ...page.items.filter(({ id }) => !this.items.some((one) => one.id === id))]
    this.next = page.next
  }

  /** Marks one as read; it shows at once. */
  async read({ id, read }: InboxItem): Promise<void> {
    if (!read) await this.#mark({ ids: [id] }, (item) => item.id === id)
  }

  /** Marks all as read up to the newest that is shown: what came since is not meant. */
  async readAll(): Promise<void> {
    const newest = this.items[0]
    if (newest) await this.#mark({ upTo: newest.id }, () => true)
  }

  async #mark(body: InboxRead, isMeant: (item: InboxItem) => boolean): Promise<void> {
    const marked = this.items.filter((item) => !item.read && isMeant(item)).length
    this.items = this.items.map((item) => (isMeant(item) ? { ...item, read: true } : item))
    this.unread = 'upTo' in body ? 0 : Math.max(0, this.unread - marked)
    try {
      await this.#discussion.call('POST /v1/sites/:site/inbox/read', {
        params: { site: this.#discussion.site },
        body,
      })
    } finally {
      // The server knows: also where more is unread than is shown, or where it was not marked.
      this.refresh().catch(() => undefined)
    }
  }

  async #readAll(): Promise<void> {
    try {
      while (this.#isOutdated) {
        this.#isOutdated = false
        const limit = this.isShown ? Math.min(mostAtOnce, Math.max(pageSize, this.items.length)) : 1
        const page = await this.#page({ limit })
        this.unread = page.unread
        if (limit > 1) this.#merge(page)
      }
    } catch (error) {
      if (this.items.length === 0) this.status = 'failed'
      throw error
    }
  }

  /** What is older than the page stays, unless something between them is not known. */
  #merge(page: InboxPage): void {
    const last = page.items.at(-1)?.id
    const [newest] = this.items
    const isJoined = last !== undefined && newest !== undefined && last <= newest.id
    const older = page.next !== null && isJoined ? this.items.filter(({ id }) => id < last) : []
    this.items = [...page.items, ...older.map((item) => (page.unread === 0 ? { ...item, read: true } : item))]
    if (older.length === 0) this.next = page.next
    this.status = 'ready'
  }

  #page(query: { cursor?: string; limit: number }): Promise<InboxPage> {
    return this.#discussion.call('GET /v1/sites/:site/inbox', {
      params: { site: this.#discussion.site },
      query,
    })
  }
}
