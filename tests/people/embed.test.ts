import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hashed } from '../../server/people/lucia.ts'
import { Caller, origin, problemOf } from '../moderation/caller.ts'
import { cookiesOf, openStage, publisher, type Stage } from '../moderation/stage.ts'

let stage: Stage
let code: string

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())
beforeEach(async () => {
  code = await newCode()
})

const site = { site: 'demo' }

/** What the sign-in window of Ada hands to the page that opened it. */
async function newCode(page = publisher): Promise<string> {
  const ada = await stage.as('ada@demo.example')
  return (await ada.ok('POST /v1/sign-in-codes', { body: { ...site, origin: page } })).code
}

const redeem = (from: string, slug = 'demo') =>
  new Caller(stage.app).request('POST /v1/sites/:site/session', {
    params: { site: slug },
    body: { code },
    origin: from,
  })

describe('the code of the sign-in window', () => {
  test('signs in on the publisher’s page, with a cookie for this site only', async () => {
    const answer = await redeem(publisher)
    expect(answer.statusCode, answer.body).toBe(200)
    expect(answer.json()).toMatchObject({ viewer: { name: 'Ada', role: 'reader' } })
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': publisher,
      'access-control-allow-credentials': 'true',
    })
    const [cookie] = answer.cookies
    expect(answer.cookies).toHaveLength(1)
    expect(cookie).toMatchObject({
      name: 'postil-demo',
      httpOnly: true,
      secure: true,
      sameSite: 'None',
      path: '/v1/',
    })
    expect(answer.headers['set-cookie']).toContain('Partitioned')
    const embed = new Caller(stage.app, cookiesOf(answer))
    expect((await embed.ok('GET /v1/sites/:site/session', { params: site })).viewer).toMatchObject({
      name: 'Ada',
    })
    expect(await embed.ok('GET /v1/session'), 'not on Postil’s own pages').toEqual({ account: null })
  })

  test('works once, also when two come at the same time', async () => {
    const answers = await Promise.all([redeem(publisher), redeem(publisher), redeem(publisher)])
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401, 401])
    expect(problemOf(await redeem(publisher), 401).type).toBe('/problems/wrong-credentials')
  })

  test('works on its own site only, and is spent by a try elsewhere', async () => {
    problemOf(await redeem('https://other.example', 'other'), 401)
    problemOf(await redeem(publisher), 401)
    // Also from a page that may embed both: Postil's own.
    code = await newCode(origin)
    problemOf(await redeem(origin, 'other'), 401)
    problemOf(await redeem(origin), 401)
  })

  test('works on the page it was made for only', async () => {
    problemOf(await redeem(origin), 401)
    code = await newCode()
    expect(problemOf(await redeem('https://evil.example'), 403).type).toBe('/problems/wrong-origin')
  })

  test('works for a minute', async () => {
    const lapsed = await stage.db
      .updateTable('sign_in_code')
      .set({ expires_at: new Date(Date.now() - 1) })
      .where('id', '=', hashed(code))
      .returning('id')
      .execute()
    expect(lapsed).toHaveLength(1)
    expect(problemOf(await redeem(publisher), 401).detail).toContain('lapsed')
  })

  test('is kept as a hash, for a minute at the most', async () => {
    const kept = await stage.db.selectFrom('sign_in_code').select(['id', 'expires_at']).execute()
    expect(kept.map(({ id }) => id)).toContain(hashed(code))
    expect(JSON.stringify(kept)).not.toContain(code)
    for (const { expires_at } of kept) expect(expires_at.getTime()).toBeLessThanOrEqual(Date.now() + 60_000)
  })

  test.each([
    ['https://evil.example', 'demo', 403],
    ['https://other.example', 'demo', 403],
    [publisher, 'nowhere', 404],
  ])('is not made for %s on the site %s', async (from, slug, status) => {
    const ada = await stage.as('ada@demo.example')
    await ada.refused('POST /v1/sign-in-codes', status, { body: { site: slug, origin: from } })
  })
})

test('signing out of the embed ends its session and the own one', async () => {
  const ada = await stage.as('ada@demo.example')
  const embed = cookiesOf(await redeem(publisher))
  const both = new Caller(stage.app, { ...ada.cookies, ...embed })
  await both.ok('DELETE /v1/sites/:site/session', { params: site })
  for (const cookies of [embed, ada.cookies]) {
    const left = new Caller(stage.app, cookies)
    expect(await left.ok('GET /v1/sites/:site/session', { params: site })).toEqual({ viewer: null })
  }
})
