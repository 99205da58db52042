import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSite } from '../../server/sites/index.ts'
import { writeSignIn } from '../../server/sso/index.ts'
import { servePages, type Pages } from '../setup/pages.ts'
import { serveDemo, type Served } from '../setup/serve.ts'
import { client, openProvider, type Accounts, type OpenProvider } from './provider.ts'
import { Visitor, type Arrived } from './visitor.ts'

const page = 'https://news.example'
const accounts: Accounts = {
  nora: { name: 'Nora', email: 'nora@id.example', email_verified: true },
  otto: { name: 'Otto', email: 'otto@id.example', email_verified: false },
  nameless: {},
}

let served: Served
let provider: OpenProvider
let siteId: string
beforeAll(async () => {
  served = await serveDemo(undefined, null, {
    fetchPrivate: true,
    oidcSecrets: new Map([['demo', client.secret]]),
  })
  const site = await createSite(served.db, { slug: 'demo', name: 'Demo', origins: [served.origin, page] })
  siteId = site.id
  await createSite(served.db, { slug: 'other', name: 'Other', origins: ['https://other.example'] })
  provider = await openProvider({ pages: served.origin, server: served.origin, site: 'demo' }, accounts)
  await setIssuer(provider.issuer)
})
afterAll(async () => {
  await provider.close()
  await served.close()
})

const setIssuer = (issuer: string) =>
  writeSignIn(served.db, siteId, {
    jwksUrl: null,
    takesModerators: false,
    provider: { issuer, client: client.id, name: 'News account' },
  })

const start = (origin = page, site = 'demo') =>
  `${served.origin}/oidc/${site}/start?${new URLSearchParams({ site, origin, lang: 'de' }).toString()}`
const told = ({ url }: Arrived, name: string) => new URLSearchParams(url.hash.slice(1)).get(name)

/** Redeems a code as the page does that opened the window. */
async function redeem(code: string | null, origin = page) {
  const answer = await fetch(`${served.origin}/v1/sites/demo/session`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return { status: answer.status, said: (await answer.json()) as unknown, cookie }
}

async function viewerBy(cookie: string): Promise<unknown> {
  const answer = await fetch(`${served.origin}/v1/sites/demo/session`, { headers: { cookie } })
  return await answer.json()
}

async function signIn(login: string, visitor = new Visitor()) {
  const arrived = await visitor.signInThere(await visitor.go(start()), login)
  return { arrived, visitor, ...(await redeem(told(arrived, 'code'))) }
}

describe('by the site’s provider', () => {
  test('one comes back to the sign-in window with a code for the page that opened it', async () => {
    const { arrived, status, said } = await signIn('nora')
    expect(Object.fromEntries(arrived.url.searchParams)).toEqual({ site: 'demo', origin: page, lang: 'de' })
    expect(status).toBe(200)
    expect(said).toMatchObject({ viewer: { name: 'Nora', role: 'reader' } })
    const again = await redeem(told(arrived, 'code'))
    expect(again.status, 'once').toBe(401)
  })

  test('with an address that it has verified, and without one that it has not', async () => {
    await signIn('nora')
    await signIn('otto')
    const people = await served.db
      .selectFrom('identity')
      .innerJoin('account', 'account.id', 'account_id')
      .select(['subject', 'email', 'provider'])
      .orderBy('subject')
      .execute()
    expect(people).toMatchObject([
      { subject: 'nora', email: 'nora@id.example', provider: provider.issuer },
      { subject: 'otto', email: expect.stringContaining('.invalid') as string },
    ])
  })

  test('not on Postil’s own pages, and on no other site', async () => {
    const { cookie, visitor } = await signIn('nora')
    expect(visitor.cookie(new URL(served.origin).host, 'postil')).toBeUndefined()
    const own = await fetch(`${served.origin}/v1/session`, { headers: { cookie } })
    expect(await own.json()).toEqual({ account: null })
  })

  test('who changes their mind there is told so, and who has no name too', async () => {
    const visitor = new Visitor()
    expect(told(await visitor.decline(await visitor.go(start())), 'problem')).toBe('declined')
    expect(told((await signIn('nameless')).arrived, 'problem')).toBe('failed')
  })
})

describe('is refused', () => {
  test('for a page that may not embed the site, or a site without a provider', async () => {
    for (const [origin, site, status] of [
      ['https://evil.example', 'demo', 403],
      ['javascript:alert(1)', 'demo', 403],
      [page, 'other', 404],
      [page, 'nowhere', 404],
    ] as const)
      expect((await new Visitor().go(start(origin, site))).status, `${origin} ${site}`).toBe(status)
  })

  test('what another browser began, what came back before, and what nobody began', async () => {
    const visitor = new Visitor()
    visitor.stopsAt = '/callback'
    const { url: back } = await visitor.signInThere(await visitor.go(start()), 'nora')
    visitor.stopsAt = '/signin/'
    expect(back.pathname).toBe('/oidc/demo/callback')
    const victim = new Visitor()
    await victim.go(start())
    expect((await victim.go(back)).status, 'another browser').toBe(400)
    const stranger = await new Visitor().go(back)
    expect(stranger.status, 'a browser that never left').toBe(400)
    expect(stranger.text, 'a page for people').toContain('<!doctype html>')
    expect(told(await visitor.go(back), 'code')).not.toBeNull()
    expect((await visitor.go(back)).status, 'again').toBe(400)
    expect((await visitor.go(`${served.origin}/oidc/demo/callback?code=x&state=made-up`)).status).toBe(400)
    expect((await visitor.go(`${served.origin}/oidc/demo/callback`)).status).toBe(400)
  })

  test('what lies too long', async () => {
    const visitor = new Visitor()
    const asked = await visitor.go(start())
    await served.db
      .updateTable('oidc_attempt')
      .set({ expires_at: new Date(0) })
      .execute()
    expect((await visitor.signInThere(asked, 'nora')).status).toBe(400)
  })
})

describe('signing out', () => {
  const leave = async (cookie: string) =>
    (await (
      await fetch(`${served.origin}/v1/sites/demo/session`, {
        method: 'DELETE',
        headers: { cookie, origin: page },
      })
    ).json()) as { provider: { name: string; url: string } | null }

  test('ends our session, and offers the provider’s end', async () => {
    const { cookie } = await signIn('nora')
    const { provider: offered } = await leave(cookie)
    expect(offered?.name).toBe('News account')
    expect(offered?.url).toContain(`${provider.issuer}/session/end?`)
    expect(offered?.url).toContain(encodeURIComponent(`${served.origin}/signin/`))
    expect(await viewerBy(cookie)).toEqual({ viewer: null })
  })

  test('at the provider ends our session, and no other person’s', async () => {
    const [nora, otto] = [await signIn('nora'), await signIn('otto')]
    const asked = await nora.visitor.go(`${provider.issuer}/session/end`)
    const form = Object.fromEntries(
      [...asked.text.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [
        name ?? '',
        value ?? '',
      ]),
    )
    const action = /action="([^"]+)"/.exec(asked.text)?.[1] ?? ''
    await nora.visitor.go(action, { ...form, logout: 'yes' })
    await expect.poll(() => viewerBy(nora.cookie)).toEqual({ viewer: null })
    expect(await viewerBy(otto.cookie)).toMatchObject({ viewer: { name: 'Otto' } })
  })
})

