import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ServerFrame } from '../../core/contract/live.ts'
import { host, origin } from '../moderation/caller.ts'
import { contents } from './database.ts'
import { openLine, type Line } from './socket.ts'
import { openTarget, type Target } from './target.ts'

let target: Target
let port: number
beforeAll(async () => {
  target = await openTarget()
  const { app } = target.stage
  // As in production, where it is longer; the server looks every two seconds for who is past it.
  app.server.headersTimeout = app.server.requestTimeout = 1_000
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(() => target.stage.close())

/** Begins a comment with a body that is longer than what comes of it. */
async function beginPosting(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const path = `/v1/sites/demo/threads/${target.stage.thread}/comments`
  const headers = {
    host,
    origin,
    cookie: `postil=${target.mo.cookies['postil'] ?? ''}`,
    'content-type': 'application/json',
    'content-length': '150000',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n{"body":"`)
  return socket
}

test('a body that comes byte by byte is not waited for, and others are served meanwhile', async () => {
  const before = await contents(target.stage.db)
  const silent = await beginPosting()
  const answer = text(silent)
  const slow = await Promise.all(Array.from({ length: 20 }, beginPosting))
  // Whoever still writes when the line is cut gets a reset rather than the answer.
  for (const socket of slow) socket.on('error', () => undefined).resume()
  let served = 0
  while ([silent, ...slow].some((socket) => !socket.closed)) {
    for (const socket of slow) if (socket.writable) socket.write('a')
    const { status } = await fetch(`http://127.0.0.1:${port}/readyz`)
    expect(status).toBe(200)
    served += 1
  }
  expect(served).toBeGreaterThan(0)
  expect(await answer).toMatch(/^HTTP\/1\.1 408 /)
  expect(await contents(target.stage.db)).toEqual(before)
})

const events = 10_000

/** Events about one comment, as if it had been changed so often, with a real one at the end that tells the readers. */
async function publishMany(): Promise<number> {
  const { db, article, thread, demo } = target.stage
  const params = { site: 'demo', thread }
  const name = 'POST /v1/sites/:site/threads/:thread/comments'
  const { comment } = await target.mo.ok(name, { params, body: { body: 'Well. '.repeat(400) } })
  await sql`
    with head as (
      update article set seq = seq + ${events} where id = ${article} returning seq - ${events} as before
    )
    insert into event (site_id, article_id, seq, kind, comment_id)
    select ${demo.id}, ${article}, head.before + nth, 'state', ${comment.id} from head, generate_series(1, ${events}) as nth
  `.execute(db)
  return (await target.mo.ok(name, { params, body: { body: 'Last.' } })).seq
}

async function subscribed(): Promise<{ line: Line; seq: number }> {
  const { article } = target.stage
  const line = openLine(`ws://127.0.0.1:${port}/v1/live?site=demo`, origin)
  const { seq } = await target.stage.db
    .selectFrom('article')
    .select('seq')
    .where('id', '=', article)
    .executeTakeFirstOrThrow()
  line.say(JSON.stringify({ type: 'subscribe', article, after: seq }))
  expect(await line.next()).toEqual({ type: 'caught_up', article, seq })
  expect(await line.next()).toMatchObject({ type: 'hours', article })
  return { line, seq }
}

/** Reads changes, each the next in number, up to one with this number or a frame of another kind. */
async function readOn({ line, seq }: { line: Line; seq: number }, last: number): Promise<ServerFrame> {
  for (let expected = seq + 1; ; expected += 1) {
    const frame = await line.next()
    if (frame.type !== 'change') return frame
    expect(frame.seq).toBe(expected)
    if (frame.seq === last) return frame
  }
}

test('who reads nothing while 10,000 events are published is told to start anew, and holds nobody up', async () => {
  const [slow, quick] = [await subscribed(), await subscribed()]
  slow.line.socket.pause()
  const last = await publishMany()
  expect(last - quick.seq).toBe(events + 2)
  expect(await readOn(quick, last)).toMatchObject({ type: 'change', seq: last })
  slow.line.socket.resume()
  expect(await readOn(slow, last)).toEqual({ type: 'resync', article: target.stage.article })
  slow.line.socket.terminate()
  quick.line.socket.terminate()
})
