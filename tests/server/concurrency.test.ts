import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Posted } from '../../core/contract/threads.ts'
import { verifyLog } from '../../server/comments/index.ts'
import type { Client } from './client.ts'
import { commentIds, open, openServer, readAll, readPage, reply, site, type Server } from './stage.ts'

const people = ['ada', 'bela', 'mo', 'pia', 'olu']
const posts = 200
let server: Server
let clients: Client[]
beforeAll(async () => {
  server = await openServer()
  clients = await Promise.all(people.map((name) => server.signedIn(`${name}@demo.example`)))
})
afterAll(() => server.close())

const turn = (nth: number): Client => clients[nth % clients.length] ?? server.nobody
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index)
const numbers = (from: number, count: number) => upTo(count).map((index) => from + index)

/** All posts at once: every fourth opens a thread, the others answer in one that is there. */
async function postAll(article: string, into: Posted): Promise<Posted[]> {
  return await Promise.all(
    upTo(posts).map((nth) =>
      nth % 4 === 0
        ? open(turn(nth), article, `Thread ${nth}`)
        : reply(turn(nth), into.thread.id, `Reply ${nth}`, nth % 2 ? into.comment.id : null),
    ),
  )
}

/** The article's log, as it stands in the database. */
async function logOf(article: string) {
  return await server.db
    .selectFrom('event')
    .select(['seq', 'kind', 'comment_id'])
    .where('article_id', '=', article)
    .orderBy('seq')
    .execute()
}

test('200 posts at once: one number each without a gap, and each once in the snapshot', async () => {
  const article = await server.newArticle('Crowded')
  const root = await open(turn(0), article, 'Go.')
  const posted = await postAll(article, root)
  const ids = [root, ...posted].map(({ comment }) => comment.id)
  expect(new Set(ids).size).toBe(posts + 1)

  const log = await logOf(article)
  expect(log.map(({ seq }) => seq)).toEqual(numbers(1, posts + 1))
  expect(log.map(({ comment_id }) => comment_id).sort()).toEqual(ids.toSorted())

  expect((await readPage(server.nobody, article)).seq).toBe(posts + 1)
  const threads = await readAll(server.nobody, article, 7)
  const listed = await Promise.all(threads.map((thread) => commentIds(server.nobody, thread, 9)))
  expect(threads).toHaveLength(posts / 4 + 1)
  expect(listed.flat().sort()).toEqual(ids.toSorted())
  expect(threads.reduce((sum, { comments }) => sum + comments, 0)).toBe(posts + 1)
})

test('a line that is cut halfway and comes back has each of 200 posts exactly once, in order', async () => {
  const article = await server.newArticle('Cut')
  const root = await open(turn(0), article, 'Go.')
  const first = server.openLine()
  first.say({ type: 'subscribe', article, after: root.seq })
  await first.until(({ type }) => type === 'caught_up')
  // Cut in the very frame, so that it is halfway however fast the others come.
  first.socket.on('message', () => {
    if (first.changes().length === posts / 2) first.socket.terminate()
  })
  const posting = postAll(article, root)
  await first.closed
  const last = first.changes().at(-1)?.seq ?? 0
  expect(last).toBe(root.seq + posts / 2)

  const second = server.openLine()
  second.say({ type: 'subscribe', article, after: last })
  const posted = await posting
  await second.change(root.seq + posts)
  await second.settled()
  const changes = [...first.changes(), ...second.changes()]
  expect(changes.map(({ seq }) => seq)).toEqual(numbers(root.seq + 1, posts))
  expect(changes.map(({ commentId }) => commentId).sort()).toEqual(
    posted.map(({ comment }) => comment.id).sort(),
  )
  second.socket.close()
})

test('twenty lines that come at any time end with the same 200', async () => {
  const article = await server.newArticle('Late')
  const root = await open(turn(0), article, 'Go.')
  const lines = upTo(20).map((nth) => server.openLine(turn(nth)))
  const posting = postAll(article, root)
  for (const line of lines) {
    line.say({ type: 'subscribe', article, after: 0 })
    await line.until(({ type }) => type === 'caught_up')
  }
  await posting
  for (const line of lines) {
    await line.change(posts + 1)
    expect(line.changes().map(({ seq }) => seq)).toEqual(numbers(1, posts + 1))
    line.socket.close()
  }
})

test('posts, edits, withdrawals and reports at once leave no gap and no wrong count', async () => {
  const article = await server.newArticle('Busy')
  const root = await open(turn(0), article, 'Go.')
  const nested = await reply(turn(1), root.thread.id, 'Down.', root.comment.id)
  const act = async (nth: number): Promise<number> => {
    const who = turn(nth)
    const { comment } = await reply(who, root.thread.id, `Reply ${nth}`, nested.comment.id)
    const params = { site, comment: comment.id }
    if (nth % 2 === 0) {
      const body = { body: `Edited ${nth}`, revision: 1 }
      await who.ok('PATCH /v1/sites/:site/comments/:comment', { params, body })
    }
    if (nth % 3 === 0) await who.ok('POST /v1/sites/:site/comments/:comment/withdrawal', { params })
    else {
      const body = { category: 'other' as const }
      await turn(nth + 1).ok('POST /v1/sites/:site/comments/:comment/reports', { params, body })
    }
    return 1 + Number(nth % 2 === 0) + Number(nth % 3 === 0)
  }
  const events = await Promise.all(upTo(60).map(act))
  const total = events.reduce((sum, count) => sum + count, 2)
  expect((await logOf(article)).map(({ seq }) => seq)).toEqual(numbers(1, total))
  const [thread] = await readAll(server.nobody, article)
  expect(thread?.comments).toBe(2 + 40)
  expect((await verifyLog(server.db, server.siteId)).faults).toEqual([])
})

test('a reply and the withdrawal of what it answers never both fail, nor leave a reply in the air', async () => {
  const article = await server.newArticle('Race')
  const [ada, bela] = [turn(0), turn(1)]
  await Promise.all(
    upTo(20).map(async (nth) => {
      const { thread, comment } = await open(ada, article, `Thread ${nth}`)
      const [answer, gone] = await Promise.all([
        bela.request('POST /v1/sites/:site/threads/:thread/comments', {
          params: { site, thread: thread.id },
          body: { body: 'But', parentId: comment.id },
        }),
        ada.request('POST /v1/sites/:site/comments/:comment/withdrawal', {
          params: { site, comment: comment.id },
        }),
      ])
      expect(gone.status).toBe(204)
      expect([201, 409]).toContain(answer.status)
      const seen = (await readAll(server.nobody, article)).find(({ id }) => id === thread.id)
      // Answered in time, it stays as a tombstone above the answer; else nothing is left of it.
      if (answer.status === 409) expect(seen).toBeUndefined()
      else expect(seen?.first).toMatchObject([{ id: comment.id, body: null }, { parentId: comment.id }])
    }),
  )
  expect((await verifyLog(server.db, server.siteId)).faults).toEqual([])
})
