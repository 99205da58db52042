import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Database } from '../../server/database/connect.ts'
import { read, valueOf } from '../metrics/read.ts'
import { signIn, type Client } from '../server/client.ts'
import { commentIds, open, readAll, reply } from '../server/stage.ts'
import { runPostil } from '../setup/postil.ts'
import { openMachine, type Machine } from './cluster.ts'

let machine: Machine
let db: Database
let ada: Client
let article: string
let thread: string
/** The comments that were answered to have been taken, by the key they were sent with. */
const taken = new Map<string, string>()
beforeAll(async () => {
  machine = await openMachine()
  db = connect(machine.url, { connections: 2 })
  ada = await signIn(machine.node.origin, 'ada@demo.example')
  article = (await db.selectFrom('article').select('id').executeTakeFirstOrThrow()).id
  thread = (await open(ada, article, 'Go.')).thread.id
})
afterAll(async () => {
  await db.destroy()
  await machine.close()
})

/** Posts as a browser does: with a key, and again where nobody answered or nothing was taken. */
async function post(key: string = randomUUID()): Promise<void> {
  for (;;) {
    const posted = await reply(ada, thread, `Said ${key}.`, null, key).catch((error: unknown) => {
      if (error instanceof TypeError || /answered 503/.test(String(error))) return null
      throw error
    })
    if (posted) return void taken.set(key, posted.comment.id)
  }
}

async function requireWhole(): Promise<void> {
  const threads = await readAll(ada, article)
  const kept = (await Promise.all(threads.map((one) => commentIds(ada, one)))).flat()
  expect(new Set(kept).size).toBe(kept.length)
  expect(kept).toEqual(expect.arrayContaining([...taken.values()]))
  const verified = await runPostil({ DATABASE_URL: machine.url }, 'verify', '--site', 'demo')
  expect(verified.said).toContain('the chain is whole')
  expect(verified.code, verified.said).toBe(0)
}

test('PostgreSQL killed while people write, and started again: all that was taken is there, once', async () => {
  const over = new AbortController()
  const writers = Array.from({ length: 4 }, async () => {
    while (!over.signal.aborted) await post()
  })
  await expect.poll(() => taken.size).toBeGreaterThan(40)
  machine.signal('SIGKILL')
  const before = taken.size
  await machine.restart()
  await expect.poll(() => taken.size).toBeGreaterThan(before + 20)
  over.abort()
  await Promise.all(writers)
  await requireWhole()
})

test('PostgreSQL paused: who comes is told so, what is under way is finished once it goes on', async () => {
  const { origin } = machine.node
  machine.signal('SIGSTOP')
  const before = taken.size
  const underWay = Array.from({ length: 5 }, () => post())
  expect((await fetch(`${origin}/readyz`)).status).toBe(503)
  expect((await fetch(`${origin}/healthz`)).status).toBe(200)
  expect(valueOf(await read(origin), 'postil_database_up', {})).toBe(0)
  expect(taken.size).toBe(before)
  machine.signal('SIGCONT')
  await Promise.all(underWay)
  expect(taken.size).toBe(before + 5)
  await expect.poll(async () => (await fetch(`${origin}/readyz`)).status).toBe(200)
  await requireWhole()
})
