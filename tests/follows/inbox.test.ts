import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addJob } from '../../server/jobs/index.ts'
import { createSite } from '../../server/sites/index.ts'
import type { Client } from '../server/client.ts'
import { dial } from '../server/line.ts'
import { open, openServer, reply, site, type Server } from '../server/stage.ts'
import { finishJobs } from '../setup/jobs.ts'
import { decide, follow, onArticle, onReplies, onThread, told, unfollow } from './stage.ts'

let server: Server
let article: string
let ada: Client
let bela: Client
let mo: Client
beforeAll(async () => {
  server = await openServer()
  ada = await server.signedIn('ada@demo.example')
  bela = await server.signedIn('bela@demo.example')
  mo = await server.signedIn('mo@demo.example')
  await createSite(server.db, { slug: 'other', name: 'Other', origins: [server.origin] })
})
afterAll(() => server.close())
beforeEach(async () => {
  article = await server.newArticle('News')
})

const finish = () => finishJobs(server.db)
const reasons = async (who: Client) => (await told(who, article)).map(({ reason }) => reason)

describe('somebody is told of', () => {
  test('answers to them, without having chosen anything', async () => {
    const first = await open(ada, article, 'Who knows?', await server.onWords('brown ink'))
    const answer = await reply(bela, first.thread.id, '*I* do.', first.comment.id)
    await reply(bela, first.thread.id, 'And on the side.')
    await finish()
    expect(await told(ada, article)).toMatchObject([
      {
        reason: 'reply',
        read: false,
        article: { id: article, title: 'News' },
        threadId: first.thread.id,
        quote: 'brown ink',
        comment: { id: answer.comment.id, author: { name: 'Bela' }, own: null },
      },
    ])
  })

  test('a thread or an article that they follow, for the first reason that holds', async () => {
    const first = await open(bela, article, 'One.')
    const other = await open(bela, article, 'Two.')
    await finish()
    await follow(mo, onArticle(article))
    await follow(mo, onThread(first.thread.id))
    const own = await reply(mo, first.thread.id, 'My own.')
    await reply(ada, other.thread.id, 'By the article.')
    await finish()
    await reply(ada, first.thread.id, 'By the thread.')
    await finish()
    await reply(ada, first.thread.id, 'By the answer.', own.comment.id)
    await finish()
    expect(await reasons(mo)).toEqual(['reply', 'thread', 'article'])
  })

  test('a comment that names them, unless it answers them or they want no replies', async () => {
    const { thread, comment } = await open(bela, article, 'I was here.')
    await open(mo, article, 'So was I.')
    await finish()
    await reply(ada, thread.id, 'What says @Bela, and @Bela again, and @Mo?')
    await finish()
    await reply(ada, thread.id, 'I mean you, @Bela.', comment.id)
    await finish()
    expect(await reasons(bela)).toEqual(['reply', 'mention'])
    expect(await reasons(mo)).toEqual(['mention'])
    await unfollow(bela, onReplies)
    await reply(ada, thread.id, 'And now, @Bela?')
    await finish()
    expect(await reasons(bela)).toEqual(['reply', 'mention'])
    await follow(bela, onReplies)
  })

  test('nothing of their own', async () => {
    await follow(ada, onArticle(article))
    const first = await open(ada, article, 'Mine.')
    await reply(ada, first.thread.id, 'Mine, too.', first.comment.id)
    await finish()
    expect(await told(ada, article)).toEqual([])
  })

  test('nothing that they turned off', async () => {
    await follow(bela, onArticle(article))
    const noisy = await open(ada, article, 'Noisy.')
    const own = await reply(bela, noisy.thread.id, 'Hush.')
    await finish()
    await unfollow(bela, onThread(noisy.thread.id))
    await unfollow(bela, onReplies)
    await reply(ada, noisy.thread.id, 'Not of this thread.')
    await reply(ada, noisy.thread.id, 'Nor of an answer in it.', own.comment.id)
    await finish()
    expect(await reasons(bela)).toEqual(['article'])
    await unfollow(bela, onArticle(article))
    await open(ada, article, 'Nor of the article.')
    await finish()
    expect(await reasons(bela)).toEqual(['article'])
    await follow(bela, onReplies)
  })

  test('what was held, when it is approved', async () => {
    const chris = await server.signedIn('chris@demo.example')
    await follow(bela, onArticle(article))
    const held = await open(chris, article, 'My first.')
    await finish()
    expect(await told(bela, article)).toEqual([])
    await decide(mo, held.comment.id, 'approve')
    await finish()
    expect(await told(bela, article)).toMatchObject([{ comment: { id: held.comment.id, state: 'live' } }])
  })

  test('each comment once, whatever happens to it and however often the job runs', async () => {
    await follow(bela, onArticle(article))
    const { comment } = await open(ada, article, 'Once.')
    await finish()
    const before = await told(bela, article)
    expect(before).toHaveLength(1)
    await addJob(server.db, 'notify', { siteId: server.siteId, commentId: comment.id })
    const body = { body: 'Once, edited.', revision: 1 }
    await ada.ok('PATCH /v1/sites/:site/comments/:comment', { params: { site, comment: comment.id }, body })
    await finish()
    const after = await told(bela, article)
    expect(after).toMatchObject([{ id: before[0]?.id, comment: { revision: 2 } }])
  })

  test('not anew, who follows only since, when it is hidden and shown again', async () => {
    const { comment } = await open(ada, article, 'Old news.')
    await finish()
    const report = { params: { site, comment: comment.id }, body: { category: 'other' } } as const
    await bela.ok('POST /v1/sites/:site/comments/:comment/reports', report)
    await follow(bela, onArticle(article))
    const { cases } = await mo.ok('GET /v1/sites/:site/cases', { params: { site } })
    const about = cases.find((one) => one.comment.id === comment.id)
    if (!about) throw new Error('the report opened no case')
    const { decision } = await mo.ok('POST /v1/sites/:site/cases/:case/decisions', {
      params: { site, case: about.id },
      body: { action: 'reject', reason: 'other', revision: 1, version: about.version },
    })
    await mo.ok('POST /v1/sites/:site/decisions/:decision/reversal', {
      params: { site, decision: decision.id },
    })
    await finish()
    expect(await told(bela, article)).toEqual([])
  })
})

