import { WebSocket } from 'ws'
import { ServerFrame } from '../../core/contract/live.ts'
import { hold } from '../moderation/caller.ts'

/** A reader's line, as a test needs it: what was said comes in order, and nothing is lost in between. */
export interface Line {
  socket: WebSocket
  say(frame: string | Buffer): void
  /** The next frame; presence and beats come when they please, and are left out. */
  next(): Promise<ServerFrame>
  /** The code with which the server ends it. */
  closed: Promise<number>
}

export function openLine(address: string, origin: string | undefined): Line {
  const socket = new WebSocket(address, { ...(origin !== undefined && { origin }), perMessageDeflate: false })
  const come: ServerFrame[] = []
  const waiting: ((frame: ServerFrame) => void)[] = []
  const opened = new Promise<void>((resolve) => socket.once('open', resolve))
  socket.on('message', (data: Buffer) => {
    const frame = hold(ServerFrame, JSON.parse(data.toString('utf8')))
    if (frame.type === 'presence' || frame.type === 'beat') return
    const first = waiting.shift()
    if (first) first(frame)
    else come.push(frame)
  })
  // A server that cuts a line may do so while we still write.
  socket.on('error', () => undefined)
  return {
    socket,
    say: (frame) => void opened.then(() => socket.send(frame)),
    next() {
      const frame = come.shift()
      return frame ? Promise.resolve(frame) : new Promise((resolve) => waiting.push(resolve))
    },
    closed: new Promise((resolve) => socket.once('close', resolve)),
  }
}
