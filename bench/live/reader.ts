import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { Type } from 'typebox'
import { v7 as uuid } from 'uuid'
import { WebSocket } from 'ws'
import { answering } from '../apart.ts'

const Task = Type.Object({
  origin: Type.String(),
  site: Type.String(),
  article: Type.String(),
  after: Type.Number(),
  path: Type.String(),
  cookie: Type.String(),
  posts: Type.Number(),
})
/** Milliseconds between two comments: the one before is long done. */
const rest = 10

/** A reader with an open line, and beside it somebody who posts; both on one clock. */
answering(Task, async ({ origin, site, article, after, path, cookie, posts }) => {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/v1/live?site=${site}`, { origin })
  let seen: (at: number) => void = () => undefined
  socket.on('message', (message: Buffer) => {
    if (message.toString('utf8', 0, 20).startsWith('{"type":"change"')) seen(performance.now())
  })
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'subscribe', article, after }))
  await once(socket, 'message')
  const times: number[] = []
  for (let nth = 0; nth < posts; nth += 1) {
    const visible = new Promise<number>((resolve) => (seen = resolve))
    const began = performance.now()
    const [answer, at] = await Promise.all([
      fetch(origin + path, {
        method: 'POST',
        headers: { origin, cookie, 'content-type': 'application/json', 'idempotency-key': uuid() },
        body: JSON.stringify({ body: `That is not what the report says (${nth}).` }),
      }),
      visible,
    ])
    if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`)
    await answer.arrayBuffer()
    times.push(at - began)
    await pause(rest)
  }
  socket.close()
  // The first warm up.
  return { times: times.slice(Math.floor(posts / 10)) }
})
