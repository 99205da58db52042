import { afterEach, expect, test } from 'vitest'
import { ApiProblem, caller, Unreachable } from '../../web/shared/api.ts'
import { servePages, type Pages } from '../setup/pages.ts'

let pages: Pages
afterEach(() => pages.close())

/** What calling a server comes to that answers 503 with this type. */
async function outcome(type: string): Promise<unknown> {
  pages = await servePages((_request, reply) => {
    reply.writeHead(503, { 'content-type': 'application/problem+json' })
    reply.end(JSON.stringify({ type, title: 'No', status: 503 }))
  })
  return await caller(pages.origin)('GET /v1/session').catch((error: unknown) => error)
}

test('who is sent away by a busy server was not answered, and what they post is kept and sent again', async () => {
  expect(await outcome('/problems/busy')).toBeInstanceOf(Unreachable)
})

test('another refusal is one', async () => {
  expect(await outcome('/problems/unavailable')).toBeInstanceOf(ApiProblem)
})
