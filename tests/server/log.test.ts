import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Database } from '../../server/database/connect.ts'
import { masked } from '../../server/http/log.ts'
import { makeKey } from '../../server/sites/index.ts'
import { openPostOffice, type PostOffice } from '../mail/post-office.ts'
import { testDatabase } from '../setup/database.ts'
import { endNode, startNode, type Process } from '../setup/node.ts'
import { signToken } from '../sso/tokens.ts'
import { Client, problemOf, signIn } from './client.ts'
import { site } from './stage.ts'

const password = 'never to be told'
const metricsToken = 'metrics-token-never-told'

let database: Awaited<ReturnType<typeof testDatabase>>
let office: PostOffice
let db: Database
let node: Process
beforeAll(async () => {
  database = await testDatabase()
  db = connect(database.url, { connections: 2 })
  office = await openPostOffice()
  node = await startNode(database.url, {
    LOG_LEVEL: 'trace',
    SMTP_URL: office.url,
    PUBLIC_URL: 'https://postil.example',
    METRICS_TOKEN: metricsToken,
  })
})
afterAll(async () => {
  await endNode(node, 'SIGTERM')
  await office.close()
  await db.destroy()
  await database.drop()
})

/** All lines of the log, as far as it has come. */
const lines = () =>
  node
    .said()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { reqId?: string; msg?: string; err?: { message: string } })
const cookieValue = ({ cookie }: Client) => cookie.slice(cookie.indexOf('=') + 1)
/** Waits until the log has what was done until now: it has this request, too. */
async function logged(): Promise<void> {
  const id = `until-${lines().length}-now`
  await fetch(`${node.origin}/healthz`, { headers: { 'x-request-id': id } })
  await expect
    .poll(() => lines().some(({ reqId, msg }) => reqId === id && msg === 'request completed'))
    .toBe(true)
}

test('no password, token, cookie, code or mail address gets into the log, however much is logged', async () => {
  const { origin } = node
  const nobody = new Client(origin)
  const email = 'zoe.secret@elsewhere.example'
  const secrets = [password, metricsToken, email, 'wrong-password', 'zoe.secret', 'gone.secret']

  await nobody.ok('POST /v1/accounts', { body: { email, name: 'Zoë', password } })
  await nobody.refused('POST /v1/accounts', 409, { body: { email, name: 'Zoë', password } })
  await nobody.refused('POST /v1/session', 401, { body: { email, password: 'wrong-password' } })
  // Not even of what is no right request.
  await nobody.refused('POST /v1/session', 400, { body: { email, password, more: password } })
  await nobody.request('GET /v1/session', { query: { password } })

  const ada = await signIn(origin, 'ada@demo.example')
  const { code } = await ada.ok('POST /v1/sign-in-codes', { body: { site, origin } })
  secrets.push(cookieValue(ada), code)
  await nobody.ok('POST /v1/sites/:site/session', { params: { site }, body: { code } })
  await nobody.refused('POST /v1/sites/:site/session', 401, { params: { site }, body: { code } })

  const { id: siteId } = await db.selectFrom('site').select('id').executeTakeFirstOrThrow()
  const { secret } = await makeKey(db, siteId, null, 'sign_in')
  const token = await signToken(Buffer.from(secret.replace('whsec_', ''), 'base64'), { email })
  secrets.push(secret, token)
  await nobody.ok('POST /v1/sites/:site/session/jwt', { params: { site }, body: { token } })
  await nobody.refused('POST /v1/sites/:site/session/jwt', 401, { params: { site }, body: { token } })

  const authorization = `Bearer ${metricsToken}`
  expect((await fetch(`${origin}/metrics`, { headers: { authorization } })).status).toBe(200)
  for (const path of [
    '/unsubscribe/',
    '/claim/',
    '/nowhere/',
    '/oidc/demo/callback?code=',
    '/signin/?token=',
  ])
    await fetch(`${origin}${path}${metricsToken}`)

  // A mail that is sent, and one whose address the mail server names in refusing it.
  office.answer = (to) => (to.startsWith('gone') ? `451 4.7.1 <${to}> come again later` : null)
  const pia = await signIn(origin, 'pia@demo.example')
  for (const to of [email, 'gone.secret@elsewhere.example'])
    await pia.ok('POST /v1/sites/:site/invitations', {
      params: { site },
      body: { email: to, role: 'moderator', sections: null, language: 'en' },
    })
  await expect.poll(() => office.to(email).length).toBe(1)
  await expect.poll(() => lines().some(({ err }) => err?.message.includes('come again later'))).toBe(true)
  const invitation = /#invitation=([\w-]{43})$/m.exec(office.to(email)[0]?.text ?? '')?.[1] ?? ''
  expect(invitation).not.toBe('')
  secrets.push(invitation)
  // The mail is there before it is noted that it is.
  const read = async () =>
    (await nobody.request('POST /v1/invitations/reading', { body: { token: invitation } })).status
  await expect.poll(read).toBe(200)

  await logged()
  expect(lines().length).toBeGreaterThan(30)
  for (const one of secrets) expect(node.said(), one).not.toContain(one)
  expect(node.said()).not.toMatch(/\beyJ[\w-]+\.|set-cookie|authorization/i)
  expect(
    node.said().replaceAll(/\S+@demo\.example/g, (address) => (isDemo(address) ? '' : address)),
  ).not.toMatch(/[\w.]+@[\w.]+/)
})

