import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** A publisher's server on this machine. */
export interface Pages {
  origin: string
  port: number
  /** What it was asked, in order. */
  asked: IncomingMessage[]
  close(): Promise<void>
}

/** Serves what a handler answers, on a port of its own. */
export async function servePages(
  answer: (request: IncomingMessage, reply: ServerResponse) => void,
): Promise<Pages> {
  const asked: IncomingMessage[] = []
  const server = createServer((request, reply) => {
    asked.push(request)
    answer(request, reply)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    asked,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}
