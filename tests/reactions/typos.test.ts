import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeBlock } from '../../core/anchoring/index.ts'
import { verifyLog } from '../../server/comments/index.ts'
import { createSite } from '../../server/sites/index.ts'
import type { Client } from '../server/client.ts'
import { open, readAll, site as slug } from '../server/stage.ts'
import { block, logged, names, none, openStage, params, react, reactTo, texts, type Stage } from './stage.ts'

let stage: Stage
let ada: Client
let bela: Client
let mo: Client
beforeAll(async () => {
  stage = await openStage()
  ;({ ada, bela, mo } = stage)
})
afterAll(() => stage.close())

describe('a typo', () => {
  const report = (who: Client, article: string, text: string) =>
    who.ok(names.at, {
      params: { site: slug, article },
      body: { anchor: block(1), kind: 'typo' as const, text },
    })
  const list = async (query: { cursor?: string; limit?: number } = {}) =>
    await stage.pia.ok('GET /v1/sites/:site/typos', {
      params: { site: slug },
      query,
    })

  test('is seen by its reader and the publisher, and by nobody else in any way', async () => {
    const { id } = await stage.publish('Private')
    const lines = await Promise.all([stage.readAlong(id), stage.readAlong(id, bela), stage.readAlong(id, mo)])
    const reported = await report(ada, id, ' counted, not cuonted ')
    const { thread } = reported
    expect(reported).toMatchObject({ seq: 0, mine: null, typo: true, thread: { reactions: none } })
    expect(await readAll(ada, id)).toMatchObject([{ id: thread.id, mine: null, typo: true, comments: 0 }])
    for (const who of [stage.nobody, bela, mo]) expect(await readAll(who, id)).toEqual([])
    expect(await stage.marksOf(id)).toEqual([])
    await bela.refused(names.onThread, 404, { params: params(thread.id), body: { kind: 'agree' } })
    for (const line of lines) {
      await line.settled()
      expect(logged(line)).toEqual([])
      line.socket.close()
    }
    const { typos } = await list()
    expect(typos[0]).toMatchObject({
      article: { id, title: 'Private', slug: 'Private' },
      threadId: thread.id,
      quote: texts[1],
      text: 'counted, not cuonted',
      by: 'Ada',
    })
  })

  test('stands beside a reaction; each is changed and taken back without the other', async () => {
    const { id } = await stage.publish('Beside')
    const { thread } = await reactTo(ada, id, 1, 'agree')
    const isListed = async () => (await list()).typos.some(({ threadId }) => threadId === thread.id)
    const seen = async (who: Client) => (await readAll(who, id))[0]
    expect(await report(ada, id, 'cuonted')).toMatchObject({
      seq: 1,
      thread: { id: thread.id, reactions: { agree: 1 } },
      mine: 'agree',
      typo: true,
    })
    expect(await react(ada, thread.id, 'source')).toMatchObject({
      thread: { reactions: { agree: 0, source: 1 } },
      mine: 'source',
      typo: true,
    })
    expect(await seen(ada)).toMatchObject({ mine: 'source', typo: true })
    expect(await seen(bela)).toMatchObject({ mine: null, typo: false, reactions: { source: 1 } })

    const back = await ada.ok(names.takeBack, { params: params(thread.id), query: { kind: 'typo' } })
    expect(back).toMatchObject({ mine: 'source', typo: false, thread: { reactions: { source: 1 } } })
    expect(await isListed()).toBe(false)
    await report(ada, id, 'cuonted')
    expect(await ada.ok(names.takeBack, { params: params(thread.id) })).toMatchObject({
      mine: null,
      typo: true,
      thread: { reactions: none },
    })
    expect(await isListed()).toBe(true)
    expect(await seen(bela)).toBeUndefined()
    expect((await verifyLog(stage.db, stage.demo.id)).faults).toEqual([])
  })

  test('is ticked off by the publisher, and comes back only with another text', async () => {
    const { id } = await stage.publish('Done')
    const { thread } = await report(ada, id, 'cuonted')
    const pia = stage.pia
    const [typo] = (await list()).typos
    expect(typo?.threadId).toBe(thread.id)
    const done = { params: { site: slug, typo: typo?.id ?? '' } }
    await mo.refused('POST /v1/sites/:site/typos/:typo/done', 403, done)
    await mo.refused('GET /v1/sites/:site/typos', 403, { params: { site: slug } })
    await pia.ok('POST /v1/sites/:site/typos/:typo/done', done)
    await pia.refused('POST /v1/sites/:site/typos/:typo/done', 404, done)
    const isListed = async () => (await list()).typos.some(({ threadId }) => threadId === thread.id)
    await report(ada, id, 'cuonted')
    expect(await isListed()).toBe(false)
    await report(ada, id, 'cuonted, and a comma')
    expect(await isListed()).toBe(true)
  })

  test('is listed newest first, page by page', async () => {
    const { id } = await stage.publish('Listed')
    for (const who of [ada, bela, mo]) await report(who, id, 'One, two, three')
    const first = await list({ limit: 2 })
    expect(first.typos.map(({ by }) => by)).toEqual(['Mo', 'Bela'])
    const second = await list({ limit: 1, cursor: first.next ?? '' })
    expect(second.typos).toMatchObject([{ by: 'Ada', article: { id } }])
  })

  test.each([
    ['a text beside another kind', { kind: 'agree', text: 'More' }, 'text'],
    ['a text that is too long', { kind: 'typo', text: 'a'.repeat(501) }, 'text'],
    ['a kind that there is not', { kind: 'love' }, 'kind'],
  ])('or another reaction is refused with %s', async (_, body, field) => {
    const { thread } = await open(mo, stage.article, 'Refuse.')
    const { errors } = await ada.refused(names.onThread, 400, { params: params(thread.id), body })
    expect(errors?.map((one) => one.field)).toContain(field)
  })
})

