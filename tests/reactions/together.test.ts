import { sql, type KyselyPlugin } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appendThreadEvent, changesAfter, verifyLog } from '../../server/comments/index.ts'
import { readThreads } from '../../server/threads/index.ts'
import type { Client } from '../server/client.ts'
import { open, readPage } from '../server/stage.ts'
import { block, logged, mark, names, openStage, params, reactTo, texts, type Stage } from './stage.ts'

let stage: Stage
let ada: Client
let bela: Client
let mo: Client
beforeAll(async () => {
  stage = await openStage()
  ;({ ada, bela, mo } = stage)
})
afterAll(() => stage.close())

test('marks, reactions, comments and passages put right in one thread, all at once, wait for each other', async () => {
  const { id } = await stage.publish('Busy')
  const { thread } = await open(mo, id, 'Go.', block(0))
  const comment = 'POST /v1/sites/:site/threads/:thread/comments'
  const kinds = ['agree', 'helpful', 'question', 'source', 'typo'] as const
  const answers = await Promise.all(
    kinds.flatMap((kind, nth) => [
      mark(mo, thread.id, nth % 2 === 0 ? 'answered' : 'corrected'),
      ada.request(names.onThread, { params: params(thread.id), body: { kind } }),
      bela.request(names.onThread, { params: params(thread.id), body: { kind } }),
      ada.request(names.takeBack, { params: params(thread.id) }),
      mo.request(comment, { params: params(thread.id), body: { body: `Reply ${nth}` } }),
      mo.request('POST /v1/sites/:site/threads/:thread/passage', {
        params: params(thread.id),
        body: { anchor: block(nth % 3), revision: 1 },
      }),
    ]),
  )
  expect(answers.filter(({ status }) => status !== 200 && status !== 201)).toEqual([])
  expect((await verifyLog(stage.db, stage.demo.id)).faults).toEqual([])
})

test('comments and reactions at once come in order and once each, to who was there and who comes meanwhile', async () => {
  const { id } = await stage.publish('Interleaved')
  const { thread } = await open(mo, id, 'Go.', block(0))
  const early = await stage.readAlong(id)
  const lines = [early]
  const acts = Array.from({ length: 20 }, async (_, nth) => {
    await mo.ok('POST /v1/sites/:site/threads/:thread/comments', {
      params: params(thread.id),
      body: { body: `Reply ${nth}` },
    })
    await reactTo(nth % 2 === 0 ? ada : bela, id, nth % 3, nth % 4 < 2 ? 'agree' : 'helpful')
    const late = stage.openLine()
    late.say({ type: 'subscribe', article: id, after: 1 })
    lines.push(late)
  })
  await Promise.all(acts)
  const { seq } = await readPage(stage.nobody, id)
  for (const line of lines) {
    await line.until((frame) => 'seq' in frame && frame.type !== 'caught_up' && frame.seq === seq)
    await line.settled()
    const numbers = logged(line).map((frame) => ('seq' in frame ? frame.seq : null))
    expect(numbers).toEqual(Array.from({ length: seq - 1 }, (_, nth) => nth + 2))
    line.socket.close()
  }
})

test('what is read between two events of different kinds waits for the one that was missed', async () => {
  const { id } = await stage.publish('Between')
  const { thread, comment } = await open(mo, id, 'Go.', block(0))
  const article = { siteId: stage.demo.id, articleId: id }
  const firstRead = Promise.withResolvers<undefined>()
  const telling: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: ({ result }) => {
      firstRead.resolve(undefined)
      return Promise.resolve(result)
    },
  }
  const reading = await stage.db.transaction().execute(async (tx) => {
    // The comments' events cannot be read now: they come later than the threads'.
    await sql`lock table comment in access exclusive mode`.execute(tx)
    const changes = changesAfter(stage.db.withPlugin(telling), article, 0, 200)
    await firstRead.promise
    await appendThreadEvent(tx, { ...article, threadId: thread.id }, 'reacted')
    await sql`update article set seq = seq + 1 where id = ${id}`.execute(tx)
    await sql`
      insert into event (site_id, article_id, seq, kind, comment_id)
      values (${article.siteId}, ${id}, 3, 'edited', ${comment.id})
    `.execute(tx)
    return { changes }
  })
  const seqs = (changes: { seq: number }[]) => changes.map(({ seq }) => seq)
  expect(seqs(await reading.changes)).toEqual([1])
  expect(seqs(await changesAfter(stage.db, article, 1, 200))).toEqual([2, 3])
  expect(seqs(await changesAfter(stage.db, article, 0, 2))).toEqual([1, 2])
})

test('the counts are checked against what was reacted', async () => {
  const { id } = await stage.publish('Verified')
  const { thread } = await reactTo(ada, id, 0, 'agree')
  const count = (by: number) =>
    sql`update thread set agree_count = agree_count + ${by} where id = ${thread.id}`.execute(stage.db)
  await count(1)
  expect((await verifyLog(stage.db, stage.demo.id)).faults).toEqual([
    `thread ${thread.id}: counts 2 0 0 0 reactions`,
  ])
  await count(-1)
  expect((await verifyLog(stage.db, stage.demo.id)).faults).toEqual([])
})

test('a page of threads takes as many queries with one reaction as with many', async () => {
  let queries = 0
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: ({ result }) => {
      queries += 1
      return Promise.resolve(result)
    },
  }
  const page = { after: undefined, limit: 100 }
  const actor = (
    await stage.db.selectFrom('account').select(['id', 'name']).where('name', '=', 'Ada').execute()
  )[0]
  if (!actor) throw new Error('Ada is missing')
  const cost = async (article: string) => {
    queries = 0
    const viewer = { ...actor, role: 'reader' as const, sections: null }
    const { threads } = await readThreads(stage.db.withPlugin(counting), stage.demo, article, viewer, page)
    return { queries, mine: threads.filter(({ mine }) => mine !== null).length }
  }
  const { id: few } = await stage.publish('Few')
  await reactTo(ada, few, 0, 'agree')
  const { id: many } = await stage.publish('Many')
  for (const index of texts.keys()) {
    await open(mo, many, 'Here.', block(index))
    for (const who of [ada, bela, mo]) await reactTo(who, many, index, 'agree')
  }
  const little = await cost(few)
  expect(little).toEqual({ queries: 4, mine: 1 })
  expect(await cost(many)).toEqual({ queries: little.queries, mine: 3 })
})
