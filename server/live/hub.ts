import type { ServerFrame } from '../../core/contract/live.ts'
import type { Change } from '../comments/index.ts'

/** One browser's line, as the hub needs it. */
export interface Line {
  accountId: string | null
  /** Bytes that wait because the reader is slow. */
  backlog: () => number
  send: (frame: string) => void
}

interface Subscriber {
  line: Line
  /** The last event sent. */
  cursor: number
  /** While the replay runs, live changes are left to it. */
  catchingUp: boolean
}

interface Channel {
  siteId: string
  articleId: string
  /** How often this channel was woken: tells a replay that there may be more than it just read. */
  wakes: number
  subscribers: Map<Line, Subscriber>
  /** Set while events are being read; `again` when more were announced meanwhile, the first of them at `since`. */
  reading: boolean
  again: boolean
  since: number
  /** How many read it on all servers, as its readers were told last; and on this one, as the others were. */
  presenceTold: number
  presenceSaid: number
  presenceTimer: NodeJS.Timeout | null
}

interface Limits {
  /** Bytes that may wait for one reader before it is told to read the snapshot again. */
  backlog: number
  /** Events replayed to one reader; past it the snapshot is cheaper. */
  replay: number
  /** Milliseconds between two presence frames of an article. */
  presence: number
  /** Milliseconds after which the log is read again when it could not be read. */
  retry: number
}
const defaultLimits: Limits = { backlog: 1_000_000, replay: 1000, presence: 2000, retry: 1000 }
const batch = 200
/** Articles whose logs are looked at in one query. */
const mostLooked = 1000

type ReadChanges = (
  article: { siteId: string; articleId: string },
  after: number,
  limit: number,
) => Promise<Change[]>

/** The other servers, as far as they concern who reads an article. */
interface Others {
  /** How many read it there. */
  readers: (articleId: string) => number
  /** Tells them how many read it here. */
  tell: (articleId: string, readers: number) => void
}
const alone: Others = { readers: () => 0, tell: () => undefined }

const frame = (value: ServerFrame): string => JSON.stringify(value)

/**
 * Who on this node reads which article, and what they have of it. The log is the truth: a wake-up says only that
 * there is something to read, so one that is lost or comes twice costs nothing but time.
 */
export class Hub {
  readonly #channels = new Map<string, Channel>()
  readonly #read: ReadChanges
  readonly #limits: Limits
  readonly #onError: (error: unknown) => void
  readonly #others: Others
  readonly #delivered: (seconds: number) => void

  /** @param delivered hears how long it took from a wake-up until all lines were sent what it was about */
  constructor(
    read: ReadChanges,
    onError: (error: unknown) => void,
    limits: Partial<Limits> = {},
    others: Others = alone,
    delivered: (seconds: number) => void = () => undefined,
  ) {
    this.#read = read
    this.#onError = onError
    this.#limits = { ...defaultLimits, ...limits }
    this.#others = others
    this.#delivered = delivered
  }

