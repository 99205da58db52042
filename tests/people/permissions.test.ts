import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes, type Permission, type RouteName } from '../../core/contract/routes.ts'
import { Caller, addressOf, origin, problemOf, type Cookies } from '../moderation/caller.ts'
import { mostMemberships } from '../../server/people/lucia.ts'
import { setRole } from '../../server/people/index.ts'
import { createSite } from '../../server/sites/index.ts'
import { openStage, publisher, type Stage } from '../moderation/stage.ts'
import { namesOf, samples } from './samples.ts'

let stage: Stage
beforeAll(async () => {
  const publicUrl = 'https://postil.example'
  // Nothing is ever sent there: it lets people be invited.
  const mail = { smtpUrl: 'smtp://127.0.0.1:9', from: 'Postil <postil@postil.example>', publicUrl }
  stage = await openStage({ mail })
})
afterAll(() => stage.close())

const callers = [
  'nobody',
  'reader',
  'reader of another site',
  'moderator',
  'publisher',
  'moderator of another site',
] as const
type Kind = (typeof callers)[number]

const names = namesOf(routes)
/** What is done on Postil's own pages only. */
const atPostil = new Set<Permission>(['own', 'moderator', 'lead', 'publisher'])
/** What is signed counts from anywhere, and no cookie does. */
const changing = names.filter((name) => !name.startsWith('GET ') && routes[name].permission !== 'signed')

/** The status a caller must be refused with, or null; as the contract's table says it, and its comment. */
function refusal(name: RouteName, who: Kind): 401 | 403 | null {
  const { permission } = routes[name]
  // A session says nothing about who speaks for a site's servers.
  if (permission === 'signed') return 401
  const signedIn = who !== 'nobody' && who !== 'reader of another site'
  // The other routes of one's own are how somebody comes to be signed in, or asks whether they are.
  const isOfTheirs = name === 'POST /v1/sign-in-codes' || name.includes('/v1/me/')
  if (permission === 'public' || (permission === 'own' && !isOfTheirs)) return null
  if (!signedIn) return 401
  if (permission === 'viewer' || permission === 'own' || who === 'publisher') return null
  return permission === 'moderator' && who === 'moderator' ? null : 403
}

const emails: Record<Exclude<Kind, 'nobody'>, string> = {
  reader: 'ada@demo.example',
  'reader of another site': 'bela@demo.example',
  moderator: 'mo@demo.example',
  publisher: 'pia@demo.example',
  'moderator of another site': 'otto@other.example',
}

/** A new session each time, because signing out is among the routes. */
async function cookiesFor(who: Kind): Promise<Cookies> {
  if (who === 'nobody') return {}
  if (who !== 'reader of another site') return { postil: await stage.session(emails[who], null) }
  // The embed's session of the other site, also under the names that would count here.
  const id = await stage.session(emails[who], stage.other)
  return { 'postil-other': id, 'postil-demo': id, postil: id }
}

describe.each(names)('%s', (name) => {
  test('is registered', () => {
    expect(stage.app.hasRoute(addressOf(name, {}))).toBe(true)
  })

  test.each(callers.map((who) => ({ who, status: refusal(name, who) })))(
    '$who: $status',
    async ({ who, status }) => {
      const answer = await new Caller(stage.app, await cookiesFor(who)).request(name, samples[name])
      if (status !== null) {
        const missing = routes[name].permission === 'signed' ? 'wrong-signature' : 'sign-in-needed'
        const type = status === 401 ? `/problems/${missing}` : '/problems/not-allowed'
        expect(problemOf(answer, status).type).toBe(type)
        return
      }
      // Let in: what follows is about the sample, which speaks of nothing that is there.
      expect(answer.body).not.toMatch(/sign-in-needed|not-allowed|wrong-origin/)
      expect(answer.statusCode, answer.body).toBeLessThan(500)
    },
  )
})

describe.each(changing)('%s with a moderator’s cookie', (name) => {
  const own = atPostil.has(routes[name].permission)
  const foreign = ['https://evil.example', 'null', `${origin}.evil.example`, 'https://other.example']

  test.each([...foreign, ...(own ? [publisher] : [])])('is refused from a page of %s', async (from) => {
    const mo = new Caller(stage.app, await cookiesFor('moderator'))
    const answer = await mo.request(name, { ...samples[name], origin: from })
    expect(problemOf(answer, 403).type).toBe('/problems/wrong-origin')
  })

  test('is refused from a client that does not say where it is', async () => {
    const mo = new Caller(stage.app, await cookiesFor('moderator'))
    const answer = await mo.request(name, { ...samples[name], origin: null })
    expect(problemOf(answer, 403).type).toBe('/problems/wrong-origin')
  })
})

test.each(names)('%s may be read by pages of the site’s origins at the most', async (name) => {
  const mo = new Caller(stage.app, await cookiesFor('moderator'))
  const allowed = async (from: string) =>
    (await mo.request(name, { ...samples[name], origin: from })).headers['access-control-allow-origin']
  // What the embed asks first says to others that they are refused, and nothing else.
  const toOthers = name === 'GET /v1/sites/:site/articles' ? '*' : undefined
  expect(await allowed('https://evil.example')).toBe(toOthers)
  expect(await allowed('https://other.example')).toBe(toOthers)
  expect(await allowed(publisher)).toBe(name.includes('/v1/sites/') ? publisher : undefined)
})

test('a moderator’s session of the embed does not open the queue: it is at the publisher’s page', async () => {
  const embed = new Caller(stage.app, { 'postil-demo': await stage.session(emails.moderator, stage.demo) })
  const { viewer } = await embed.ok('GET /v1/sites/:site/session', { params: { site: 'demo' } })
  expect(viewer).toMatchObject({ name: 'Mo', role: 'moderator' })
  for (const name of names.filter((one) => /^(?:moderator|lead|publisher)$/.test(routes[one].permission))) {
    expect(problemOf(await embed.request(name, samples[name]), 401).type).toBe('/problems/sign-in-needed')
  }
})

test('somebody who works for more sites than are read with a session works for the last of them too', async () => {
  const cookies = await cookiesFor('moderator')
  const mo = new Caller(stage.app, cookies)
  const queue = { params: { site: 'the-last' } }
  const { id } = await stage.db
    .selectFrom('account')
    .select('id')
    .where('email', '=', emails.moderator)
    .executeTakeFirstOrThrow()
  for (let nth = 1; nth <= mostMemberships; nth += 1) {
    const site = { slug: `site-${nth}`, name: `Site ${nth}`, origins: [`https://site-${nth}.example`] }
    await setRole(stage.db, (await createSite(stage.db, site)).id, id, 'moderator')
  }
  const last = { slug: 'the-last', name: 'The last', origins: ['https://the-last.example'] }
  const { id: siteId } = await createSite(stage.db, last)
  await mo.refused('GET /v1/sites/:site/cases', 403, queue)
  await setRole(stage.db, siteId, id, 'moderator')
  expect(await mo.ok('GET /v1/sites/:site/cases', queue)).toMatchObject({ cases: [] })
})
