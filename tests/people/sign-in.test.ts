import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../../core/contract/routes.ts'
import { hashed } from '../../server/people/lucia.ts'
import { Caller, problemOf } from '../moderation/caller.ts'
import { cookiesOf, openStage, password, type Stage } from '../moderation/stage.ts'
import { samples } from './samples.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const nora = { email: 'Nora@reader.example', name: 'Nora', password: 'twelve words by heart' }

describe('an account', () => {
  test('is made and signed in at once, its password kept as argon2id', async () => {
    const answer = await new Caller(stage.app).request('POST /v1/accounts', { body: nora })
    expect(answer.statusCode, answer.body).toBe(201)
    expect(answer.body).not.toContain(nora.password)
    const { account } = await new Caller(stage.app, cookiesOf(answer)).ok('GET /v1/session')
    expect(account).toMatchObject({ name: 'Nora', email: nora.email, sites: [] })
    const { password_hash } = await stage.db
      .selectFrom('account')
      .select('password_hash')
      .where('email', '=', nora.email)
      .executeTakeFirstOrThrow()
    expect(password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]+\$[\w+/]+$/)
  })

  test('is one for each address, however it is written', async () => {
    const body = { ...nora, email: 'nORA@reader.example' }
    const problem = await new Caller(stage.app).refused('POST /v1/accounts', 409, { body })
    expect(problem.detail).toContain('Sign in instead')
    const again = { email: 'NORA@READER.EXAMPLE', password: nora.password }
    expect(await new Caller(stage.app).ok('POST /v1/session', { body: again })).toMatchObject({
      name: 'Nora',
    })
  })

  test.each([
    ['email', { ...nora, email: 'nora' }],
    ['email', { ...nora, email: `${'n'.repeat(250)}@reader.example` }],
    ['name', { ...nora, email: 'n@reader.example', name: ' \u200b ' }],
    ['name', { ...nora, email: 'n@reader.example', name: 'n'.repeat(81) }],
    ['password', { ...nora, email: 'n@reader.example', password: 'too short' }],
    ['password', { ...nora, email: 'n@reader.example', password: 'p'.repeat(201) }],
    ['role', { ...nora, email: 'n@reader.example', role: 'operator' }],
  ])('is refused, naming the %s', async (field, body) => {
    const problem = await new Caller(stage.app).refused('POST /v1/accounts', 400, { body })
    expect(problem.errors?.[0]?.field).toBe(field)
    const made = await stage.db
      .selectFrom('account')
      .select('id')
      .where('email', '=', 'n@reader.example')
      .execute()
    expect(made).toEqual([])
  })

  test('has a name without signs that hide or reorder what stands beside it', async () => {
    const body = { ...nora, email: 'rtl@reader.example', name: '\u202eMo\td\u200b  x' }
    expect((await new Caller(stage.app).ok('POST /v1/accounts', { body })).name).toBe('Mo d x')
  })
})

describe('a sign-in', () => {
  test('says the same for a wrong password and for an address that nobody has', async () => {
    const nobody = new Caller(stage.app)
    const wrong = await nobody.request('POST /v1/session', {
      body: { email: 'ada@demo.example', password: 'wrong password' },
    })
    const unknown = await nobody.request('POST /v1/session', {
      body: { email: 'no-one@demo.example', password: 'wrong password' },
    })
    expect(wrong.json()).toMatchObject({ type: '/problems/wrong-credentials', status: 401 })
    const said = (answer: typeof wrong) => answer.body.replace(/"requestId":"[^"]+"/, '')
    expect([unknown.statusCode, said(unknown)]).toEqual([wrong.statusCode, said(wrong)])
    expect([...wrong.cookies, ...unknown.cookies]).toEqual([])
  })

  test('sets a cookie that scripts and other sites do not get, and keeps only its hash', async () => {
    const answer = await new Caller(stage.app).request('POST /v1/session', {
      body: { email: 'ada@demo.example', password },
    })
    const [cookie] = answer.cookies
    if (!cookie) throw new Error('no cookie was set')
    expect(cookie).toMatchObject({ name: 'postil', httpOnly: true, sameSite: 'Lax', path: '/' })
    const ids = (await stage.db.selectFrom('session').select('id').execute()).map(({ id }) => id)
    expect(ids).toContain(hashed(cookie.value))
    expect(ids).not.toContain(cookie.value)
    // Whoever reads the table cannot sign in with what stands there.
    const thief = new Caller(stage.app, { postil: hashed(cookie.value) })
    expect(await thief.ok('GET /v1/session')).toEqual({ account: null })
  })

  test('ends when its reader signs out, here and nowhere else', async () => {
    const [here, there] = [await stage.as('bela@demo.example'), await stage.as('bela@demo.example')]
    await here.ok('DELETE /v1/session')
    expect(await here.ok('GET /v1/session')).toEqual({ account: null })
    expect((await there.ok('GET /v1/session')).account).toMatchObject({ name: 'Bela' })
  })

  test('lapses', async () => {
    const bela = await stage.as('bela@demo.example')
    const own = await stage.db
      .updateTable('session')
      .set({ expires_at: new Date(Date.now() - 1) })
      .where('id', '=', hashed(bela.cookies['postil'] ?? ''))
      .returning('id')
      .execute()
    expect(own).toHaveLength(1)
    expect(await bela.ok('GET /v1/session')).toEqual({ account: null })
  })
})

describe('behind a proxy, in production', () => {
  let production: Stage
  beforeAll(async () => {
    production = await openStage({ production: true, trustProxy: true })
  })
  afterAll(() => production.close())

  const signIn = (email: string) =>
    new Caller(production.app).request('POST /v1/session', {
      body: { email, password },
      headers: { 'x-forwarded-proto': 'https' },
    })

  test('the cookie is for https only', async () => {
    const answer = await signIn('otto@other.example')
    expect(answer.statusCode, answer.body).toBe(200)
    expect(answer.cookies).toMatchObject([{ name: 'postil', secure: true, httpOnly: true }])
  })

  test.each(['mo@demo.example', 'OLU@Demo.Example'])(
    '%s is refused: everybody knows the password',
    async (email) => {
      expect(problemOf(await signIn(email), 401).type).toBe('/problems/wrong-credentials')
    },
  )
})

describe('with the limits of the contract', () => {
  let limited: Stage
  beforeAll(async () => {
    limited = await openStage({ limitFactor: 1 })
  })
  afterAll(() => limited.close())

  test('passwords cannot be tried without end', async () => {
    const guess = (email: string) =>
      new Caller(limited.app).request('POST /v1/session', { body: { email, password: 'a guess' } })
    const { limit } = routes['POST /v1/session']
    for (let nth = 1; nth <= limit; nth += 1) problemOf(await guess('ada@demo.example'), 401)
    const answer = await guess('bela@demo.example')
    expect(problemOf(answer, 429).type).toBe('/problems/too-many-requests')
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    // Not even with the right one.
    const right = { email: 'ada@demo.example', password }
    problemOf(await new Caller(limited.app).request('POST /v1/session', { body: right }), 429)
  })

  test('one reader’s limit is not another’s', async () => {
    const reader = async (email: string) =>
      new Caller(limited.app, { postil: await limited.session(email, null) })
    const [ada, bela] = [await reader('ada@demo.example'), await reader('bela@demo.example')]
    const name = 'POST /v1/sites/:site/comments/:comment/reports'
    for (let nth = 1; nth <= routes[name].limit; nth += 1) await ada.refused(name, 404, samples[name])
    await ada.refused(name, 429, samples[name])
    await bela.refused(name, 404, samples[name])
  })
})
