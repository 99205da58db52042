import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildApp } from '../../server/app.ts'
import { browserOf, countOpenings, deleteOldOpenings } from '../../server/numbers/index.ts'
import { origin } from '../moderation/caller.ts'
import { openStage, publisher, type Stage } from '../moderation/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())
beforeEach(async () => {
  await stage.db.deleteFrom('opened').execute()
  await stage.db.deleteFrom('opened_passage').execute()
})

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'
const phone = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36'

/** What is written, by day. */
async function written(): Promise<Record<string, number>> {
  const rows = await stage.db
    .selectFrom('opened')
    .select((eb) => [eb.cast<string>('day', 'text').as('day'), 'readers'])
    .orderBy('day')
    .execute()
  return Object.fromEntries(rows.map(({ day, readers }) => [day, readers]))
}

/** The readers of passages, by thread. */
async function ofPassages(): Promise<Record<string, number>> {
  const rows = await stage.db.selectFrom('opened_passage').select(['thread_id', 'readers']).execute()
  return Object.fromEntries(rows.map(({ thread_id, readers }) => [thread_id, readers]))
}

describe('counted are', () => {
  let now = new Date('2026-03-01T10:00:00Z')
  const faults: unknown[] = []
  const counting = (known = 100, kind: 'article' | 'passage' = 'article', id = stage.article) => {
    const openings = countOpenings(
      stage.db,
      kind,
      (error) => faults.push(error),
      () => now,
      { known },
    )
    const at = { siteId: stage.demo.id, id }
    return {
      ...openings,
      read: (network: string, agent = firefox) => openings.opened({ network, agent }, at),
    }
  }
  beforeEach(() => {
    now = new Date('2026-03-01T10:00:00Z')
    faults.length = 0
  })

  test('readers of a day: once, however often they come; by address and browser', async () => {
    const openings = counting()
    openings.read('192.0.2.1')
    openings.read('192.0.2.1')
    await openings.write()
    openings.read('192.0.2.1')
    await openings.write()
    expect(await written()).toEqual({ '2026-03-01': 1 })
    openings.read('192.0.2.1', phone)
    openings.read('192.0.2.2')
    now = new Date('2026-03-01T23:59:59Z')
    openings.read('192.0.2.1')
    now = new Date('2026-03-02T00:00:00Z')
    openings.read('192.0.2.1')
    await openings.close()
    expect(await written()).toEqual({ '2026-03-01': 3, '2026-03-02': 1 })
    expect(faults).toEqual([])
  })

  test('as many as there is room for; and again the next day', async () => {
    const openings = counting(3)
    for (let nth = 1; nth <= 9; nth += 1) openings.read(`192.0.2.${nth}`)
    await openings.write()
    expect(await written()).toEqual({ '2026-03-01': 3 })
    expect(faults).toHaveLength(1)
    now = new Date('2026-03-02T10:00:00Z')
    openings.read('192.0.2.9')
    await openings.close()
    expect(await written()).toEqual({ '2026-03-01': 3, '2026-03-02': 1 })
  })

  test('readers of passages beside those of articles, and nothing of a thread that is not there', async () => {
    const [passage, made] = [
      counting(100, 'passage', stage.thread),
      counting(100, 'passage', '01890000-0000-7000-8000-000000000000'),
    ]
    for (const address of ['192.0.2.1', '192.0.2.1', '192.0.2.2']) {
      passage.read(address)
      made.read(address)
    }
    await Promise.all([passage.close(), made.close()])
    expect(await ofPassages()).toEqual({ [stage.thread]: 2 })
    expect(await written()).toEqual({})
    expect(faults).toEqual([])
  })

  test('by several processes, each what it sees', async () => {
    const [one, other] = [counting(), counting()]
    one.read('192.0.2.1')
    other.read('192.0.2.1')
    await Promise.all([one.close(), other.close()])
    expect(await written()).toEqual({ '2026-03-01': 2 })
  })

  test('also what could not be written at first; and nothing of an article that is gone', async () => {
    const openings = counting()
    const gone = { siteId: stage.demo.id, id: '01890000-0000-7000-8000-000000000000' }
    await stage.db.schema.alterTable('opened').renameTo('away').execute()
    openings.read('192.0.2.1')
    openings.opened({ network: '192.0.2.1', agent: firefox }, gone)
    await openings.write()
    expect(faults).toHaveLength(1)
    await stage.db.schema.alterTable('away').renameTo('opened').execute()
    openings.read('192.0.2.2')
    await openings.close()
    expect(await written()).toEqual({ '2026-03-01': 2 })
  })
})

