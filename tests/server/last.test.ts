import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Posted } from '../../core/contract/threads.ts'
import { addComment, verifyLog } from '../../server/comments/index.ts'
import { decide } from '../follows/stage.ts'
import type { Client } from './client.ts'
import { open, openServer, readAll, readPage, reply, site, type Server } from './stage.ts'

let server: Server
let article: string
let ada: Client
let bela: Client
let chris: Client
let mo: Client
beforeAll(async () => {
  server = await openServer()
  ada = await server.signedIn('ada@demo.example')
  bela = await server.signedIn('bela@demo.example')
  chris = await server.signedIn('chris@demo.example')
  mo = await server.signedIn('mo@demo.example')
})
afterAll(() => server.close())
beforeEach(async () => {
  article = await server.newArticle('Last said')
})

const one = ({ comment }: Posted) => ({ params: { site, comment: comment.id } })
const withdraw = (who: Client, posted: Posted) =>
  who.ok('POST /v1/sites/:site/comments/:comment/withdrawal', one(posted))
const restore = (who: Client, posted: Posted) =>
  who.ok('DELETE /v1/sites/:site/comments/:comment/withdrawal', one(posted))
const lastAt = async (who = server.nobody) => (await readAll(who, article))[0]?.lastAt
/** How many wait for a lock in this database. */
async function waiting(): Promise<number> {
  const { rows } = await sql`
    select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
  `.execute(server.db)
  return rows.length
}
const faults = async () => (await verifyLog(server.db, server.siteId)).faults

describe('when something was last said in a thread', () => {
  test('is when the last comment that is to be seen was posted, with answer, snapshot and frame', async () => {
    const line = server.openLine()
    const { seq } = await readPage(server.nobody, article)
    line.say({ type: 'subscribe', article, after: seq })
    const first = await open(ada, article, 'First.')
    expect(first.thread.lastAt).toBe(first.comment.createdAt)
    const second = await reply(bela, first.thread.id, 'Second.')
    expect(second.thread.lastAt).toBe(second.comment.createdAt)
    expect(await lastAt()).toBe(second.comment.createdAt)
    expect((await line.change(second.seq)).thread?.lastAt).toBe(second.comment.createdAt)

    await withdraw(bela, second)
    expect(await lastAt()).toBe(first.comment.createdAt)
    expect((await line.change(second.seq + 1)).thread?.lastAt).toBe(first.comment.createdAt)
    await restore(bela, second)
    expect(await lastAt()).toBe(second.comment.createdAt)
    await withdraw(ada, first)
    expect(await lastAt()).toBe(second.comment.createdAt)
    await withdraw(bela, second)
    expect(await lastAt(ada)).toBeNull()
    expect(await faults()).toEqual([])
    line.socket.close()
  })

  test('does not tell of what waits or was rejected, to nobody, and is not moved by an edit', async () => {
    const first = await open(ada, article, 'Seen.')
    const held = await reply(chris, first.thread.id, 'Not looked at yet.')
    expect(held.comment.state).toBe('held')
    expect(held.thread.lastAt).toBe(first.comment.createdAt)
    for (const who of [server.nobody, chris, mo]) expect(await lastAt(who)).toBe(first.comment.createdAt)
    await ada.ok('PATCH /v1/sites/:site/comments/:comment', {
      ...one(first),
      body: { body: 'Seen and edited.', revision: 1 },
    })
    expect(await lastAt()).toBe(first.comment.createdAt)
    await decide(mo, held.comment.id, 'reject')
    expect(await lastAt()).toBe(first.comment.createdAt)
  })

  test('is when what was approved had been posted', async () => {
    const first = await open(chris, article, 'Waits.')
    expect(first.thread.lastAt).toBeNull()
    expect(await lastAt(chris)).toBeNull()
    await decide(mo, first.comment.id, 'approve')
    expect(await lastAt()).toBe(first.comment.createdAt)
  })

  test('is right when the last one is withdrawn while another is being posted', async () => {
    const { thread } = await open(ada, article, 'Go.')
    const last = await reply(bela, thread.id, 'Last.')
    const { id: author } = await server.db
      .selectFrom('account')
      .select('id')
      .where('name', '=', 'Mo')
      .executeTakeFirstOrThrow()
    const { withdrawing } = await server.db.transaction().execute(async (tx) => {
      await addComment(
        tx,
        {
          site_id: server.siteId,
          id: uuid(),
          thread_id: thread.id,
          parent_id: null,
          author_id: author,
          client_key: null,
        },
        { source: 'Later.', body: [], state: 'LIVE', signals: [], language: null },
      )
      const withdrawing = withdraw(bela, last)
      // It waits for this transaction, and so has not seen the later comment.
      await expect.poll(waiting).toBe(1)
      return { withdrawing }
    })
    await withdrawing
    expect(await faults()).toEqual([])
    const [read] = await readAll(server.nobody, article)
    expect(read).toMatchObject({ comments: 2, lastAt: read?.first.at(-1)?.createdAt })
  })

  test('is checked against the comments', async () => {
    const { thread } = await open(ada, article, 'Once.')
    await sql`update thread set last_at = null where id = ${thread.id}`.execute(server.db)
    expect(await faults()).toEqual([`thread ${thread.id}: last comment at no time`])
    await sql`
      update thread set last_at = (select created_at from comment where thread_id = thread.id)
      where id = ${thread.id}
    `.execute(server.db)
    expect(await faults()).toEqual([])
  })
})
