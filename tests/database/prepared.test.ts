import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Database } from '../../server/database/connect.ts'
import { testDatabase } from '../setup/database.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let db: Database
beforeAll(async () => {
  database = await testDatabase()
  db = connect(database.url, { connections: 1 })
})
afterAll(async () => {
  await db.destroy()
  await database.drop()
})

const prepared = async () => {
  const { rows } = await sql<{ statement: string }>`
    select statement from pg_prepared_statements where ${true}`.execute(db)
  return rows.map(({ statement }) => statement)
}
const often = async (ask: () => Promise<unknown>) => {
  for (let nth = 0; nth < 12; nth += 1) await ask()
}

test('what is asked often is prepared, and answers as before', async () => {
  const ask = (nth: number) => db.selectFrom('site').select('name').where('slug', '=', `s${nth}`).execute()
  await ask(0)
  expect((await prepared()).join()).not.toContain('from "site"')
  await often(() => ask(1))
  expect((await prepared()).filter((text) => text.includes('from "site"'))).toHaveLength(1)
  expect(await ask(2)).toEqual([])
})

test('never more than there is room for', async () => {
  for (let nth = 0; nth < 320; nth += 1) {
    const name = sql.ref(`name_${nth}`)
    await often(() => sql`select slug as ${name} from site where slug = ${'none'}`.execute(db))
  }
  expect((await prepared()).length).toBeLessThanOrEqual(300)
})

test('all columns are answered also once there is one more', async () => {
  const all = () => db.selectFrom('site').selectAll().execute()
  await often(all)
  await sql`alter table site add column later text`.execute(db)
  expect(await all()).toEqual([])
  expect(await db.selectFrom('site').select('name').where('slug', '=', 's').execute()).toEqual([])
})

test('a partial index is found by the value in its condition', async () => {
  await sql`create table one (id int, status text); create unique index on one (id) where status = 'open'`.execute(
    db,
  )
  const insert = () =>
    sql`insert into one values (1, 'open') on conflict (id) where status = ${'open'} do nothing`.execute(db)
  await often(insert)
  const { rows } = await sql<{ count: number }>`select count(*) from one`.execute(db)
  expect(rows).toEqual([{ count: 1 }])
})
