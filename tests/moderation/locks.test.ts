import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../server/database/connect.ts'
import { openDesk, type Desk } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.stage.close())
afterEach(() => desk.expectWhole())

/** How many wait for a lock in this database. */
async function waiting(db: Database): Promise<number> {
  const { rows } = await sql`
    select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
  `.execute(db)
  return rows.length
}

test('a comment and its answer, by the same author, are decided at the same time: neither waits for the other for ever', async () => {
  const { db, demo } = desk.stage
  const comment = await desk.say(desk.ada, 'You would say that.')
  const answer = await desk.say(desk.ada, 'And so would I.', comment.id)
  for (const { id } of [comment, answer]) await desk.report(desk.bela, id)
  const [about, below] = [await desk.caseOf(desk.mo, comment.id), await desk.caseOf(desk.mo, answer.id)]
  await desk.reject(desk.mo, await desk.held(), 'spam')

  // Both meet at the record of Ada, which somebody holds until both are there.
  let decided: Promise<{ statusCode: number }[]> = Promise.resolve([])
  await db.transaction().execute(async (tx) => {
    await sql`
      select from record where site_id = ${demo.id} and account_id = ${about.comment.author.id} for update
    `.execute(tx)
    const first = desk.decide(desk.mo, below, 'spam')
    await expect.poll(() => waiting(db)).toBe(1)
    const second = desk.decide(desk.pia, about, 'spam')
    await expect.poll(() => waiting(db)).toBe(2)
    decided = Promise.all([first, second])
  })
  expect((await decided).map(({ statusCode }) => statusCode)).toEqual([201, 201])
  expect(await desk.seen(comment.id)).toBeNull()
  expect(await desk.seen(answer.id)).toBeNull()
})