describe('who may react, and to what', () => {
  test('nobody without signing in', async () => {
    const { thread } = await open(mo, stage.article, 'Sign in.')
    const body = { kind: 'agree' }
    await stage.nobody.refused(names.onThread, 401, { params: params(thread.id), body })
    await stage.nobody.refused(names.takeBack, 401, { params: params(thread.id) })
    await stage.nobody.refused(names.takeBack, 401, { params: params(thread.id), query: { kind: 'typo' } })
    await stage.nobody.refused(names.at, 401, {
      params: { site: slug, article: stage.article },
      body: { ...body, anchor: await stage.onBlock(1) },
    })
  })

  test('not to words that are not in the text as the server knows it', async () => {
    const { id } = await stage.publish('Elsewhere')
    const anchor = describeBlock(['A wholly different text about bees, their houses and their queens.'], 0)
    const problem = await ada.refused(names.at, 400, {
      params: { site: slug, article: id },
      body: { anchor, kind: 'agree' },
    })
    expect(problem.errors?.[0]?.field).toBe('anchor')
    expect(await readAll(ada, id)).toEqual([])
  })

  test('not to a thread whose only comment waits: that would show it', async () => {
    const { id } = await stage.publish('Waiting')
    const chris = await stage.signedIn('chris@demo.example')
    const { thread, comment } = await open(chris, id, 'My first.', block(0))
    expect(comment.state).toBe('held')
    await bela.refused(names.onThread, 404, { params: params(thread.id), body: { kind: 'agree' } })
    expect((await reactTo(bela, id, 0, 'agree')).thread.id).not.toBe(thread.id)
  })

  test('not from another site', async () => {
    await createSite(stage.db, { slug: 'other', name: 'Other', origins: [stage.origin] })
    const { thread } = await open(mo, stage.article, 'Of this site.')
    const there = { site: 'other', thread: thread.id }
    await ada.refused(names.onThread, 404, { params: there, body: { kind: 'agree' } })
    await ada.refused(names.takeBack, 404, { params: there })
    await ada.refused(names.at, 404, {
      params: { site: 'other', article: stage.article },
      body: { anchor: await stage.onBlock(1), kind: 'agree' },
    })
    await ada.refused('PUT /v1/sites/:site/threads/:thread/mark', 404, {
      params: there,
      body: { mark: 'answered' },
    })
    expect((await readAll(ada, stage.article)).find(({ id }) => id === thread.id)?.reactions).toEqual(none)
  })
})
