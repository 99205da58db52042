import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** What stands before several servers: each new connection goes to the next of them, or on to another where that one is gone. */
export interface Proxy {
  origin: string
  port: number
  /** The ports that are passed on to. */
  use(ports: number[]): void
  close(): Promise<void>
}

export async function openProxy(): Promise<Proxy> {
  let ports: number[] = []
  let turn = 0
  const open = new Set<Socket>()
  function pass(near: Socket, tries: number): void {
    const port = ports[turn++ % ports.length]
    if (port === undefined || tries === 0) return void near.destroy()
    const far = connect(port, 'localhost')
    far.once('error', () => {
      if (far.bytesRead === 0 && far.bytesWritten === 0) pass(near, tries - 1)
      else near.destroy()
    })
    far.once('connect', () => {
      open.add(far)
      near.pipe(far).pipe(near)
      far.once('close', () => {
        open.delete(far)
        near.destroy()
      })
      near.once('close', () => far.destroy())
    })
  }
  const server = createServer((near) => {
    near.on('error', () => undefined)
    pass(near, ports.length)
  })
  await once(server.listen(0, 'localhost'), 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    origin: `http://localhost:${port}`,
    port,
    use: (some) => (ports = some),
    async close() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
