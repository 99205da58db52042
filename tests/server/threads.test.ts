import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Posted } from '../../core/contract/threads.ts'
import { verifyLog } from '../../server/comments/index.ts'
import { shareOf } from '../../server/threads/read.ts'
import type { Client } from './client.ts'
import { commentIds, names, open, openServer, readAll, readPage, reply, site, type Server } from './stage.ts'

let server: Server
let ada: Client
let bela: Client
beforeAll(async () => {
  server = await openServer()
  ada = await server.signedIn('ada@demo.example')
  bela = await server.signedIn('bela@demo.example')
})
afterAll(() => server.close())

const one = ({ comment }: Posted) => ({ site, comment: comment.id })
const edit = (who: Client, posted: Posted, body: string, revision = 1) =>
  who.ok('PATCH /v1/sites/:site/comments/:comment', { params: one(posted), body: { body, revision } })
const withdraw = (who: Client, posted: Posted) =>
  who.ok('POST /v1/sites/:site/comments/:comment/withdrawal', { params: one(posted) })

/** A comment as somebody finds it in the snapshot; undefined when nothing of it is to be seen. */
async function seen(who: Client, { comment }: Posted) {
  const threads = await readAll(who, server.article)
  return threads.flatMap(({ first }) => first).find(({ id }) => id === comment.id)
}

async function countRows(key: string): Promise<number> {
  const rows = await server.db.selectFrom('comment').select('id').where('client_key', '=', key).execute()
  return rows.length
}

describe('a thread', () => {
  test('on selected words and on a whole paragraph is in the snapshot, with the number of its event', async () => {
    const before = await readPage(server.nobody, server.article)
    const words = await server.onWords('brown ink')
    const block = await server.onBlock(4)
    const first = await open(ada, server.article, 'Often *red*, too.', words)
    const second = await open(bela, server.article, 'All of it.', block)
    expect([first.seq, second.seq]).toEqual([before.seq + 1, before.seq + 2])
    const after = await readPage(server.nobody, server.article)
    expect(after.seq).toBe(before.seq + 2)
    expect(after.threads.slice(before.threads.length)).toMatchObject([
      { id: first.thread.id, anchor: words, comments: 1, first: [{ author: { name: 'Ada' }, own: null }] },
      { id: second.thread.id, anchor: block, comments: 1, first: [{ author: { name: 'Bela' }, own: null }] },
    ])
    expect(words.block.whole).toBe(false)
    expect(block.block.whole).toBe(true)
    expect(first.comment).toMatchObject({
      state: 'live',
      body: [
        {
          children: [
            { text: 'Often ' },
            { type: 'emphasis', children: [{ text: 'red' }] },
            { text: ', too.' },
          ],
        },
      ],
      own: { source: 'Often *red*, too.' },
      can: { reply: true, edit: true, withdraw: true, report: false },
    })
  })

  test('takes replies, which stand under what they answer', async () => {
    const opened = await open(ada, server.article, 'Who says so?')
    const answer = await reply(bela, opened.thread.id, 'I do.', opened.comment.id)
    const after = await reply(ada, opened.thread.id, 'And I.')
    expect([answer.seq, after.seq]).toEqual([opened.seq + 1, opened.seq + 2])
    const thread = (await readAll(server.nobody, server.article)).find(({ id }) => id === opened.thread.id)
    expect(thread).toMatchObject({
      comments: 3,
      first: [
        { id: opened.comment.id, parentId: null },
        { id: answer.comment.id, parentId: opened.comment.id },
        { id: after.comment.id, parentId: null },
      ],
    })
  })
})