describe('a request for the discussion', () => {
  const path = () => `/v1/sites/demo/articles/${stage.article}/threads`

  /** Asks an application of its own, and ends it: what it counted is written. */
  async function counted(
    requests: { url?: string; headers?: Record<string, string>; address?: string; cookies?: object }[],
  ) {
    const app = await buildApp(stage.config, stage.db)
    for (const { url = path(), headers = {}, address = '192.0.2.7', cookies = {} } of requests) {
      const answer = await app.inject({
        url,
        remoteAddress: address,
        headers: { host: 'localhost:4000', origin: publisher, 'user-agent': firefox, ...headers },
        cookies: { ...cookies },
      })
      expect(answer.statusCode, answer.body).toBe(200)
    }
    await app.close()
    return Object.values(await written()).reduce((sum, readers) => sum + readers, 0)
  }

  test('is a reader’s, each counted once, and kept when the server ends', async () => {
    const requests = [{}, {}, { address: '192.0.2.8' }, { headers: { 'user-agent': phone } }]
    expect(await counted(requests)).toBe(3)
    // Another process does not know who was there before.
    expect(await counted([{}])).toBe(4)
  })

  test('counts the devices of a household that change their address as one', async () => {
    expect(
      await counted([
        { address: '2001:db8:1:2:aaaa::1' },
        { address: '2001:db8:1:2:bbbb::1' },
        { address: '2001:db8:1:3::1' },
        { address: '::ffff:192.0.2.7' },
        { address: '192.0.2.7' },
      ]),
    ).toBe(3)
  })

  test.each([
    ['a program that says so', { 'user-agent': `${firefox} (compatible; Googlebot/2.1)` }],
    [
      'one that gives its address',
      { 'user-agent': 'Mozilla/5.0 (compatible; Seer/1; +https://seer.example)' },
    ],
    ['no browser', { 'user-agent': 'curl/8.9' }],
    ['one that does not say what it is', { 'user-agent': '' }],
    ['a page fetched in advance', { 'sec-purpose': 'prefetch;prerender' }],
  ])('is not counted of %s', async (_, headers) => {
    expect(await counted([{ headers }])).toBe(0)
  })

  test('is not counted of those who work for the site, of further pages, nor of pages without script', async () => {
    const mo = await stage.session('mo@demo.example', stage.demo)
    const first = await stage.app.inject({ url: `${path()}?limit=1`, headers: { origin } })
    const { next } = first.json<{ next: string }>()
    expect(next).toMatch(/./)
    const requests = [
      { cookies: { 'postil-demo': mo } },
      { url: `${path()}?cursor=${next}` },
      { url: `/d/${stage.article}`, headers: { accept: 'text/html' } },
      { url: `/v1/sites/demo/threads/${stage.thread}/comments` },
    ]
    expect(await counted(requests)).toBe(0)
    const ada = await stage.session('ada@demo.example', stage.demo)
    expect(await counted([{ cookies: { 'postil-demo': ada } }])).toBe(1)
  })
})

test('a network that is none is taken as it is', () => {
  expect(browserOf({ ip: 'a socket', headers: { 'user-agent': phone } })).toEqual({
    network: 'a socket',
    agent: phone,
  })
})

test('counts go after 400 days, in the night', async () => {
  const at = { site_id: stage.demo.id, article_id: stage.article, readers: 1 }
  const dayBefore = (days: number) => new Date(Date.now() - days * 24 * 3600_000).toISOString().slice(0, 10)
  await stage.db
    .insertInto('opened')
    .values([0, 400, 401].map((days) => ({ ...at, day: dayBefore(days) })))
    .execute()
  await stage.db
    .insertInto('opened_passage')
    .values(
      [0, 401].map((days) => ({
        site_id: stage.demo.id,
        thread_id: stage.thread,
        readers: days + 1,
        day: dayBefore(days),
      })),
    )
    .execute()
  await deleteOldOpenings(stage.db)
  expect(await ofPassages()).toEqual({ [stage.thread]: 1 })
  expect(Object.keys(await written())).toEqual([dayBefore(400), dayBefore(0)])
})
