import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from './client.ts'
import { dial } from './line.ts'
import { open, openServer, readPage, reply, site, type Server } from './stage.ts'

let server: Server
let ada: Client
let bela: Client
beforeAll(async () => {
  server = await openServer()
  ada = await server.signedIn('ada@demo.example')
  bela = await server.signedIn('bela@demo.example')
})
afterAll(() => server.close())

const seqNow = async () => (await readPage(server.nobody, server.article)).seq
/** Ids that no article has. */
const nowhere = (nth: number) => `01890a5d-ac96-774b-bcce-${String(nth).padStart(12, '0')}`

describe('a subscription', () => {
  test('replays what came after its number, then says that it has caught up', async () => {
    const before = await seqNow()
    const first = await open(ada, server.article, 'Before.')
    const second = await reply(bela, first.thread.id, 'Also before.')
    const line = await server.follow(server.nobody, before)
    expect(line.frames.filter(({ type }) => type === 'change' || type === 'caught_up')).toMatchObject([
      { type: 'change', seq: before + 1, commentId: first.comment.id },
      { type: 'change', seq: before + 2, commentId: second.comment.id },
      { type: 'caught_up', article: server.article, seq: before + 2 },
    ])
    line.socket.close()
  })

  test('brings each post as one frame, with its thread', async () => {
    const line = await server.follow()
    const first = await open(ada, server.article, 'One.', await server.onWords('brown ink'))
    const second = await reply(bela, first.thread.id, 'Two.', first.comment.id)
    await line.change(second.seq)
    await line.settled()
    expect(line.changes()).toMatchObject([
      {
        seq: first.seq,
        thread: { id: first.thread.id, anchor: first.thread.anchor },
        comment: { own: null },
      },
      { seq: second.seq, thread: { comments: 2 }, comment: { parentId: first.comment.id } },
    ])
    line.socket.close()
  })

  test('brings edits and withdrawals, as the comment is then', async () => {
    const posted = await open(ada, server.article, 'Frist.')
    const line = await server.follow()
    const params = { site, comment: posted.comment.id }
    const body = { body: 'First.', revision: 1 }
    await ada.ok('PATCH /v1/sites/:site/comments/:comment', { params, body })
    expect(await line.change(posted.seq + 1)).toMatchObject({
      comment: { revision: 2, body: [{ children: [{ text: 'First.' }] }] },
    })
    await ada.ok('POST /v1/sites/:site/comments/:comment/withdrawal', { params })
    expect(await line.change(posted.seq + 2)).toMatchObject({ thread: null, comment: null })
    line.socket.close()
  })

  test('shows the author more than the others: the source, the key and what may be done', async () => {
    const lines = {
      ada: await server.follow(ada),
      bela: await server.follow(bela),
      all: await server.follow(),
    }
    const key = 'a-key-of-adas-own'
    const { seq, comment } = await open(ada, server.article, 'Mine *alone*.', null, key)
    expect((await lines.ada.change(seq)).comment).toEqual(comment)
    expect(comment).toMatchObject({
      own: { source: 'Mine *alone*.', key },
      can: { edit: true, report: false },
    })
    const forOthers = await lines.bela.change(seq)
    expect(forOthers.comment).toMatchObject({
      own: null,
      can: { edit: false, withdraw: false, report: true },
    })
    expect(await lines.all.change(seq)).toEqual(forOthers)
    expect(JSON.stringify(forOthers)).not.toContain(key)
    for (const line of Object.values(lines)) line.socket.close()
  })

  test('from a number that is yet to come is told to start anew', async () => {
    const line = server.openLine()
    line.say({ type: 'subscribe', article: server.article, after: (await seqNow()) + 1 })
    expect(await line.until(({ type }) => type !== 'presence')).toEqual({
      type: 'resync',
      article: server.article,
    })
    line.socket.close()
  })

  test('brings nothing of other articles', async () => {
    const line = await server.follow()
    await open(ada, await server.newArticle('Not here'), 'Elsewhere.')
    const { seq } = await open(ada, server.article, 'Here.')
    await line.change(seq)
    expect(line.changes().map(({ article }) => article)).toEqual([server.article])
    line.socket.close()
  })
})

describe('a subscription that was given up', () => {
  /** Posts, and waits until a reader that came later has it, and the line had its turn. */
  async function postPast(line: Awaited<ReturnType<Server['follow']>>) {
    const witness = await server.follow()
    const { seq } = await open(ada, server.article, 'Past.')
    await witness.change(seq)
    await line.settled()
    witness.socket.close()
  }

  test.each(['lower', 'upper'])('brings nothing more; with its id in %s case', async (letters) => {
    const line = server.openLine()
    const article = letters === 'upper' ? server.article.toUpperCase() : server.article
    line.say({ type: 'subscribe', article, after: await seqNow() })
    await line.until(({ type }) => type === 'caught_up')
    line.say({ type: 'unsubscribe', article })
    await postPast(line)
    expect(line.changes()).toEqual([])
    line.socket.close()
  })

  test('brings nothing more where that came before it was answered', async () => {
    const line = server.openLine()
    line.say({ type: 'subscribe', article: server.article, after: await seqNow() })
    line.say({ type: 'unsubscribe', article: server.article })
    await postPast(line)
    expect(line.frames.filter(({ type }) => type !== 'refused')).toEqual([])
    line.socket.close()
  })

  test('is no longer counted among the readers', async () => {
    const article = await server.newArticle('Counted')
    const [stays, goes] = [server.openLine(), server.openLine()]
    for (const line of [stays, goes]) {
      line.say({ type: 'subscribe', article: article.toUpperCase(), after: 0 })
      await line.until(({ type }) => type === 'caught_up')
    }
    await stays.until((frame) => frame.type === 'presence' && frame.readers === 2)
    const told = stays.frames.length
    goes.socket.close()
    await stays.until(() =>
      stays.frames.slice(told).some((frame) => frame.type === 'presence' && frame.readers === 1),
    )
    stays.socket.close()
  })
})