describe('the same Idempotency-Key', () => {
  test('gives the first result again, and writes nothing', async () => {
    const key = randomUUID()
    const first = await open(ada, server.article, 'Once.', null, key)
    expect(first.comment.own?.key).toBe(key)
    expect(await open(ada, server.article, 'Once.', null, key)).toEqual(first)
    const answer = await reply(bela, first.thread.id, 'Twice.', first.comment.id, `${key}-reply`)
    expect(await reply(bela, first.thread.id, 'Twice.', first.comment.id, `${key}-reply`)).toEqual(answer)
    expect([await countRows(key), await countRows(`${key}-reply`)]).toEqual([1, 1])
  })

  test('at the same moment makes one comment, and everybody is told of that one', async () => {
    const key = randomUUID()
    const all = await Promise.all(
      Array.from({ length: 10 }, () => open(ada, server.article, 'At once.', null, key)),
    )
    expect(new Set(all.map(({ comment }) => comment.id)).size).toBe(1)
    expect(await countRows(key)).toBe(1)
  })

  test('with another text is refused, and the first stays', async () => {
    const key = randomUUID()
    const first = await open(ada, server.article, 'This.', null, key)
    const problem = await ada.refused(names.newThread, 409, {
      params: { site, article: server.article },
      body: { body: 'That.', anchor: null },
      headers: { 'idempotency-key': key },
    })
    expect(problem).toMatchObject({ type: '/problems/conflict' })
    expect(problem.detail).toContain('Idempotency-Key')
    expect(await seen(ada, first)).toMatchObject({ own: { source: 'This.' } })
    expect(await countRows(key)).toBe(1)
  })

  test('of another account is another key', async () => {
    const key = randomUUID()
    const first = await open(ada, server.article, 'Mine.', null, key)
    const second = await open(bela, server.article, 'Mine.', null, key)
    expect(second.comment.id).not.toBe(first.comment.id)
  })

  test.each(['short', 'x'.repeat(101), 'with a space'])('is refused where it is none: %s', async (key) => {
    const problem = await ada.refused(names.newThread, 400, {
      params: { site, article: server.article },
      body: { body: 'Whatever.', anchor: null },
      headers: { 'idempotency-key': key },
    })
    expect(problem.errors?.[0]?.field).toBe('Idempotency-Key')
  })
})

describe('a comment', () => {
  test('is edited by its author: readers see the new text, and that it was edited', async () => {
    const posted = await open(ada, server.article, 'Frist.')
    expect(await edit(ada, posted, 'First.')).toMatchObject({ revision: 2, own: { source: 'First.' } })
    const view = await seen(bela, posted)
    expect(view).toMatchObject({ revision: 2, body: [{ children: [{ text: 'First.' }] }], own: null })
    expect(view?.editedAt).not.toBeNull()
  })

  test('is not edited from a revision that is no longer the newest, nor by somebody else', async () => {
    const posted = await open(ada, server.article, 'One.')
    await edit(ada, posted, 'Two.')
    const params = one(posted)
    const name = 'PATCH /v1/sites/:site/comments/:comment'
    await ada.refused(name, 409, { params, body: { body: 'Three.', revision: 1 } })
    await bela.refused(name, 403, { params, body: { body: 'Three.', revision: 2 } })
    expect(await seen(ada, posted)).toMatchObject({ own: { source: 'Two.' } })
  })

  test('that is withdrawn is gone, and cannot be answered, edited or withdrawn any more', async () => {
    const opened = await open(ada, server.article, 'Never mind.')
    const name = 'POST /v1/sites/:site/comments/:comment/withdrawal'
    await bela.refused(name, 403, { params: one(opened) })
    await withdraw(ada, opened)
    const params = { site, thread: opened.thread.id }
    const body = { body: 'But I do mind.', parentId: opened.comment.id }
    const problem = await bela.refused(names.newComment, 409, { params, body })
    expect(problem.type).toBe('/problems/conflict')
    await ada.refused(name, 409, { params: one(opened) })
    await ada.refused('PATCH /v1/sites/:site/comments/:comment', 409, {
      params: one(opened),
      body: { body: 'After all.', revision: 1 },
    })
    for (const who of [bela, server.nobody]) expect(await seen(who, opened)).toBeUndefined()
    // For as long as the withdrawal can be undone, its author sees where it was.
    const left = await seen(ada, opened)
    expect(left).toMatchObject({ state: 'withdrawn', author: null, body: null, own: null })
    expect(left?.can.restore).not.toBeNull()
  })

  test('that is withdrawn keeps its place, without its words, while an answer is below it', async () => {
    const opened = await open(ada, server.article, 'Something rash.')
    const answer = await reply(bela, opened.thread.id, 'Rash indeed.', opened.comment.id)
    await withdraw(ada, opened)
    for (const who of [ada, bela, server.nobody]) {
      expect(await seen(who, opened)).toMatchObject({
        state: 'withdrawn',
        author: null,
        body: null,
        own: null,
      })
      expect(await seen(who, answer)).toMatchObject({ state: 'live', parentId: opened.comment.id })
    }
    await withdraw(bela, answer)
    expect(await seen(bela, opened)).toBeUndefined()
  })

  test('is reported by another reader, once, and not by its author', async () => {
    const posted = await open(ada, server.article, 'Buy now!')
    const name = 'POST /v1/sites/:site/comments/:comment/reports'
    const body = { category: 'spam' as const, text: 'An advertisement.' }
    await bela.ok(name, { params: one(posted), body })
    await bela.ok(name, { params: one(posted), body })
    await ada.refused(name, 403, { params: one(posted), body })
    const reports = await server.db
      .selectFrom('report')
      .select(['category', 'text'])
      .where('comment_id', '=', posted.comment.id)
      .execute()
    expect(reports).toEqual([body])
    const mo = await server.signedIn('mo@demo.example')
    const { cases } = await mo.ok('GET /v1/sites/:site/cases', { params: { site } })
    expect(cases.map(({ comment }) => comment.id)).toContain(posted.comment.id)
  })

  test('that waits for a moderator is seen by its author alone, in the snapshot and on the line', async () => {
    const chris = await server.signedIn('chris@demo.example')
    const lines = { chris: await server.follow(chris), bela: await server.follow(bela) }
    const held = await open(chris, server.article, 'The secret of the margin.')
    expect(held.comment).toMatchObject({ state: 'held', own: { heldFor: ['new_author'] } })
    expect(await seen(chris, held)).toMatchObject({ state: 'held' })
    for (const who of [bela, server.nobody, await server.signedIn('mo@demo.example')]) {
      expect(await seen(who, held)).toBeUndefined()
    }
    expect(await lines.bela.change(held.seq)).toMatchObject({ thread: null, comment: null })
    expect(JSON.stringify(lines.bela.frames)).not.toMatch(/secret|Chris/)
    expect(await lines.chris.change(held.seq)).toMatchObject({ comment: { state: 'held' } })
    for (const line of Object.values(lines)) line.socket.close()
  })
})

