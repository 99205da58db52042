import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** What stands before a server, and may swallow what is said: the lines stay open at both ends, and nothing comes through. */
export interface Hole {
  port: number
  /** Of all lines there are; those that come later are passed on. */
  swallow(): void
  /** Resolves when the server has ended all lines that were swallowed. */
  dropped(): Promise<void>
  close(): Promise<void>
}

/** @param to the port of the server */
export async function openHole(to: number): Promise<Hole> {
  const open = new Map<Socket, Socket>()
  let swallowed: Socket[] = []
  const server = createServer((near) => {
    const far = connect(to, 'localhost')
    open.set(near, far)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => undefined)
      one.on('data', (said) => {
        if (!swallowed.includes(far)) other.write(said)
      })
      one.once('close', () => {
        if (!swallowed.includes(far)) other.destroy()
        open.delete(near)
      })
    }
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    swallow: () => void (swallowed = [...open.values()]),
    async dropped() {
      for (const far of swallowed) if (!far.closed) await once(far, 'close')
    },
    async close() {
      for (const [near, far] of open) for (const one of [near, far]) one.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