describe('a logout token', () => {
  const event = { 'http://schemas.openid.net/event/backchannel-logout': {} }
  let issuer: Pages
  let key: CryptoKey
  beforeAll(async () => {
    const pair = await generateKeyPair('RS256')
    key = pair.privateKey
    const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k', alg: 'RS256' }
    issuer = await servePages((request, reply) => {
      const { origin } = issuer
      const said = request.url?.startsWith('/keys')
        ? { keys: [jwk] }
        : {
            issuer: origin,
            authorization_endpoint: `${origin}/authorize`,
            token_endpoint: `${origin}/token`,
            jwks_uri: `${origin}/keys`,
            response_types_supported: ['code'],
            subject_types_supported: ['public'],
            id_token_signing_alg_values_supported: ['RS256'],
          }
      reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said))
    })
  })
  afterAll(() => issuer.close())

  const sign = (claims: object, by = key) =>
    new SignJWT({
      iss: issuer.origin,
      aud: client.id,
      iat: Math.floor(Date.now() / 1000),
      jti: randomUUID(),
      events: event,
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256', kid: 'k', typ: 'logout+jwt' })
      .sign(by)
  const send = async (token: string) =>
    (
      await fetch(`${served.origin}/oidc/demo/logout`, {
        method: 'POST',
        body: new URLSearchParams({ logout_token: token }),
      })
    ).status

  /** Somebody whom that provider has signed in twice. */
  async function somebody(subject: string) {
    const { db, app } = served
    const { id } = await db
      .selectFrom('account')
      .select('id')
      .where('name', '=', 'Ada')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('identity')
      .values({ site_id: siteId, provider: issuer.origin, subject, account_id: id })
      .execute()
    for (const session of ['s1', 's2'])
      await db
        .insertInto('session')
        .values({
          id: `${subject} ${session}`,
          account_id: id,
          site_id: siteId,
          provider: issuer.origin,
          provider_session: session,
          expires_at: new Date(Date.now() + 60_000),
        })
        .execute()
    expect(app.server.listening).toBe(true)
    return async () =>
      (
        await db
          .selectFrom('session')
          .select('id')
          .where('id', 'like', `${subject} %`)
          .orderBy('id')
          .execute()
      ).map((row) => row.id.replace(`${subject} `, ''))
  }

  test('ends one session by its name, or all of a person, once', async () => {
    await setIssuer(issuer.origin)
    const left = await somebody('a')
    const { privateKey: wrong } = await generateKeyPair('RS256')
    const bad = [
      await sign({ sub: 'a' }, wrong),
      await sign({ sub: 'a', aud: 'somebody else' }),
      await sign({ sub: 'a', iss: 'https://evil.example' }),
      await sign({ sub: 'a', events: {} }),
      await sign({ sub: 'a', nonce: 'n' }),
      await sign({ sub: 'a', iat: Math.floor(Date.now() / 1000) - 900 }),
      await sign({}),
      '',
      'made up',
    ]
    for (const token of bad) expect(await send(token)).toBe(400)
    expect(await left()).toEqual(['s1', 's2'])
    const one = await sign({ sub: 'a', sid: 's1' })
    expect(await send(one)).toBe(200)
    expect(await left()).toEqual(['s2'])
    expect(await send(one), 'again').toBe(400)
    expect(await send(await sign({ sub: 'nobody' }))).toBe(200)
    expect(await left()).toEqual(['s2'])
    expect(await send(await sign({ sub: 'a' }))).toBe(200)
    expect(await left()).toEqual([])
    await setIssuer(provider.issuer)
  })
})
