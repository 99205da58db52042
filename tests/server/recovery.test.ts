import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect as dialTcp, createServer, type Server as TcpServer, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect, type Database } from '../../server/database/connect.ts'
import { testDatabase } from '../setup/database.ts'
import { endNode, startNode } from '../setup/node.ts'
import { contents } from '../hostile/database.ts'
import { signIn, type Client } from './client.ts'
import { commentIds, open, openServer, readAll, readPage, reply, site, names, type Server } from './stage.ts'

const posts = 200

describe('the server killed in the middle of 200 posts', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>
  let db: Database
  beforeAll(async () => {
    database = await testDatabase()
    db = connect(database.url, { connections: 2 })
  })
  afterAll(async () => {
    await db.destroy()
    await database.drop()
  })

  test('keeps every post that was answered, and none twice when all are sent again', async () => {
    const first = await startNode(database.url)
    const ada = await signIn(first.origin, 'ada@demo.example')
    const { id: article } = await db.selectFrom('article').select('id').executeTakeFirstOrThrow()
    const { thread, seq: opened } = await open(ada, article, 'Go.')
    const keys = Array.from({ length: posts }, () => randomUUID())
    const answered = new Map<string, string>()
    const send = async (who: Client, key: string) => {
      const posted = await reply(who, thread.id, `Reply ${key}`, null, key)
      answered.set(key, posted.comment.id)
      return posted
    }
    const sent = keys.map(async (key) => {
      await send(ada, key)
      // In the middle: some answered, some under way, some not begun.
      if (answered.size === 40) first.child.kill('SIGKILL')
    })
    const outcomes = await Promise.allSettled(sent)
    expect(answered.size).toBeGreaterThanOrEqual(40)
    expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0)
    const acknowledged = new Map(answered)

    const second = await startNode(database.url)
    try {
      const again = ada.at(second.origin)
      const kept = await readAll(again, article)
      const before = (await Promise.all(kept.map((one) => commentIds(again, one)))).flat()
      expect(before).toEqual(expect.arrayContaining([...acknowledged.values()]))

      for (const { comment } of await Promise.all(keys.map((key) => send(again, key))))
        expect(comment.author?.name).toBe('Ada')
      for (const [key, id] of acknowledged) expect(answered.get(key)).toBe(id)
      const threads = await readAll(again, article)
      const after = (await Promise.all(threads.map((one) => commentIds(again, one)))).flat()
      expect(new Set(after).size).toBe(after.length)
      expect(after).toHaveLength(opened + posts)
      const log = await db
        .selectFrom('event')
        .select('seq')
        .where('article_id', '=', article)
        .orderBy('seq')
        .execute()
      expect(log.map(({ seq }) => seq)).toEqual(
        Array.from({ length: opened + posts }, (_, index) => index + 1),
      )
      expect((await readPage(again, article)).seq).toBe(opened + posts)
    } finally {
      expect(await endNode(second, 'SIGTERM')).toBe(0)
    }
  })
})

describe('the database gone', () => {
  /** What stands between the server and its database: `cut` hangs up and lets nobody through until `mend`. */
  let between: TcpServer
  const through = new Set<Socket>()
  let isCut = false
  let server: Server
  let ada: Client

  beforeAll(async () => {
    const target = { host: '', port: 0 }
    between = createServer((near) => {
      if (isCut) return near.destroy()
      const far = dialTcp(target)
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        through.add(one)
        one.on('error', () => undefined)
        one.on('close', () => {
          through.delete(one)
          other.destroy()
        })
        one.pipe(other)
      }
    })
    await once(between.listen(0, '127.0.0.1'), 'listening')
    const address = between.address()
    server = await openServer((url) => {
      const there = new URL(url)
      Object.assign(target, { host: there.hostname, port: Number(there.port) })
      there.hostname = '127.0.0.1'
      there.port = String(typeof address === 'object' && address ? address.port : 0)
      return there.href
    })
    ada = await server.signedIn('ada@demo.example')
  })
  afterAll(async () => {
    await server.close()
    between.close()
  })
  const cut = () => {
    isCut = true
    for (const socket of through) socket.destroy()
  }
  const mend = () => {
    isCut = false
  }
  const readiness = async () => await fetch(`${server.origin}/readyz`)

  test('is said: not ready, and 503 with a problem for who reads or writes; then all works as before', async () => {
    const { thread, seq: before } = await open(ada, server.article, 'Before.')
    const line = await server.follow()
    const held = await contents(server.db)
    expect((await readiness()).status).toBe(200)

    cut()
    const not = await readiness()
    expect(not.status).toBe(503)
    expect(not.headers.get('content-type')).toBe('application/problem+json')
    expect((await fetch(`${server.origin}/healthz`)).status).toBe(200)
    const key = randomUUID()
    const headers = { 'idempotency-key': key }
    const lost = { params: { site, thread: thread.id }, body: { body: 'During.', parentId: null }, headers }
    const problem = await ada.refused(names.newComment, 503, lost)
    expect(problem.type).toContain('unavailable')
    await ada.refused(names.threads, 503, { params: { site, article: server.article } })
    expect(await contents(server.db)).toEqual(held)

    mend()
    expect((await readiness()).status).toBe(200)
    const { comment, seq } = await reply(ada, thread.id, 'During.', null, key)
    expect(seq).toBe(before + 1)
    expect((await line.change(seq)).comment?.id).toBe(comment.id)
    expect(line.changes().map((change) => change.seq)).toEqual([seq])
    const one = (await readAll(server.nobody, server.article)).find(({ id }) => id === thread.id)
    expect(one && (await commentIds(server.nobody, one))).toHaveLength(2)
    line.socket.terminate()
  })

  test('in the middle of posts leaves each of them whole or not there', async () => {
    const article = await server.newArticle('Cut')
    const { thread } = await open(ada, article, 'Go.')
    const keys = Array.from({ length: 40 }, () => randomUUID())
    let answered = 0
    const outcomes = await Promise.allSettled(
      keys.map(async (key) => {
        await reply(ada, thread.id, `Reply ${key}`, null, key)
        if (++answered === 10) cut()
      }),
    )
    expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0)
    mend()
    await Promise.all(keys.map((key) => reply(ada, thread.id, `Reply ${key}`, null, key)))
    const log = await server.db
      .selectFrom('event')
      .select('seq')
      .where('article_id', '=', article)
      .orderBy('seq')
      .execute()
    expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: 41 }, (_, index) => index + 1))
    const [one] = await readAll(server.nobody, article)
    expect(one && (await commentIds(server.nobody, one))).toHaveLength(41)
  })
})
