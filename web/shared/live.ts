import type { ClientFrame, ServerFrame } from '../../core/contract/live.ts'

interface Listener {
  /** A frame of the contract; beats are kept back. */
  heard(frame: ServerFrame): void
  /** The line is up: say what you want to hear, from where you are. It is asked again after every break. */
  wanted(): ClientFrame[]
  /** Whether the line is up, for a quiet word to the reader. */
  connected(up: boolean): void
}

const firstWait = 500
const longestWait = 30_000
/** The server beats every 25 s; a line that is silent for longer is dead, whatever the browser believes. */
const silence = 60_000

/**
 * A line to the server that comes back by itself: full jitter over an exponential back-off (M. Brooker, "Exponential
 * Backoff And Jitter", AWS Architecture Blog, 2015), at once when the network or the page comes back.
 */
export class LiveConnection {
  readonly #url: string
  readonly #listener: Listener
  #socket: WebSocket | null = null
  #attempts = 0
  #retry: ReturnType<typeof setTimeout> | undefined
  #watchdog: ReturnType<typeof setTimeout> | undefined
  #closed = false

  constructor(base: string, site: string, listener: Listener) {
    const address = new URL(`/v1/live?site=${encodeURIComponent(site)}`, base || location.href)
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
    this.#url = address.href
    this.#listener = listener
    addEventListener('online', this.#hurry)
    document.addEventListener('visibilitychange', this.#hurry)
    this.#open()
  }

  /** Says everything wanted once more: after a gap, or a change of who is signed in. */
  refresh(): void {
    if (this.#socket?.readyState === WebSocket.OPEN)
      for (const frame of this.#listener.wanted()) this.#say(frame)
  }

  close(): void {
    this.#closed = true
    removeEventListener('online', this.#hurry)
    document.removeEventListener('visibilitychange', this.#hurry)
    this.#drop()
  }

  readonly #hurry = () => {
    if (this.#closed || this.#socket || document.visibilityState === 'hidden') return
    this.#attempts = 0
    this.#open()
  }

  #open(): void {
    clearTimeout(this.#retry)
    const socket = new WebSocket(this.#url)
    this.#socket = socket
    // All handlers before anything can happen.
    socket.onopen = () => {
      this.#attempts = 0
      this.#expectBeat()
      this.#listener.connected(true)
      this.refresh()
    }
    socket.onmessage = ({ data }) => {
      this.#expectBeat()
      const frame = parse(data)
      if (frame && frame.type !== 'beat') this.#listener.heard(frame)
    }
    socket.onclose = () => this.#lost(socket)
    this.#expectBeat()
  }

  #lost(socket: WebSocket): void {
    if (this.#socket !== socket) return
    this.#drop()
    this.#listener.connected(false)
    if (this.#closed) return
    const longest = Math.min(longestWait, firstWait * 2 ** this.#attempts)
    this.#attempts += 1
    this.#retry = setTimeout(() => this.#open(), Math.random() * longest)
  }

  #drop(): void {
    clearTimeout(this.#watchdog)
    clearTimeout(this.#retry)
    const socket = this.#socket
    this.#socket = null
    if (!socket) return
    socket.onopen = socket.onmessage = socket.onclose = null
    socket.close()
  }

  #expectBeat(): void {
    clearTimeout(this.#watchdog)
    const socket = this.#socket
    this.#watchdog = setTimeout(() => socket && this.#lost(socket), silence)
  }

  #say(frame: ClientFrame): void {
    this.#socket?.send(JSON.stringify(frame))
  }
}

function parse(said: unknown): ServerFrame | null {
  if (typeof said !== 'string') return null
  const frame: unknown = JSON.parse(said)
  // Ours, over a line we opened to our own server: the contract holds on both ends.
  return typeof frame === 'object' && frame !== null && 'type' in frame ? (frame as ServerFrame) : null
}