/** The greeting names the demo's accounts. */
const isDemo = (address: string) => /^(?:ada|bela|chris|mo|pia|olu)@/.test(address)

test('each line of a request has its id, and so has a problem', async () => {
  const nobody = new Client(node.origin)
  const problem = problemOf(
    await nobody.request('GET /v1/sites/:site/session', { params: { site: 'nowhere' } }),
    404,
  )
  expect(problem.requestId).toMatch(/^[0-9a-f-]{36}$/)
  await logged()
  const own = lines().filter(({ reqId }) => reqId === problem.requestId)
  expect(own.map(({ msg }) => msg)).toEqual(['incoming request', 'request completed'])
})

test.each([
  ['a-proxy:0123.4567', true],
  ['short', false],
  ['with spaces in it', false],
  ['x'.repeat(101), false],
  ['"},{"level":60', false],
])('a proxy’s own id %j is taken where it is one: %s', async (id, isTaken) => {
  const answer = await fetch(`${node.origin}/v1/sites/nowhere/session`, { headers: { 'x-request-id': id } })
  const given = answer.headers.get('x-request-id')
  expect(given === id).toBe(isTaken)
  expect(await answer.json()).toMatchObject({ requestId: given })
})

test('a line stays JSON, whatever is taken out of it', () => {
  const part = fc.constantFrom(
    'ada',
    '@',
    'a.example',
    '"',
    '\\',
    '\n',
    '\u0001',
    'u00',
    'n',
    '//',
    ':',
    ' ',
    'eyJhbGciOiJIUzI1',
    '.',
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const line = masked(JSON.stringify({ msg: parts.join(''), last: 1 }))
      expect(JSON.parse(line)).toMatchObject({ last: 1 })
    }),
    { numRuns: 2_000 },
  )
})

test.each([
  ['no mailbox <ada@demo.example>', 'no mailbox <…@…>'],
  ['line\nada@demo.example', 'line\n…@…'],
  ['redis://user:secret@redis.example:6379', 'redis://redis.example:6379'],
  ['token eyJhbGciOiJIUzI1.eyJzdWIi.c2lnbmVk, twice', 'token …, twice'],
  ['Key (email)=(ada@demo.example)', 'Key (email)=(…@…)'],
])('%j is logged as %j', (said, logged) => {
  expect(JSON.parse(masked(JSON.stringify(said)))).toBe(logged)
})
