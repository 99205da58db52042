import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Database } from '../../server/database/connect.ts'
import { read, valueOf } from '../metrics/read.ts'
import { signIn } from '../server/client.ts'
import { dial } from '../server/line.ts'
import { open, readPage } from '../server/stage.ts'
import { testDatabase } from '../setup/database.ts'
import { endNode, startNode, type Process } from '../setup/node.ts'
import { openHole } from './hole.ts'
import { preload } from './preload.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let db: Database
let node: Process
beforeAll(async () => {
  database = await testDatabase()
  db = connect(database.url, { connections: 1 })
  node = await startNode(database.url, preload('hasty'))
})
afterAll(async () => {
  await endNode(node, 'SIGTERM')
  await db.destroy()
  await database.drop()
})

test('a reader whose line is open at both ends and cut between is let go, and has all that was missed when they come back', async () => {
  const { origin } = node
  const ada = await signIn(origin, 'ada@demo.example')
  const { id: article } = await db.selectFrom('article').select('id').executeTakeFirstOrThrow()
  const { seq: after } = await readPage(ada, article)
  const hole = await openHole(node.port)
  const follow = () => {
    const line = dial(`http://127.0.0.1:${hole.port}`, { origin })
    line.say({ type: 'subscribe', article, after })
    return line
  }
  const lines = async () => valueOf(await read(origin), 'postil_live_lines', {})

  const first = follow()
  await first.until(({ type }) => type === 'caught_up')
  expect(await lines()).toBe(1)
  hole.swallow()
  const { seq } = await open(ada, article, 'Does anybody hear this?')
  await hole.dropped()
  await expect.poll(lines).toBe(0)
  expect(first.changes()).toEqual([])

  const second = follow()
  expect((await second.change(seq)).seq).toBe(after + 1)
  for (const { socket } of [first, second]) socket.terminate()
  await hole.close()
})

test('a database behind a line that was cut is asked over another one', async () => {
  const there = new URL(database.url)
  const hole = await openHole(Number(there.port))
  there.hostname = '127.0.0.1'
  there.port = String(hole.port)
  const through = connect(there.href, { connections: 1, longestWait: 500 })
  const ask = async () => (await sql<{ one: number }>`select 1 as one`.execute(through)).rows
  expect(await ask()).toEqual([{ one: 1 }])
  hole.swallow()
  await expect(ask()).rejects.toThrow('Query read timeout')
  expect(await ask()).toEqual([{ one: 1 }])
  // In a transaction, the rest of it does not wait either.
  const begun = through.transaction().execute(async (trx) => {
    await sql`select 1`.execute(trx)
    hole.swallow()
    await sql`select 1`.execute(trx)
  })
  await expect(begun).rejects.toThrow('Query read timeout')
  expect(await ask()).toEqual([{ one: 1 }])
  await hole.close()
  await through.destroy()
})
