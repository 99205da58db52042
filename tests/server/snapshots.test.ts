import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSite } from '../../server/sites/index.ts'
import { Snapshots } from '../../server/threads/index.ts'
import type { Client } from './client.ts'
import { open, openServer, readPage, reply, site, type Server } from './stage.ts'

let server: Server
let other: Awaited<ReturnType<Server['another']>>
let ada: Client
beforeAll(async () => {
  server = await openServer()
  other = await server.another()
  ada = await server.signedIn('ada@demo.example')
})
afterAll(async () => {
  await other.close()
  await server.close()
})

const path = () => `/v1/sites/${site}/articles/${server.article}/threads`
const ask = (headers: Record<string, string> = {}, at = server.origin + path()) => fetch(at, { headers })

describe('the first page as nobody in particular sees it', () => {
  test('is not sent again to a browser that has it, and is once it is another', async () => {
    const first = await ask()
    const etag = first.headers.get('etag') ?? ''
    expect(first.headers.get('cache-control')).toBe('private, no-cache')
    const again = await ask({ 'if-none-match': etag })
    expect([again.status, await again.text()]).toEqual([304, ''])
    await open(ada, server.article, 'One more.')
    const changed = await ask({ 'if-none-match': etag })
    expect(changed.status).toBe(200)
    expect(changed.headers.get('etag')).not.toBe(etag)
  })

  test('has at once what was written, at every server', async () => {
    const { thread } = await open(ada, server.article, 'Where am I?')
    const there = server.nobody.at(other.origin)
    for (let nth = 1; nth <= 20; nth += 1) {
      const { comment, seq } = await reply(ada, thread.id, `Reply ${nth}`)
      const page = await readPage(server.nobody, server.article)
      expect(page.seq).toBe(seq)
      expect(JSON.stringify(page)).toContain(comment.id)
      // The other hears of it a moment later.
      await expect.poll(async () => (await readPage(there, server.article)).seq, { interval: 5 }).toBe(seq)
    }
  })

  test('is not what others see: who waits for a moderator sees their own', async () => {
    const { thread } = await open(ada, server.article, 'You crook.')
    expect(JSON.stringify(await readPage(ada, server.article))).toContain(thread.id)
    expect(JSON.stringify(await readPage(server.nobody, server.article))).not.toContain(thread.id)
    expect((await ask({ cookie: ada.cookie })).headers.get('etag')).toBeNull()
  })

  test('is of its own site only', async () => {
    await createSite(server.db, { slug: 'elsewhere', name: 'Elsewhere', origins: ['https://else.example'] })
    await readPage(server.nobody, server.article)
    const wrong = await ask({}, `${server.origin}/v1/sites/elsewhere/articles/${server.article}/threads`)
    expect(wrong.status).toBe(404)
    expect((await ask()).status).toBe(200)
  })
})

describe('a snapshot', () => {
  test('is read once for all who ask meanwhile', async () => {
    const snapshots = new Snapshots()
    let reads = 0
    const read = () => Promise.resolve(`${(reads += 1)}`)
    const asked = Array.from({ length: 10 }, () => snapshots.of('site', 'article', read))
    for (const { plain } of await Promise.all(asked)) expect(plain.toString()).toBe('1')
    expect(reads).toBe(1)
  })

  test('that was forgotten while it was read is not kept', async () => {
    const snapshots = new Snapshots()
    const old = Promise.withResolvers<string>()
    const first = snapshots.of('site', 'article', () => old.promise)
    snapshots.forget('article')
    const second = await snapshots.of('site', 'article', () => Promise.resolve('new'))
    old.resolve('old')
    expect((await first).plain.toString()).toBe('old')
    expect(second.plain.toString()).toBe('new')
    const third = await snapshots.of('site', 'article', () => Promise.resolve('newer'))
    expect(third.plain.toString()).toBe('new')
  })

  test('that could not be read is asked for again', async () => {
    const snapshots = new Snapshots()
    const failing = () => Promise.reject(new Error('the database is away'))
    await expect(snapshots.of('site', 'article', failing)).rejects.toThrow('away')
    expect((await snapshots.of('site', 'article', () => Promise.resolve('here'))).plain.toString()).toBe(
      'here',
    )
  })
})
