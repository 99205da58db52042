import { afterAll, beforeAll, expect, test } from 'vitest'
import { serveDemo, type Served } from '../setup/serve.ts'
import { openRedis, type Redis } from './cluster.ts'

let redis: Redis
let server: Served
let other: Awaited<ReturnType<Served['another']>>
beforeAll(async () => {
  redis = await openRedis()
  server = await serveDemo((url) => url, null, { redisUrl: redis.url, limitFactor: 1 })
  other = await server.another()
})
afterAll(async () => {
  await other.close()
  await server.close()
  redis.goOn()
  await redis.kill()
})

type Node = Pick<Served, 'origin'>
const ask = async ({ origin }: Node, path: string) => {
  const { status, headers } = await fetch(origin + path)
  return { status, left: Number(headers.get('x-ratelimit-remaining')) }
}
/** How often who asks may do so again. */
const left = async (node: Node) => (await ask(node, '/v1/session')).left
const countTogether = async () => (await left(server)) - (await left(other)) === 1
/** Asked thirty times a minute at the most, whatever the answer is otherwise. */
const few = '/v1/sites/demo/transparency?from=2026-01-01&to=2026-01-31'
/** How many of so many are not refused for their number. */
async function taken(node: Node, times: number): Promise<number> {
  let count = 0
  for (let nth = 0; nth < times; nth += 1) if ((await ask(node, few)).status !== 429) count += 1
  return count
}

test('two servers count together in Redis, so that a limit is one', async () => {
  await expect.poll(countTogether).toBe(true)
  expect(await taken(server, 15)).toBe(15)
  expect(await taken(other, 20)).toBe(15)
  expect(await taken(server, 1)).toBe(0)
})

test('without Redis each goes on with what it has counted itself', async () => {
  await redis.kill()
  // Of this one sixteen were asked.
  expect(await taken(server, 20)).toBe(14)
  const [first, beside] = [await left(server), await left(other)]
  expect(await left(server)).toBe(first - 1)
  expect(await left(other)).toBe(beside - 1)
  await redis.start()
  await expect.poll(countTogether).toBe(true)
})

test('a Redis that keeps silent holds no request up', async () => {
  redis.freeze()
  const first = await left(server)
  await left(other)
  expect(await left(server)).toBe(first - 1)
  redis.goOn()
  await expect.poll(countTogether).toBe(true)
})
