import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { Tally, Task } from './client.ts'

/** What has a number in its article's log. */
const logged = /^\{"type":"(?:change|thread|revised)".*?"seq":(\d+)/

/** Somebody who reads an article for as long as it takes, comes back when the line breaks, and counts what they hear. */
export class Reader {
  readonly article: string
  /** The last number heard. */
  seq: number
  readonly #task: Pick<Task, 'origin' | 'site'>
  readonly #tally: Tally

  constructor(
    task: Pick<Task, 'origin' | 'site'>,
    { id, after }: { id: string; after: number },
    tally: Tally,
  ) {
    this.article = id
    this.seq = after
    this.#task = task
    this.#tally = tally
  }

  async open(): Promise<void> {
    const { origin, site } = this.#task
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/v1/live?site=${site}`, { origin })
    socket.on('message', (message: Buffer) => this.#hear(message.toString('utf8'), socket))
    socket.on('error', () => undefined)
    socket.on('close', () => {
      this.#tally.begunAnew += 1
      void pause(500).then(() => this.open())
    })
    await once(socket, 'open')
    this.#subscribe(socket)
  }

  #subscribe(socket: WebSocket): void {
    socket.send(JSON.stringify({ type: 'subscribe', article: this.article, after: this.seq }))
  }

  #hear(frame: string, socket: WebSocket): void {
    if (frame.startsWith('{"type":"resync"')) {
      this.#tally.begunAnew += 1
      return this.#subscribe(socket)
    }
    const seq = logged.exec(frame)?.[1]
    if (seq === undefined) return
    this.#tally.frames += 1
    if (Number(seq) !== this.seq + 1) this.#tally.outOfOrder += 1
    this.seq = Number(seq)
  }
}
