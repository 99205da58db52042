import { WebSocket } from 'ws'
import { ServerFrame } from '../../core/contract/live.ts'
import { hold } from '../moderation/caller.ts'

/** A reader whose line comes back whenever it ends, as a browser's does, and says where it is. */
export class Follower {
  /** The numbers of all events that came, in the order of their coming. */
  readonly seqs: number[] = []
  /** The codes that its lines ended with. */
  readonly ends: number[] = []
  resyncs = 0
  readers = 0
  readonly #origin: string
  readonly #article: string
  readonly #waiting = new Set<() => void>()
  #cursor: number
  #socket: WebSocket | null = null
  #isOver = false
  #isCaughtUp = false

  constructor(origin: string, article: string, after: number) {
    this.#origin = origin
    this.#article = article
    this.#cursor = after
    this.#dial()
  }

  async caughtUp(): Promise<void> {
    await this.#until(() => this.#isCaughtUp)
  }

  /** Until this event has come, or a later one. */
  async has(seq: number): Promise<void> {
    await this.#until(() => this.#cursor >= seq)
  }

  async isOneOf(readers: number): Promise<void> {
    await this.#until(() => this.readers === readers)
  }

  close(): void {
    this.#isOver = true
    this.#socket?.close()
  }

  #dial(): void {
    const socket = new WebSocket(`${this.#origin.replace('http', 'ws')}/v1/live?site=demo`, {
      origin: this.#origin,
    })
    this.#socket = socket
    this.#isCaughtUp = false
    socket.on('error', () => undefined)
    socket.on('open', () =>
      socket.send(JSON.stringify({ type: 'subscribe', article: this.#article, after: this.#cursor })),
    )
    socket.on('message', (data: Buffer) => this.#hear(hold(ServerFrame, JSON.parse(data.toString('utf8')))))
    socket.on('close', (code) => {
      this.ends.push(code)
      // Not at once for ever, where nobody listens for the moment.
      if (!this.#isOver) setTimeout(() => this.#dial(), 20)
    })
  }

  #hear(frame: ServerFrame): void {
    if ('seq' in frame && frame.type !== 'caught_up') {
      this.seqs.push(frame.seq)
      this.#cursor = frame.seq
    }
    if (frame.type === 'caught_up') this.#isCaughtUp = true
    if (frame.type === 'resync') this.resyncs += 1
    if (frame.type === 'presence') this.readers = frame.readers
    for (const look of this.#waiting) look()
  }

  #until(isTrue: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isTrue()) return
        this.#waiting.delete(look)
        resolve()
      }
      this.#waiting.add(look)
      look()
    })
  }
}
