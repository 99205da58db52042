import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStage, type Stage } from '../moderation/stage.ts'

let stage: Stage
let app: FastifyInstance
beforeAll(async () => {
  stage = await openStage({ trustProxy: true })
  app = stage.app
})
afterAll(() => stage.close())

const ask = async (url: string, protocol = 'https') =>
  (await app.inject({ url, headers: { host: 'postil.example', 'x-forwarded-proto': protocol } })).headers

describe('what an answer says to browsers', () => {
  const all = [
    '/',
    '/demo/',
    '/console/',
    '/signin/',
    '/embed.js',
    '/healthz',
    '/v1/openapi.json',
    '/v1/nothing',
  ]

  test.each(all)('%s: to guess no type, and by HTTPS, to come by nothing else', async (url) => {
    expect(await ask(url)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'strict-transport-security': 'max-age=31536000',
    })
    expect(await ask(url, 'http')).not.toHaveProperty('strict-transport-security')
  })

  test('keeps pages to themselves', async () => {
    for (const url of ['/', '/console/', '/signin/', '/healthz', '/v1/sites/demo/session'])
      expect((await ask(url))['cross-origin-resource-policy'], url).toBe('same-origin')
    expect(await ask('/embed.js')).toMatchObject({ 'cross-origin-resource-policy': 'cross-origin' })
    expect((await ask('/console/'))['cross-origin-opener-policy']).toBe('same-origin')
    // The page that opened it is to be told who signed in.
    expect(await ask('/signin/')).not.toHaveProperty('cross-origin-opener-policy')
  })

  test('lets pages run our own scripts alone, and be framed by nobody', async () => {
    for (const url of ['/', '/demo/', '/console/', '/signin/']) {
      const policy = String((await ask(url))['content-security-policy'])
      expect(policy, url).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
      expect(policy, url).toContain("frame-ancestors 'none'")
      expect(policy, url).toContain("require-trusted-types-for 'script'")
    }
  })
})
