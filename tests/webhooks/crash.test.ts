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
  const { promise: isCut, resolve } = Promise.withResolvers<undefined>()
  hook.answer = (response) => {
    hook.answer = answering(200)
    // Whatever the server would note now, it cannot; nor that its job has failed.
    const cut = `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`
    void client.query(cut).then(() => {
      answering(200)(response)
      resolve(undefined)
    })
  }
  const { id } = await wire.say(wire.ada, 'Is this on?')
  await isCut
  await client.end()
  // The clock finds it, whatever became of the job; once, as it comes each minute.
  const looked = () =>
    wire.hurry().then(
      () => true,
      () => false,
    )
  await expect.poll(looked).toBe(true)
  await expect.poll(() => hook.got.length, { timeout: 20_000 }).toBeGreaterThan(1)
  expect(new Set(hook.got.map((one) => one.id)).size).toBe(1)
  expect(hook.got.map(({ message }) => message.data.id)).toEqual(hook.got.map(() => id))
  await expect.poll(async () => (await wire.webhook(hook.webhook.id)).waiting).toBe(0)
})