  /**
   * Replays what came after `after`, then goes on live. The line is registered before anything is read, so that
   * nothing falls between the two.
   */
  async subscribe(line: Line, article: { siteId: string; articleId: string }, after: number): Promise<void> {
    const channel = this.#channel(article)
    const subscriber: Subscriber = { line, cursor: after, catchingUp: true }
    channel.subscribers.set(line, subscriber)
    this.#tellPresence(channel)
    const isCurrent = () => channel.subscribers.get(line) === subscriber
    for (let replayed = 0; isCurrent();) {
      const { wakes } = channel
      const changes = await this.#read(article, subscriber.cursor, batch)
      if (!isCurrent()) return
      for (const change of changes) this.#send(channel, subscriber, change)
      replayed += changes.length
      if (replayed > this.#limits.replay) return this.#resync(channel, line)
      if (changes.length < batch && channel.wakes === wakes) break
    }
    if (!isCurrent()) return
    // No await since the last read, and no wake-up during it: what comes from here on is live.
    subscriber.catchingUp = false
    line.send(frame({ type: 'caught_up', article: article.articleId, seq: subscriber.cursor }))
  }

  unsubscribe(line: Line, articleId: string): void {
    const channel = this.#channels.get(articleId)
    if (!channel?.subscribers.delete(line)) return
    if (channel.subscribers.size > 0) return this.#tellPresence(channel)
    if (channel.presenceTimer) clearTimeout(channel.presenceTimer)
    this.#channels.delete(articleId)
    if (channel.presenceSaid > 0) this.#others.tell(articleId, 0)
  }

  /** Says that the article's log has grown. Returns at once; what is new is read once for all its readers. */
  wake(articleId: string): void {
    const channel = this.#channels.get(articleId)
    if (!channel) return
    channel.wakes += 1
    if (!channel.again) channel.since = performance.now()
    channel.again = true
    if (!channel.reading) void this.#pump(channel)
  }

  /** The sites of the articles that somebody here reads. */
  sitesRead(): Set<string> {
    return new Set([...this.#channels.values()].map(({ siteId }) => siteId))
  }

  /** The articles of a site that somebody here reads. */
  articlesRead(siteId: string): string[] {
    return [...this.#channels.values()]
      .filter((channel) => channel.siteId === siteId)
      .map(({ articleId }) => articleId)
  }

  /** Tells all readers of an article what is in no log. */
  tell(articleId: string, told: ServerFrame): void {
    const channel = this.#channels.get(articleId)
    if (channel) this.#tellAll(channel, frame(told))
  }

  #tellAll(channel: Channel, told: string): void {
    for (const { line } of channel.subscribers.values()) {
      if (line.backlog() < this.#limits.backlog) line.send(told)
    }
  }

  /** Reads all logs again: after this node may have missed wake-ups. */
  wakeAll(): void {
    for (const articleId of this.#channels.keys()) this.wake(articleId)
  }

  /**
   * Looks whether a log has grown without a wake-up: one that was lost costs no more than the time until this is done again.
   * @param seqsOf reads the numbers of the newest events of a site's articles
   */
  async look(seqsOf: (siteId: string, articleIds: string[]) => Promise<Map<string, number>>): Promise<void> {
    for (const siteId of this.sitesRead()) {
      const read = this.articlesRead(siteId)
      for (let from = 0; from < read.length; from += mostLooked) {
        const seqs = await seqsOf(siteId, read.slice(from, from + mostLooked))
        for (const [articleId, seq] of seqs) if (this.#isBehind(articleId, seq)) this.wake(articleId)
      }
    }
  }

  #isBehind(articleId: string, seq: number): boolean {
    const subscribers = [...(this.#channels.get(articleId)?.subscribers.values() ?? [])]
    return subscribers.some(({ cursor, catchingUp }) => !catchingUp && cursor < seq)
  }

  /** The other servers have more or fewer readers of an article. */
  readersChanged(articleId: string): void {
    const channel = this.#channels.get(articleId)
    if (channel) this.#tellPresence(channel)
  }

  /** Tells the other servers once more how many read an article here; without one, all that are read. */
  tellOthers(articleId?: string): void {
    const channels = articleId === undefined ? this.#channels.values() : [this.#channels.get(articleId)]
    for (const channel of channels) {
      if (!channel) continue
      channel.presenceSaid = channel.subscribers.size
      this.#others.tell(channel.articleId, channel.presenceSaid)
    }
  }

  async #pump(channel: Channel): Promise<void> {
    channel.reading = true
    try {
      while (channel.again && channel.subscribers.size > 0) {
        channel.again = false
        const { since } = channel
        const live = [...channel.subscribers.values()].filter((subscriber) => !subscriber.catchingUp)
        if (live.length === 0) break
        const from = live.reduce((least, { cursor }) => Math.min(least, cursor), Infinity)
        const changes = await this.#read(channel, from, batch)
        for (const change of changes) {
          for (const subscriber of channel.subscribers.values()) {
            if (!subscriber.catchingUp && subscriber.cursor + 1 === change.seq)
              this.#send(channel, subscriber, change)
          }
        }
        if (changes.length > 0) this.#delivered((performance.now() - since) / 1000)
        if (changes.length === batch) channel.again = true
      }
    } catch (error) {
      this.#onError(error)
      setTimeout(() => this.wake(channel.articleId), this.#limits.retry).unref()
    } finally {
      channel.reading = false
    }
  }

  #send(channel: Channel, subscriber: Subscriber, change: Change): void {
    const { line } = subscriber
    if (line.backlog() > this.#limits.backlog) return this.#resync(channel, line)
    line.send(line.accountId === change.authorId ? change.authorFrame : change.frame)
    subscriber.cursor = change.seq
  }

  /** A reader too far behind reads the snapshot again, rather than have the others wait. */
  #resync(channel: Channel, line: Line): void {
    this.unsubscribe(line, channel.articleId)
    line.send(frame({ type: 'resync', article: channel.articleId }))
  }

  #tellPresence(channel: Channel): void {
    channel.presenceTimer ??= setTimeout(() => {
      channel.presenceTimer = null
      if (channel.subscribers.size !== channel.presenceSaid) this.tellOthers(channel.articleId)
      const readers = channel.subscribers.size + this.#others.readers(channel.articleId)
      if (readers === channel.presenceTold) return
      channel.presenceTold = readers
      this.#tellAll(channel, frame({ type: 'presence', article: channel.articleId, readers }))
    }, this.#limits.presence)
    channel.presenceTimer.unref()
  }

  #channel({ siteId, articleId }: { siteId: string; articleId: string }): Channel {
    const known = this.#channels.get(articleId)
    if (known) return known
    const channel: Channel = {
      siteId,
      articleId,
      wakes: 0,
      subscribers: new Map(),
      reading: false,
      again: false,
      since: 0,
      presenceTold: 0,
      presenceSaid: 0,
      presenceTimer: null,
    }
    this.#channels.set(articleId, channel)
    return channel
  }
}
