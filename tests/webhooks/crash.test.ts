import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answering } from './receiver.ts'
import { openWire, type Wire } from './stage.ts'

let wire: Wire
beforeAll(async () => {
  wire = await openWire()
})
afterAll(() => wire.close())

test('a server that dies between sending and noting sends again, with the same id', async () => {
  const hook = await wire.listen()
  const client = new pg.Client(wire.stage.databaseUrl)
  await client.connect()
  hook.answer = (response) => {
    hook.answer = answering(200)
    // Noting it has to wait.
    void client.query('begin; select from webhook_delivery for update').then(() => answering(200)(response))
  }
  const { id } = await wire.say(wire.ada, 'Is this on?')
  // What the server is about to note is lost with its connection.
  const cut = async () => {
    const { rows } = await client.query<{ waits: boolean }>(`
      select bool_or(cardinality(pg_blocking_pids(pid)) > 0 and pg_terminate_backend(pid)) as waits
      from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
    `)
    return rows[0]?.waits
  }
  await expect.poll(cut).toBe(true)
  const { rows } = await client.query('select status, attempts from webhook_delivery')
  expect(rows).toEqual([{ status: 'waiting', attempts: 0 }])
  await client.end()
  // The clock finds it, whatever became of the job. Not more often, or each look would put off what the one before found.
  const arrived = async () => {
    await wire.hurry().catch(() => undefined)
    return hook.got.length
  }
  await expect.poll(arrived, { timeout: 25_000, interval: 1_000 }).toBeGreaterThan(1)
  expect(new Set(hook.got.map((one) => one.id)).size).toBe(1)
  expect(hook.got.map(({ message }) => message.data.id)).toEqual(hook.got.map(() => id))
  await expect.poll(async () => (await wire.webhook(hook.webhook.id)).waiting).toBe(0)
})
