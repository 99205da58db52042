import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { revokeKey } from '../../server/sites/index.ts'
import { deleteExpiredSignIns, writeSignIn } from '../../server/sso/index.ts'
import { problemOf } from '../moderation/caller.ts'
import { openStage, publisher, type Stage } from '../moderation/stage.ts'
import { servePages, type Pages } from '../setup/pages.ts'
import { exchange, newSecret, now, refusalOf, signedInBy, signToken } from './tokens.ts'

let stage: Stage
let secret: Buffer
beforeAll(async () => {
  stage = await openStage({ fetchPrivate: true })
  secret = (await newSecret(stage)).secret
})
afterAll(() => stage.close())

const unsigned = 'The token is not signed with a key of this site that holds.'
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('a token of the site’s own server', () => {
  test('signs in on the publisher’s page, with a cookie for this site only, and always the same account', async () => {
    const answer = await exchange(stage, await signToken(secret, { sub: 'same' }))
    expect(answer.statusCode, answer.body).toBe(200)
    expect(answer.cookies).toMatchObject([
      { name: 'postil-demo', httpOnly: true, secure: true, sameSite: 'None', path: '/v1/' },
    ])
    expect(answer.headers['set-cookie']).toContain('Partitioned')
    const { viewer, cookies, embed } = await signedInBy(stage, await signToken(secret, { sub: 'same' }))
    expect(viewer).toMatchObject({ name: 'Nora', role: 'reader' })
    expect(answer.json()).toEqual({ viewer })
    expect(await embed.ok('GET /v1/session'), 'not on Postil’s own pages').toEqual({ account: null })
    cookies['postil-other'] = cookies['postil-demo'] ?? ''
    expect(await embed.ok('GET /v1/sites/:site/session', { params: { site: 'other' } })).toEqual({
      viewer: null,
    })
  })

  test('is exchanged once, also when it comes three times at once', async () => {
    const token = await signToken(secret)
    const answers = await Promise.all([1, 2, 3].map(() => exchange(stage, token)))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401, 401])
    expect(await refusalOf(stage, token)).toContain('was exchanged before')
  })

  test('makes one account where two windows come at once', async () => {
    const tokens = await Promise.all([1, 2, 3].map(() => signToken(secret, { sub: 'twice' })))
    const people = await Promise.all(tokens.map((token) => signedInBy(stage, token)))
    expect(new Set(people.map(({ viewer }) => viewer.id)).size).toBe(1)
  })

  test('is taken from pages of the site’s origins only', async () => {
    for (const from of ['https://evil.example', 'https://other.example', 'null'])
      expect(problemOf(await exchange(stage, await signToken(secret), from), 403).type).toBe(
        '/problems/wrong-origin',
      )
  })

  test('is signed with any key that holds, and none that does not', async () => {
    const older = await newSecret(stage)
    const newer = await newSecret(stage)
    for (const key of [older.secret, newer.secret]) await signedInBy(stage, await signToken(key))
    await revokeKey(stage.db, stage.demo.id, null, older.id)
    expect(await refusalOf(stage, await signToken(older.secret))).toBe(unsigned)
    const { used_at } = await stage.db
      .selectFrom('site_key')
      .select('used_at')
      .where('id', '=', newer.id)
      .executeTakeFirstOrThrow()
    expect(used_at).not.toBeNull()
  })

  test('another reader’s ends the session of the one before on that browser', async () => {
    const { embed } = await signedInBy(stage, await signToken(secret, { sub: 'before' }))
    const site = { params: { site: 'demo' }, origin: publisher }
    const token = await signToken(secret, { sub: 'after' })
    await embed.ok('POST /v1/sites/:site/session/jwt', { ...site, body: { token } })
    expect(await embed.ok('GET /v1/sites/:site/session', site), 'by the cookie of before').toEqual({
      viewer: null,
    })
  })

  test('signs out again from the page, and that ends the session itself', async () => {
    const { embed, cookies } = await signedInBy(stage, await signToken(secret, { sub: 'leaves' }))
    const site = { params: { site: 'demo' }, origin: publisher }
    expect(await embed.ok('DELETE /v1/sites/:site/session', site)).toEqual({ provider: null })
    expect(cookies['postil-demo']).toBeDefined()
    expect(await embed.ok('GET /v1/sites/:site/session', site)).toEqual({ viewer: null })
  })
})