describe('page by page', () => {
  test.each([1, 2, 3, 100])(
    'with %i at a time, every thread comes once, in the order of opening',
    async (limit) => {
      const article = await server.newArticle('Pages')
      const opened: string[] = []
      for (let nth = 0; nth < 6; nth += 1) opened.push((await open(ada, article, `No. ${nth}`)).thread.id)
      const page = await readPage(server.nobody, article, { limit })
      expect(page.threads).toHaveLength(Math.min(limit, 6))
      expect((await readAll(server.nobody, article, limit)).map(({ id }) => id)).toEqual(opened)
    },
  )

  test('a long thread comes with its first comments, and the others after them', async () => {
    const article = await server.newArticle('Long')
    const opened = await open(ada, article, 'Count with me.')
    const written = [opened.comment.id]
    for (let nth = 0; nth < 40; nth += 1) {
      written.push((await reply(nth % 2 ? ada : bela, opened.thread.id, String(nth))).comment.id)
    }
    const [thread] = await readAll(server.nobody, article)
    if (!thread) throw new Error('the thread is not there')
    expect(thread.first).toHaveLength(30)
    expect(await commentIds(server.nobody, thread, 4)).toEqual(written)
  })

  test.each([
    ['a few long ones', [500, 500, 2], 30],
    ['many short ones', new Array<number>(100).fill(3), 30],
    ['many long ones', new Array<number>(50).fill(500), 6],
    ['short ones beside a long one', [...new Array<number>(90).fill(3), 500], 30],
    ['as many as there may be, all long', new Array<number>(100).fill(500), 3],
  ])('threads share the room on a page: of %s', (_, counts, share) => {
    expect(shareOf(counts)).toBe(share)
  })

  test('a cursor that is none is refused by name', async () => {
    const problem = await server.nobody.refused(names.threads, 400, {
      params: { site, article: server.article },
      query: { cursor: 'nonsense' },
    })
    expect(problem.errors?.[0]?.field).toBe('cursor')
  })
})

test('after all of this, every log counts without a gap and every count is right', async () => {
  expect((await verifyLog(server.db, server.siteId)).faults).toEqual([])
})