describe('the inbox', () => {
  test('leaves out what was withdrawn', async () => {
    await follow(bela, onArticle(article))
    const { comment } = await open(ada, article, 'Never mind.')
    await finish()
    const unread = async () => (await bela.ok('GET /v1/sites/:site/inbox', { params: { site } })).unread
    const before = await unread()
    await ada.ok('POST /v1/sites/:site/comments/:comment/withdrawal', {
      params: { site, comment: comment.id },
    })
    expect(await told(bela, article)).toEqual([])
    expect(await unread()).toBe(before - 1)
  })

  test('comes in pages, the newest first, and is read up to an item or one by one', async () => {
    const pia = await server.signedIn('pia@demo.example')
    await follow(pia, onArticle(article))
    const { thread } = await open(ada, article, '1')
    await finish()
    for (const nth of [2, 3, 4, 5]) {
      await reply(ada, thread.id, String(nth))
      await finish()
    }
    const page = async (query: object) =>
      await pia.ok('GET /v1/sites/:site/inbox', { params: { site }, query })
    const words = (items: Awaited<ReturnType<typeof page>>['items']) =>
      items.map(({ comment }) => JSON.stringify(comment.body).replace(/\D/g, ''))
    const first = await page({ limit: 2 })
    const second = await page({ limit: 2, cursor: first.next })
    const third = await page({ limit: 2, cursor: second.next })
    expect([first, second, third].map(({ items }) => words(items))).toEqual([['5', '4'], ['3', '2'], ['1']])
    expect(third.next).toBeNull()
    expect(first.unread).toBe(5)

    const ids = [...first.items, ...second.items, ...third.items].map(({ id }) => id)
    const read = async (body: { upTo: string } | { ids: string[] }) => {
      await pia.ok('POST /v1/sites/:site/inbox/read', { params: { site }, body })
      return (await page({})).items.map((item) => item.read)
    }
    expect(await read({ ids: ids.slice(1, 2) })).toEqual([false, true, false, false, false])
    expect(await read({ upTo: ids[3] ?? '' })).toEqual([false, true, false, true, true])
    expect((await page({})).unread).toBe(2)
  })

  test('tells all windows of its reader, and nobody else’s, that something came or was read', async () => {
    await follow(bela, onArticle(article))
    const lines = [server.openLine(bela), server.openLine(bela)]
    const others = [
      server.openLine(mo),
      server.openLine(),
      dial(server.origin, { origin: server.origin, cookie: bela.cookie, site: 'other' }),
    ]
    await Promise.all([...lines, ...others].map((line) => line.settled()))
    await open(ada, article, 'Listen.')
    for (const line of lines) await line.until(({ type }) => type === 'inbox')
    const [item] = await told(bela, article)
    await bela.ok('POST /v1/sites/:site/inbox/read', { params: { site }, body: { upTo: item?.id ?? '' } })
    for (const line of lines) {
      await line.settled()
      expect(line.frames.filter(({ type }) => type === 'inbox')).toHaveLength(2)
    }
    for (const line of others) {
      await line.settled()
      expect(line.frames.filter(({ type }) => type === 'inbox')).toEqual([])
    }
    for (const line of [...lines, ...others]) line.socket.close()
  })

  test('is nobody else’s to read or to mark', async () => {
    await follow(bela, onArticle(article))
    await open(ada, article, 'For Bela.')
    await finish()
    const [item] = await told(bela, article)
    if (!item) throw new Error('nothing came')
    expect(await told(ada, article)).toEqual([])
    for (const body of [{ ids: [item.id] }, { upTo: item.id }])
      await ada.ok('POST /v1/sites/:site/inbox/read', { params: { site }, body })
    const elsewhere = { params: { site: 'other' } }
    expect((await bela.ok('GET /v1/sites/:site/inbox', elsewhere)).items).toEqual([])
    await bela.ok('POST /v1/sites/:site/inbox/read', { ...elsewhere, body: { ids: [item.id] } })
    expect((await told(bela, article))[0]?.read).toBe(false)
    await server.nobody.refused('GET /v1/sites/:site/inbox', 401, { params: { site } })
    await server.nobody.refused('POST /v1/sites/:site/inbox/read', 401, {
      params: { site },
      body: { upTo: item.id },
    })
  })

  test('is marked by no more than a hundred at once', async () => {
    const ids = Array.from({ length: 101 }, () => article)
    await bela.refused('POST /v1/sites/:site/inbox/read', 400, { params: { site }, body: { ids } })
    await bela.refused('POST /v1/sites/:site/inbox/read', 400, { params: { site }, body: { ids: [] } })
  })
})
