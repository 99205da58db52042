import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Type } from 'typebox'
import { answering, clock } from '../apart.ts'

/** What the process of the readers is asked. */
const Question = Type.Union([
  Type.Object({
    open: Type.Number(),
    port: Type.Number(),
    path: Type.String(),
    origin: Type.String(),
    /** What each says once it is connected, and how the answer begins that it waits for. */
    says: Type.String(),
    hears: Type.String(),
  }),
  Type.Object({ frame: Type.Number() }),
])

/** Sockets that are opened at once. */
const atOnce = 100
const ping = 9
/** Without a mask that changes anything, and without a text. */
const pong = Buffer.from([0x8a, 0x80, 0, 0, 0, 0])
/** How frames begin that are counted. */
const change = Buffer.from('{"type":"change"')
const counts: { readers: number; last: number; told: () => void }[] = []
let sockets: Reader[] = []

/** Many sockets that read along, as lean as can be: plain TCP, and of WebSocket no more than they need. */
answering(Question, async (asked) => {
  if ('open' in asked) {
    while (sockets.length < asked.open) {
      const some = Array.from(
        { length: Math.min(atOnce, asked.open - sockets.length) },
        () => new Reader(asked),
      )
      await Promise.all(some.map((reader) => reader.ready))
      sockets = [...sockets, ...some]
    }
    return { open: sockets.length }
  }
  const count = countOf(asked.frame)
  if (count.readers < sockets.length) await new Promise<void>((resolve) => (count.told = resolve))
  return { last: count.last }
})

function countOf(frame: number) {
  return (counts[frame] ??= { readers: 0, last: 0, told: () => undefined })
}

class Reader {
  readonly ready: Promise<void>
  readonly #socket: Socket
  #heard = 0
  #rest: Buffer = Buffer.alloc(0)
  #isReady = false
  #becomeReady: () => void = () => undefined
  readonly #awaited: Buffer

  constructor(to: { port: number; path: string; origin: string; says: string; hears: string }) {
    this.#awaited = Buffer.from(to.hears)
    this.#socket = connect(to.port, 'localhost')
    this.ready = this.#open(to)
  }

  async #open({ path, origin, says }: { path: string; origin: string; says: string }) {
    const socket = this.#socket
    socket.on('error', (error) => {
      throw error
    })
    socket.on('close', () => {
      throw new Error('the server has closed the socket of a reader')
    })
    await once(socket, 'connect')
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: ${new URL(origin).host}\r\nOrigin: ${origin}\r\nUpgrade: websocket\r\n` +
        'Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    )
    const data: unknown[] = await once(socket, 'data')
    const answer = Buffer.isBuffer(data[0]) ? data[0] : Buffer.alloc(0)
    const end = answer.indexOf('\r\n\r\n')
    if (!answer.toString('latin1').startsWith('HTTP/1.1 101') || end < 0)
      throw new Error(`no socket: ${answer.toString()}`)
    socket.on('data', (bytes: Buffer) => this.#read(bytes))
    const ready = new Promise<void>((resolve) => (this.#becomeReady = resolve))
    this.#read(answer.subarray(end + 4))
    socket.write(masked(says))
    await ready
  }

  /** Takes whole frames out of what came; all are short of 64 kB. */
  #read(bytes: Buffer): void {
    let rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes])
    for (;;) {
      const short = rest.length > 1 ? (rest[1] ?? 0) & 127 : 0
      const start = short === 126 ? 4 : 2
      if (rest.length < start) break
      const end = start + (short === 126 ? rest.readUInt16BE(2) : short)
      if (rest.length < end) break
      if (((rest[0] ?? 0) & 15) === ping) this.#socket.write(pong)
      else this.#hear(rest.subarray(start, end))
      rest = rest.subarray(end)
    }
    this.#rest = rest
  }

  #hear(frame: Buffer): void {
    if (!this.#isReady && frame.subarray(0, this.#awaited.length).equals(this.#awaited)) {
      this.#isReady = true
      this.#becomeReady()
    } else if (frame.subarray(0, change.length).equals(change)) {
      const count = countOf(this.#heard++)
      count.readers += 1
      count.last = clock()
      if (count.readers === sockets.length) count.told()
    }
  }
}

/** A text frame as browsers send it; the mask is nought, which leaves the text as it is. */
function masked(text: string): Buffer {
  const bytes = Buffer.from(text)
  const length =
    bytes.length < 126 ? [0x80 | bytes.length] : [0x80 | 126, bytes.length >> 8, bytes.length & 255]
  return Buffer.concat([Buffer.from([0x81, ...length, 0, 0, 0, 0]), bytes])
}