describe('without the right signature, every token gets the same answer, whatever is in it', () => {
  const bad: [string, () => string | Promise<string>][] = [
    ['alg: none', () => `${encoded({ alg: 'none' })}.${encoded({ sub: 'a', aud: 'demo' })}.`],
    ['another key', () => signToken(Buffer.alloc(32, 7))],
    ['another key, and expired', () => signToken(Buffer.alloc(32, 7), { exp: now() - 9000 })],
    ['another key, for another site', () => signToken(Buffer.alloc(32, 7), { aud: 'other' })],
    ['no token', () => 'made up'],
    ['an empty part', () => '..'],
    ['a header that is no JSON', () => `${Buffer.from('{').toString('base64url')}.e30.AAAA`],
    ['a longer hash than we take', () => signToken(Buffer.alloc(64, 1), {}, { alg: 'HS512' })],
  ]
  test.each(bad)('%s', async (_name, make) => {
    expect(await refusalOf(stage, await make())).toBe(unsigned)
  })

  test('one that was changed after signing', async () => {
    const [header = '', payload = '', signature = ''] = (await signToken(secret)).split('.')
    const claims = Buffer.from(payload, 'base64url').toString().replace('reader-1', 'reader-2')
    const changed = Buffer.from(claims).toString('base64url')
    expect(changed).not.toBe(payload)
    expect(await refusalOf(stage, `${header}.${changed}.${signature}`)).toBe(unsigned)
  })

  test('one with a critical header that nobody knows', async () => {
    const [, payload = ''] = (await signToken(secret)).split('.')
    const header = encoded({ alg: 'HS256', crit: ['exp-policy'], 'exp-policy': 1 })
    expect(await refusalOf(stage, `${header}.${payload}.AAAA`)).toBe(unsigned)
  })
})

describe('with the right signature, the answer says what is wrong', () => {
  const bad: [string, Record<string, unknown>, RegExp][] = [
    ['another audience', { aud: 'other' }, /aud is not "demo"/],
    ['no audience', { aud: undefined }, /no aud/],
    ['no expiry', { exp: undefined }, /no exp/],
    ['a clock ten minutes slow', { exp: now() + 240 - 600, iat: now() - 600 }, /exp was 3\d\d seconds ago/],
    ['a clock ten minutes fast', { exp: now() + 840, iat: now() + 600 }, /exp is 8\d\d seconds ahead/],
    ['a day to hold', { exp: now() + 86_400 }, /300 are allowed/],
    ['made in the future', { iat: now() + 200 }, /iat is \d+ seconds ahead/],
    ['not to be used yet', { nbf: now() + 200 }, /nbf/],
    ['no id', { jti: undefined }, /no jti/],
    ['an id of two lines’ length', { jti: 'x'.repeat(201) }, /jti/],
    ['an id that is a number', { jti: 7 }, /jti/],
    ['nobody', { sub: undefined }, /no sub/],
    ['an empty subject', { sub: '' }, /sub or name/],
    ['a subject with a NUL', { sub: 'a\0b' }, /sub or name/],
    ['no name', { name: undefined }, /sub or name/],
    ['a name with nothing to see', { name: ' \u200B\u2060 ' }, /sub or name/],
    ['a name that is a list', { name: ['Nora'] }, /sub or name/],
  ]
  test.each(bad)('%s', async (_name, claims, why) => {
    expect(await refusalOf(stage, await signToken(secret, claims))).toMatch(why)
  })

  test('a minute of difference between the clocks is none', async () => {
    await signedInBy(stage, await signToken(secret, { exp: now() - 40, iat: now() - 280 }))
    await signedInBy(stage, await signToken(secret, { exp: now() + 340, iat: now() + 40 }))
  })

  test('a refused one is not used up', async () => {
    const jti = randomUUID()
    await refusalOf(stage, await signToken(secret, { jti, aud: 'other' }))
    await signedInBy(stage, await signToken(secret, { jti }))
  })

  test('one of another site is refused, by its key', async () => {
    expect(await refusalOf(stage, await signToken(secret, { aud: 'other' }), 'other')).toBe(unsigned)
  })
})

