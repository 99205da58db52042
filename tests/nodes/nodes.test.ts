import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyLog } from '../../server/comments/index.ts'
import { signIn, type Client } from '../server/client.ts'
import { dial } from '../server/line.ts'
import { commentIds, open, readAll, reply, site } from '../server/stage.ts'
import { openCluster, openRedis, type Cluster, type Redis } from './cluster.ts'
import { Follower } from './follower.ts'

const numbers = (after: number, last: number) =>
  Array.from({ length: last - after }, (_, nth) => after + 1 + nth)

/** Several servers, which tell each other by Redis or by PostgreSQL alone. */
describe.each([
  { by: 'PostgreSQL', size: 4 },
  { by: 'Redis', size: 2 },
])('$size servers that tell each other by $by', ({ by, size }) => {
  let cluster: Cluster
  let redis: Redis | null = null
  let ada: Client
  let bela: Client
  let thread: string
  /** Of all comments that were answered to have been taken. */
  const taken = new Set<string>()

  beforeAll(async () => {
    redis = by === 'Redis' ? await openRedis() : null
    cluster = await openCluster(size, redis)
    ada = await signIn(cluster.proxy.origin, 'ada@demo.example')
    bela = await signIn(cluster.proxy.origin, 'bela@demo.example')
    thread = (await open(ada, cluster.article, 'Go.')).thread.id
  })
  afterAll(async () => {
    await cluster.close()
    await redis?.kill()
  })

  const seqNow = async () => {
    const row = await cluster.db.selectFrom('article').select('seq').executeTakeFirstOrThrow()
    return row.seq
  }
  /** Readers at all servers, each with the events up to now. */
  async function follow(count: number): Promise<{ from: number; followers: Follower[] }> {
    const from = await seqNow()
    const followers = Array.from(
      { length: count },
      () => new Follower(cluster.proxy.origin, cluster.article, from),
    )
    await Promise.all(followers.map((one) => one.caughtUp()))
    return { from, followers }
  }
  /** Posts as a browser does: with a key, and again where nobody answered. */
  async function post(who: Client, key: string = randomUUID()): Promise<void> {
    for (;;) {
      const posted = await reply(who, thread, `Said ${key}.`, null, key).catch((error: unknown) => {
        if (error instanceof TypeError || /answered 50[23]/.test(String(error))) return null
        throw error
      })
      if (posted) return void taken.add(posted.comment.id)
    }
  }
  /** Posts one after the other until told to stop. */
  function keepPosting(who: Client): () => Promise<void> {
    const over = new AbortController()
    const done = (async () => {
      while (!over.signal.aborted) await post(who)
    })()
    return async () => {
      over.abort()
      await done
    }
  }
  async function requireOnce({ from, followers }: Awaited<ReturnType<typeof follow>>): Promise<void> {
    const last = await seqNow()
    await Promise.all(followers.map((one) => one.has(last)))
    for (const one of followers) {
      expect(one.seqs).toEqual(numbers(from, last))
      expect(one.resyncs).toBe(0)
      one.close()
    }
  }

  test('bring every event to every reader once, whichever it was written at', async () => {
    const all = await follow(40)
    await Promise.all([ada, bela].flatMap((who) => Array.from({ length: 30 }, () => post(who))))
    await requireOnce(all)
  })

  test('count the readers of an article together', async () => {
    const { followers } = await follow(9)
    await Promise.all(followers.map((one) => one.isOneOf(9)))
    followers.pop()?.close()
    await Promise.all(followers.map((one) => one.isOneOf(8)))
    for (const one of followers) one.close()
  })

  test('tell moderators of their queue and people of their inbox, wherever these are', async () => {
    const mo = await signIn(cluster.proxy.origin, 'mo@demo.example')
    const consoles = cluster.nodes.map(({ origin }) =>
      dial(origin, { origin: cluster.proxy.origin, cookie: mo.cookie }),
    )
    const windows = cluster.nodes.map(({ origin }) =>
      dial(origin, { origin: cluster.proxy.origin, cookie: bela.cookie }),
    )
    for (const line of consoles) line.say({ type: 'watch_queue' })
    for (const line of [...consoles, ...windows]) await line.settled()
    // Held by the demo's words; and an answer to what Bela wrote.
    await open(ada, cluster.article, 'You crook.')
    const asked = await open(bela, cluster.article, 'Who knows?')
    await reply(ada, asked.thread.id, 'I do.', asked.comment.id)
    await Promise.all(consoles.map((line) => line.until(({ type }) => type === 'queue')))
    await Promise.all(windows.map((line) => line.until(({ type }) => type === 'inbox')))
    // What she does herself is told to all her windows.
    const params = { site, thread: asked.thread.id }
    await bela.ok('PUT /v1/sites/:site/threads/:thread/reaction', { params, body: { kind: 'agree' } })
    await Promise.all(windows.map((line) => line.until(({ type }) => type === 'own')))
    for (const line of [...consoles, ...windows]) line.socket.close()
  })

  test('lose nothing and double nothing when one of them is killed', async () => {
    const all = await follow(20)
    const stop = keepPosting(ada)
    await post(bela)
    const [first] = cluster.nodes
    if (first) await cluster.end(first, 'SIGKILL')
    for (let nth = 0; nth < 10; nth += 1) await post(bela)
    await stop()
    await requireOnce(all)
    await cluster.add()
  })

  test('finish what is under way when one of them is to stop, and send its readers to the others', async () => {
    const all = await follow(20)
    const [first] = cluster.nodes
    if (!first) throw new Error('there is none')
    const body = JSON.stringify({ body: 'Begun before.', parentId: null })
    const { port } = first
    const path = `/v1/sites/${site}/threads/${thread}/comments`
    const headers = {
      ...{ cookie: ada.cookie, origin: cluster.proxy.origin, 'content-type': 'application/json' },
      'content-length': Buffer.byteLength(body),
    }
    const asked = request({ host: 'localhost', port, path, method: 'POST', headers })
    const answered = new Promise<number>((resolve, reject) => {
      asked.once('response', (response) => resolve(response.resume().statusCode ?? 0))
      asked.once('error', reject)
    })
    await new Promise((resolve) => asked.write(body.slice(0, 10), resolve))
    const own = dial(first.origin, { origin: cluster.proxy.origin })
    await own.settled()
    const ended = cluster.end(first, 'SIGTERM')
    expect(await own.closed).toBe(1012)
    asked.end(body.slice(10))
    expect(await answered).toBe(201)
    expect(await ended).toBe(0)
    expect(all.followers.flatMap(({ ends }) => ends)).toContain(1012)
    await post(bela)
    await requireOnce(all)
    await cluster.add()
  })

  test('are replaced one after the other while people write and read', async () => {
    const all = await follow(20)
    const stops = [ada, bela].map(keepPosting)
    for (const old of cluster.nodes.slice(0, 2)) {
      await cluster.add()
      expect(await cluster.end(old, 'SIGTERM')).toBe(0)
    }
    await Promise.all(stops.map((stop) => stop()))
    await requireOnce(all)
  }, 180_000)

  test.runIf(by === 'Redis')('go on without Redis, and with it when it is back', async () => {
    const all = await follow(20)
    const stop = keepPosting(ada)
    await redis?.kill()
    for (let nth = 0; nth < 10; nth += 1) await post(bela)
    await redis?.start()
    for (let nth = 0; nth < 10; nth += 1) await post(bela)
    await stop()
    await requireOnce(all)
  })

  test('have in the end what they answered to have, once, and a whole log', async () => {
    const answered = [...taken]
    const threads = await readAll(ada, cluster.article)
    const kept = (await Promise.all(threads.map((one) => commentIds(ada, one)))).flat()
    expect(new Set(kept).size).toBe(kept.length)
    expect(kept).toEqual(expect.arrayContaining(answered))
    const { id } = await cluster.db.selectFrom('site').select('id').executeTakeFirstOrThrow()
    expect((await verifyLog(cluster.db, id)).faults).toEqual([])
  })
})
