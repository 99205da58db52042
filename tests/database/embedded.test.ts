import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { embeddedPostgres, type Embedded } from '../../server/database/embedded.ts'
import { signalAll } from '../setup/signal.ts'

let directory: string
const running = new Set<Embedded>()
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'postil-embedded-'))
  chmodSync(directory, 0o755)
})
afterEach(async () => {
  const left = [...running]
  running.clear()
  for (const server of left) await server.stop()
  rmSync(directory, { recursive: true, force: true })
})

const start = async (durable = true, own = false) => {
  const server = await embeddedPostgres({ directory, durable, own })
  running.add(server)
  return server
}
async function ask(url: string, query: string): Promise<unknown[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(query)
    return rows
  } finally {
    await client.end()
  }
}
/** Root lends the server a user and a folder of its own (server/database/embedded-home.ts). */
function pidFile(): string {
  const lent = join(directory, 'server')
  return join(existsSync(lent) ? realpathSync(lent) : directory, 'postgres', 'postmaster.pid')
}

test('keeps its data over a stop, and over a kill of everything', async () => {
  const first = await start()
  await ask(first.url, 'create table kept (n int)')
  await ask(first.url, 'insert into kept values (1)')
  await first.stop()
  const second = await start()
  await ask(second.url, 'insert into kept values (2)')
  signalAll(Number(readFileSync(pidFile(), 'utf8').split('\n')[0]), 'SIGKILL')
  const third = await start()
  expect(await ask(third.url, 'select n from kept order by n')).toEqual([{ n: 1 }, { n: 2 }])
})

test('started twice on one folder is one server, which the second leaves running', async () => {
  const [first, second] = [await start(false), await start(false)]
  expect(second.url).toBe(first.url)
  await second.stop()
  expect(await ask(first.url, 'select 1 as n')).toEqual([{ n: 1 }])
})

test('started twice at once is one server too', async () => {
  const both = await Promise.all([start(false), start(false)])
  expect(new Set(both.map(({ url }) => url)).size).toBe(1)
})

test('is not held up by the number of a program that has taken its place', async () => {
  const first = await start()
  const held = readFileSync(pidFile(), 'utf8')
  const file = pidFile()
  await first.stop()
  writeFileSync(file, held.replace(/^\d+/, String(process.pid)))
  const second = await start()
  expect(await ask(second.url, 'select 1 as n')).toEqual([{ n: 1 }])
})

test('lets nobody in without its password', async () => {
  const { url } = await start(false)
  const without = new URL(url)
  without.password = 'guess'
  await expect(ask(without.href, 'select 1')).rejects.toThrow('password authentication failed')
})
