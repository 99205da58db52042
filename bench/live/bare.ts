import { Type } from 'typebox'
import { WebSocketServer } from 'ws'
import { answering, clock } from '../apart.ts'
import { memory } from './memory.ts'

const Question = Type.Union([
  Type.Object({ ask: Type.Literal('port') }),
  Type.Object({ ask: Type.Literal('memory') }),
  Type.Object({ ask: Type.Literal('send'), frame: Type.String() }),
])

const server = new WebSocketServer({ port: 0, perMessageDeflate: false })
server.on('connection', (socket) => socket.on('message', () => socket.send('{"type":"caught_up"}')))

/** Nothing but `ws`: sends what it is given to all sockets. */
answering(Question, (asked) => {
  if (asked.ask === 'memory') return Promise.resolve({ bytes: memory() })
  if (asked.ask === 'port') {
    const address = server.address()
    return Promise.resolve({ port: typeof address === 'object' && address ? address.port : 0 })
  }
  const began = clock()
  for (const socket of server.clients) socket.send(asked.frame)
  return Promise.resolve({ began })
})
