import type { HoursPeriod } from '../../core/contract/hours.ts'
import type { LogFrame, ServerFrame } from '../../core/contract/live.ts'
import { LiveConnection } from '../shared/live.ts'
import type { HostPage } from './host-page.ts'

/** What the article's log tells of one comment or thread. */
export type Entry = Exclude<LogFrame, { type: 'revised' }>

type OwnFrame = Extract<ServerFrame, { type: 'own' }>

/** What is to be done with what comes over the line. */
interface Listener {
  /** The id of the article to hear of, once the server knows it. */
  article(): string | null
  /** The next of the article's log. */
  heard(entry: Entry): void
  /** What the reader has done about a thread in another window. */
  own(frame: OwnFrame): void
  /** Too much has changed, or too much was missed: all is to be read anew. */
  resync(): void
  /** Whether one may write, now and later. */
  hours(periods: HoursPeriod[]): void
  /** The line is up. */
  connected(): void
}

/** The line to the server on which one hears what is said about the article, each thing once and in order. */
export class Line {
  connected = $state(true)
  readers = $state(0)
  /** Called when the reader's inbox may have changed: that comes over the line also where nothing was said. */
  onInbox?: () => void
  /** The last number of the log that is known: of the snapshot, then of what was heard. */
  seq = 0
  /** The oldest thread of the passage that was opened last: said with what is wanted. */
  opened: string | null = null
  readonly #page: HostPage
  readonly #listener: Listener
  #live: LiveConnection | null = null

  constructor(page: HostPage, listener: Listener) {
    this.#page = page
    this.#listener = listener
  }

  /** Opens the line, or says on it once more what is wanted. */
  listen(): void {
    if (this.#page.signal.aborted) return
    if (this.#live) {
      this.#live.refresh()
      return
    }
    this.#live = new LiveConnection(this.#page.base, this.#page.site, {
      heard: (frame) => this.#heard(frame),
      wanted: () => {
        const article = this.#listener.article()
        return article === null ? [] : [{ type: 'subscribe', article, after: this.seq, opened: this.opened }]
      },
      connected: (up) => {
        this.connected = up
        if (!up) return
        this.#listener.connected()
        // Of the inbox, nothing is said twice.
        this.onInbox?.()
      },
    })
  }

  close(): void {
    this.#live?.close()
    this.#live = null
  }

  #heard(frame: ServerFrame): void {
    if (frame.type === 'presence') this.readers = frame.readers
    if (frame.type === 'resync') this.#listener.resync()
    if (frame.type === 'inbox') this.onInbox?.()
    if (frame.type === 'hours') this.#listener.hours(frame.periods)
    if (frame.type === 'own') this.#listener.own(frame)
    if (frame.type === 'change' || frame.type === 'revised' || frame.type === 'thread') this.#logged(frame)
  }

  /** What has a number in the article's log is applied once, and in order. */
  #logged(frame: LogFrame): void {
    if (frame.seq <= this.seq) return
    // A number is missing: ask again from the last one that is certain.
    if (frame.seq > this.seq + 1) return this.#live?.refresh()
    this.seq = frame.seq
    // Every thread may be elsewhere now.
    if (frame.type === 'revised') this.#listener.resync()
    else this.#listener.heard(frame)
  }
}