describe('the queue', () => {
  const held = (nth: number) => `What a crook, number ${nth}.`

  test('is watched by moderators: each comment that is held is one frame', async () => {
    const line = server.openLine(await server.signedIn('mo@demo.example'))
    line.say({ type: 'watch_queue' })
    await line.settled()
    await open(ada, server.article, held(1))
    await open(ada, server.article, 'Nothing to hold.')
    await open(ada, server.article, held(2))
    await line.settled()
    expect(line.frames.map(({ type }) => type)).toEqual(['refused', 'queue', 'queue', 'refused'])
    line.socket.close()
  })

  test('tells of reports too, and of a held comment that is withdrawn', async () => {
    const line = server.openLine(await server.signedIn('mo@demo.example'))
    line.say({ type: 'watch_queue' })
    await line.settled()
    const { comment } = await open(ada, server.article, 'Report me.')
    const params = { site, comment: comment.id }
    await bela.ok('POST /v1/sites/:site/comments/:comment/reports', { params, body: { category: 'spam' } })
    await ada.ok('POST /v1/sites/:site/comments/:comment/withdrawal', { params })
    await line.settled()
    expect(line.frames.filter(({ type }) => type === 'queue')).toHaveLength(2)
    line.socket.close()
  })

  test.each(['ada@demo.example', null])('is not watched by %s', async (email) => {
    const line = server.openLine(email === null ? server.nobody : await server.signedIn(email))
    line.say({ type: 'watch_queue' })
    const refused = await line.until(({ type }) => type === 'refused')
    expect(refused).toMatchObject({ reason: 'Only moderators of this site may watch its queue.' })
    await open(ada, server.article, held(3))
    await line.settled()
    expect(line.frames.filter(({ type }) => type === 'queue')).toEqual([])
    line.socket.close()
  })
})

describe('a line', () => {
  test.each([undefined, 'null', 'https://evil.example', 'http://localhost', 'localhost'])(
    'from the origin %s is closed with 4403, cookie or not',
    async (origin) => {
      const line = dial(server.origin, { origin, cookie: ada.cookie })
      line.say({ type: 'subscribe', article: server.article, after: 0 })
      expect(await line.closed).toBe(4403)
      expect(line.frames).toEqual([])
    },
  )

  test('for a site that is not there is closed with 4403', async () => {
    expect(await dial(server.origin, { origin: server.origin, site: 'nowhere' }).closed).toBe(4403)
  })

  test.each(['{', '[]', '{"type":"beat"}', `{"type":"subscribe","article":"${nowhere(0)}","after":-1}`])(
    'refuses %s, which is not in the contract, and goes on',
    async (text) => {
      const line = await server.follow()
      line.socket.send(text)
      const refused = await line.until(({ type }) => type === 'refused')
      expect(refused).toMatchObject({ reason: 'This frame is not in the contract; see /v1/docs.' })
      const { seq } = await open(ada, server.article, 'Still here?')
      await line.change(seq)
      line.socket.close()
    },
  )

  test('reads twenty articles, and one more for each that it leaves', async () => {
    const line = server.openLine()
    const subscribe = (nth: number) => line.say({ type: 'subscribe', article: nowhere(nth), after: 0 })
    const reasons = () => line.frames.flatMap((frame) => (frame.type === 'refused' ? [frame.reason] : []))
    const answered = (count: number) => line.until(() => reasons().length === count)
    for (let nth = 1; nth <= 20; nth += 1) subscribe(nth)
    await answered(20)
    expect(new Set(reasons())).toEqual(new Set(['There is no such article.']))
    subscribe(21)
    await answered(21)
    expect(reasons().at(-1)).toBe('One line reads at most 20 articles.')
    line.say({ type: 'unsubscribe', article: nowhere(1) })
    subscribe(21)
    await answered(22)
    expect(reasons().at(-1)).toBe('There is no such article.')
    line.socket.close()
  })

  test('that says more than 100 things in a moment is closed with 1008, and others are not', async () => {
    const [loud, quiet] = [await server.follow(), await server.follow()]
    for (let nth = 0; nth < 101; nth += 1) loud.say({ type: 'unsubscribe', article: nowhere(0) })
    expect(await loud.closed).toBe(1008)
    const { seq } = await open(ada, server.article, 'Quiet now.')
    await quiet.change(seq)
    expect(loud.changes()).toEqual([])
    quiet.socket.close()
  })

  test('that says something longer than 16 KiB is closed with 1009', async () => {
    const line = await server.follow()
    line.socket.send('x'.repeat(16 * 1024))
    await line.until(({ type }) => type === 'refused')
    line.socket.send('x'.repeat(16 * 1024 + 1))
    expect(await line.closed).toBe(1009)
  })
})
