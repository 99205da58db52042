import { once } from 'node:events'
import { WebSocket } from 'ws'
import { ServerFrame, type ChangeFrame, type ClientFrame } from '../../core/contract/live.ts'
import { hold } from '../moderation/caller.ts'

/** A browser's line to a server: what comes is held against the contract and kept, in order. */
export interface Line {
  socket: WebSocket
  frames: ServerFrame[]
  say(frame: ClientFrame): void
  /** The first frame that is wanted, come already or to come. Fails when the line ends without it. */
  until(wanted: (frame: ServerFrame) => boolean): Promise<ServerFrame>
  /** The change with this number, come already or to come. */
  change(seq: number): Promise<ChangeFrame>
  changes(): ChangeFrame[]
  /** Asks something that is always answered: what was sent to this line before is here when this comes back. */
  settled(): Promise<void>
  /** The code with which the server ends the line. */
  closed: Promise<number>
}

interface Dialed {
  origin: string | undefined
  cookie?: string
  site?: string
  /** What the browser says to be. */
  agent?: string
}

/** Dials; what the line then says waits until it is open. */
export function dial(server: string, { origin, cookie, site = 'demo', agent }: Dialed): Line {
  const socket = new WebSocket(`${server.replace('http', 'ws')}/v1/live?site=${site}`, {
    ...(origin !== undefined && { origin }),
    headers: { ...(cookie && { cookie }), ...(agent !== undefined && { 'user-agent': agent }) },
  })
  const frames: ServerFrame[] = []
  const waiting = new Set<() => void>()
  let ended = ''
  const look = () => {
    for (const one of waiting) one()
  }
  socket.on('message', (data: Buffer) => {
    // After it hung up, a browser hears nothing more of what is still under way.
    if (socket.readyState !== WebSocket.OPEN) return
    frames.push(hold(ServerFrame, JSON.parse(data.toString('utf8'))))
    look()
  })
  socket.on('error', () => undefined)
  const closed = once(socket, 'close').then(([code]: unknown[]) => {
    ended = `the line was closed with ${String(code)}`
    look()
    return Number(code)
  })
  const opened = once(socket, 'open')
  opened.catch(() => undefined)

  async function wait<T>(find: () => T | undefined): Promise<T> {
    return await new Promise((resolve, reject) => {
      const check = () => {
        const found = find()
        if (found === undefined && ended === '') return
        waiting.delete(check)
        if (found === undefined) reject(new Error(`${ended} after ${JSON.stringify(frames)}`))
        else resolve(found)
      }
      waiting.add(check)
      check()
    })
  }
  const changes = () => frames.filter((frame) => frame.type === 'change')
  return {
    socket,
    frames,
    say: (frame) => void opened.then(() => socket.send(JSON.stringify(frame))),
    until: (wanted) => wait(() => frames.find(wanted)),
    change: (seq) => wait(() => changes().find((frame) => frame.seq === seq)),
    changes,
    async settled() {
      const from = frames.length
      await opened
      socket.send('?')
      await wait(() => frames.slice(from).find(({ type }) => type === 'refused'))
    },
    closed,
  }
}
