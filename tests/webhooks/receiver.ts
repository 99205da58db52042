import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { text } from 'node:stream/consumers'
import { Type } from 'typebox'
import { Webhook } from 'standardwebhooks'
import { hold } from '../moderation/caller.ts'

/** What every message says. */
const Message = Type.Object({
  type: Type.String(),
  timestamp: Type.String(),
  data: Type.Object(
    { site: Type.String(), id: Type.Optional(Type.String()) },
    { additionalProperties: true },
  ),
})
type Message = Type.Static<typeof Message>

/** A message as it came, whatever was answered. */
export interface Got {
  id: string
  headers: IncomingHttpHeaders
  body: string
  message: Message
}

/** A publisher's server that takes messages, and can be down. */
export interface Receiver {
  url: string
  /** In the order of their coming. */
  got: Got[]
  answer: (response: ServerResponse, got: Got) => void
  /** Stops answering on its port, until it is up again. */
  kill(): Promise<void>
  rise(): Promise<void>
}

export async function openReceiver(): Promise<Receiver> {
  let server: Server | null = null
  let port = 0
  const hear = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request)
    const id = String(request.headers['webhook-id'])
    const got = { id, headers: request.headers, body, message: hold(Message, JSON.parse(body)) }
    receiver.got.push(got)
    receiver.answer(response, got)
  }
  const receiver: Receiver = {
    url: '',
    got: [],
    answer: answering(200),
    async kill() {
      const killed = server
      if (!killed) return
      server = null
      const closed = new Promise((done) => killed.close(done))
      killed.closeAllConnections()
      await closed
    },
    async rise() {
      const risen = createServer((request, response) => void hear(request, response))
      await new Promise<void>((listening) => risen.listen(port, '127.0.0.1', listening))
      const address = risen.address()
      port = typeof address === 'object' && address ? address.port : 0
      server = risen
      receiver.url = `http://127.0.0.1:${port}/hook`
    },
  }
  await receiver.rise()
  return receiver
}

export const answering =
  (status: number) =>
  (response: ServerResponse): void => {
    response.writeHead(status).end()
  }

/**
 * Verifies a message by the reference library of Standard Webhooks.
 * @throws what the library throws for a signature that is not right
 */
export function verify(secret: string, { headers, body }: Got): unknown {
  const named: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) named[name] = String(value)
  return new Webhook(secret).verify(body, named)
}