describe('signed with a key that the site publishes', () => {
  let pages: Pages
  let published: JWK[] = []
  let isDown = false
  beforeAll(async () => {
    pages = await servePages((request, reply) => {
      if (isDown) return reply.writeHead(500).end()
      if (request.url === '/moved') return reply.writeHead(302, { location: '/keys' }).end()
      reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: published }))
    })
  })
  afterAll(() => pages.close())

  const settings = (path: string) => ({
    jwksUrl: `${pages.origin}${path}`,
    takesModerators: false,
    provider: null,
  })
  async function newKey(alg: string, kid: string) {
    const { publicKey, privateKey } = await generateKeyPair(alg)
    published = [...published, { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }]
    return privateKey
  }

  test.each(['EdDSA', 'RS256', 'ES256'])('%s signs in, after one look at the keys', async (alg) => {
    const key = await newKey(alg, alg)
    await writeSignIn(stage.db, stage.demo.id, settings(`/keys?${alg}`))
    const asked = pages.asked.length
    for (const sub of ['p1', 'p2']) await signedInBy(stage, await signToken(key, { sub }, { alg, kid: alg }))
    expect(pages.asked.length).toBe(asked + 1)
    const { privateKey } = await generateKeyPair(alg)
    expect(await refusalOf(stage, await signToken(privateKey, {}, { alg, kid: alg }))).toBe(unsigned)
  })

  test('a public key is not taken for a secret, nor a secret of the site for a public key', async () => {
    const jwk = published.find(({ alg }) => alg === 'RS256')
    const forged = await signToken(Buffer.from(JSON.stringify(jwk)), {}, { alg: 'HS256', kid: 'RS256' })
    expect(await refusalOf(stage, forged)).toBe(unsigned)
    await signedInBy(stage, await signToken(secret, { sub: 'still by the secret' }))
  })

  test('a key that is not there is asked for, but not again and again', async () => {
    await writeSignIn(stage.db, stage.demo.id, settings('/keys?unknown'))
    const { privateKey } = await generateKeyPair('EdDSA')
    const asked = pages.asked.length
    for (const kid of ['x', 'y', 'z'])
      expect(await refusalOf(stage, await signToken(privateKey, {}, { alg: 'EdDSA', kid }))).toBe(unsigned)
    expect(pages.asked.length).toBe(asked + 1)
  })

  test('where the keys cannot be had, or lie elsewhere, it says so and does not follow', async () => {
    const { privateKey } = await generateKeyPair('EdDSA')
    const token = await signToken(privateKey, {}, { alg: 'EdDSA', kid: 'x' })
    await writeSignIn(stage.db, stage.demo.id, settings('/moved'))
    expect(problemOf(await exchange(stage, token), 503).type).toBe('/problems/unavailable')
    expect(pages.asked.at(-1)?.url).toBe('/moved')
    isDown = true
    await writeSignIn(stage.db, stage.demo.id, settings('/down'))
    problemOf(await exchange(stage, token), 503)
  })

  test('no private address is asked for them', async () => {
    const strict = await openStage()
    await writeSignIn(strict.db, strict.demo.id, settings('/keys'))
    const asked = pages.asked.length
    const { privateKey } = await generateKeyPair('EdDSA')
    problemOf(await exchange(strict, await signToken(privateKey, {}, { alg: 'EdDSA', kid: 'x' })), 503)
    expect(pages.asked.length).toBe(asked)
    await strict.close()
  })
})

test('tokens that have expired, and sessions, are swept at night', async () => {
  await sql`update used_token set expires_at = now() - interval '1 second'`.execute(stage.db)
  await sql`update session set expires_at = now() - interval '1 second'`.execute(stage.db)
  const token = await signToken(secret, { sub: 'stays' })
  const { embed } = await signedInBy(stage, token)
  await deleteExpiredSignIns(stage.db)
  expect(await stage.db.selectFrom('used_token').select('token_id').execute()).toHaveLength(1)
  expect(await stage.db.selectFrom('session').select('id').execute()).toHaveLength(1)
  expect(await refusalOf(stage, token)).toContain('before')
  expect((await embed.ok('GET /v1/sites/:site/session', { params: { site: 'demo' } })).viewer).not.toBeNull()
})

test('the example in the documentation makes one', async () => {
  const guide = await readFile(new URL('../../docs/embedding.md', import.meta.url), 'utf8')
  const script = /```js\n(\/\/ token\.mjs[^]*?)```/.exec(guide)?.[1] ?? ''
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script, 'token.mjs', '4711', 'Nora Nym'],
    { env: { SITE: 'demo', SECRET: `whsec_${secret.toString('base64')}` } },
  )
  expect((await signedInBy(stage, stdout.trim())).viewer).toMatchObject({ name: 'Nora Nym', role: 'reader' })
})
