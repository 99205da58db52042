import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../setup/database.ts'
import { endNode, startNode } from '../setup/node.ts'
import { serveDemo, type Served } from '../setup/serve.ts'
import { preload } from './preload.ts'

const query = new URLSearchParams({ url: 'https://news.example/' }).toString()
/** Asks the database each time. */
const path = `/v1/sites/demo/counts?${query}`

async function requireShed(answer: Response): Promise<void> {
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBe('2')
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(await answer.json()).toMatchObject({ type: '/problems/busy', status: 503 })
}

let server: Served
beforeAll(async () => {
  server = await serveDemo((url) => url, null, { mostWaiting: 5 })
})
afterAll(() => server.close())

test('while all connections are busy and some wait, who comes is sent away at once, and served when they are free', async () => {
  const locked = Promise.withResolvers<undefined>()
  const release = Promise.withResolvers<undefined>()
  const held = server.db.transaction().execute(async (trx) => {
    await sql`lock table article in access exclusive mode`.execute(trx)
    locked.resolve(undefined)
    await release.promise
  })
  await locked.promise
  const sent: Promise<Response>[] = []
  const shed: Response[] = []
  const send = () => {
    const asked = fetch(server.origin + path)
    sent.push(asked)
    void asked.then((answer) => answer.status === 503 && shed.push(answer))
    return shed.length
  }
  await expect.poll(send).toBeGreaterThan(0)
  const [first] = shed
  if (first) await requireShed(first)
  // A post is not taken half.
  const post = await fetch(`${server.origin}/v1/session`, { method: 'POST', body: '{}' })
  await requireShed(post)
  const page = await fetch(`${server.origin}/a/demo`, { headers: { accept: 'text/html' } })
  expect([page.status, page.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8'])
  // Neither who watches it nor a file has to do with the database.
  for (const spared of ['/healthz', '/pages.css'])
    expect((await fetch(server.origin + spared)).status, spared).toBe(200)

  release.resolve(undefined)
  await held
  const statuses = (await Promise.all(sent)).map(({ status }) => status)
  // Of the application's ten connections, each had its request, and five waited.
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(15)
  expect((await fetch(server.origin + path)).status).toBe(200)
})

test('while the event loop lags, likewise', async () => {
  const database = await testDatabase()
  const node = await startNode(database.url, { ...preload('busy'), MOST_LAG: '100' })
  try {
    const status = async () => (await fetch(node.origin + path)).status
    expect(await status()).toBe(200)
    node.child.kill('SIGUSR2')
    await expect.poll(status).toBe(503)
    await requireShed(await fetch(node.origin + path))
    expect((await fetch(`${node.origin}/healthz`)).status).toBe(200)
    expect((await fetch(`${node.origin}/readyz`)).status).toBe(200)
    node.child.kill('SIGUSR2')
    await expect.poll(status).toBe(200)
  } finally {
    await endNode(node, 'SIGTERM')
    await database.drop()
  }
})
