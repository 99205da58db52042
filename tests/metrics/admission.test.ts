import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../../server/app.ts'
import { openStage, type Stage } from '../moderation/stage.ts'

let stage: Stage
let withToken: Stage['app']
beforeAll(async () => {
  stage = await openStage()
  withToken = await buildApp({ ...stage.config, metricsToken: 'let-me-see' }, stage.db)
})
afterAll(async () => {
  await withToken.close()
  await stage.close()
})

const ask = async (app: Stage['app'], remoteAddress: string, headers: Record<string, string> = {}) => {
  const { statusCode, json } = await app.inject({ url: '/metrics', remoteAddress, headers })
  if (statusCode !== 200) expect(json()).toMatchObject({ type: '/problems/not-allowed' })
  return statusCode
}

describe('without a token, metrics are for who comes straight from near by', () => {
  test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1', '10.1.2.3', '192.168.0.7', 'fd00::7'])(
    '%s may read them',
    async (address) => {
      expect(await ask(stage.app, address)).toBe(200)
    },
  )

  test.each(['203.0.113.5', '2001:db8::1', '172.32.0.1', '::ffff:203.0.113.5'])(
    '%s may not',
    async (address) => {
      expect(await ask(stage.app, address)).toBe(403)
    },
  )

  test.each([
    { 'x-forwarded-for': '203.0.113.5' },
    { 'x-forwarded-for': '127.0.0.1' },
    { forwarded: 'for=127.0.0.1' },
    { via: '1.1 proxy' },
    { 'x-real-ip': '10.0.0.1' },
  ])('who comes through a proxy may not, whatever it says: %j', async (headers) => {
    expect(await ask(stage.app, '127.0.0.1', headers)).toBe(403)
  })
})

describe('with a token, for who shows it', () => {
  test('from anywhere', async () => {
    const authorization = 'Bearer let-me-see'
    expect(await ask(withToken, '203.0.113.5', { authorization })).toBe(200)
    expect(await ask(withToken, '127.0.0.1', { authorization, 'x-forwarded-for': '203.0.113.5' })).toBe(200)
  })

  test.each([{}, { authorization: 'Bearer let-me-se' }, { authorization: 'let-me-see' }])(
    'and nobody else, not even from this machine: %j',
    async (headers) => {
      expect(await ask(withToken, '127.0.0.1', { ...headers })).toBe(403)
    },
  )
})
