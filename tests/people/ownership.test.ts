import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { routes, type RouteName } from '../../core/contract/routes.ts'
import { createAccount, setRole } from '../../server/people/index.ts'
import { contents } from '../hostile/database.ts'
import { Caller } from '../moderation/caller.ts'
import { openStage, password, type Stage } from '../moderation/stage.ts'
import { makeObjects, type Objects } from './objects.ts'
import { namesOf, nowhere, samples } from './samples.ts'

let stage: Stage
let objects: Objects
/** Leads and publishes the other site, and this one. */
let stranger: Caller
let pia: Caller
let chris: Caller
beforeAll(async () => {
  const mail = {
    smtpUrl: 'smtp://127.0.0.1:9',
    from: 'Postil <postil@postil.example>',
    publicUrl: 'https://postil.example',
  }
  stage = await openStage({ mail })
  objects = await makeObjects(stage)
  const paul = await createAccount(stage.db, { email: 'paul@other.example', name: 'Paul', password })
  await setRole(stage.db, stage.other.id, paul, 'publisher')
  stranger = new Caller(stage.app, { postil: await stage.session('paul@other.example', null) })
  chris = new Caller(stage.app, { postil: await stage.session('chris@demo.example', null) })
  pia = new Caller(stage.app, { postil: await stage.session('pia@demo.example', null) })
})
afterAll(() => stage.close())

/** Routes of a site that name something of it; what is signed is refused to all who only have a session. */
const naming = namesOf(routes).filter(
  (name) => JSON.stringify(samples[name]).includes(nowhere) && name.includes(':site') && !isOwn(name),
)
/** What is asked about or by oneself, and names no place where something of others is looked up. */
function isOwn(name: RouteName): boolean {
  return name === 'POST /v1/sites/:site/inbox/read'
}
/** A comment, or a warning. */
const isSomebodys = (name: RouteName) => /:(?:comment|sanction)/.test(name)
/** What takes something away comes last, so that it is there for the others. */
const removingLast = [...naming].sort(
  (a, b) => Number(a.startsWith('DELETE')) - Number(b.startsWith('DELETE')),
)

const anyId = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g

/** A route's sample on a site: about what is there, or about nothing. */
function about(
  name: RouteName,
  site: string,
  isThere = true,
): { params?: object; query?: object; body?: object } {
  const real = (key: string, value: unknown): unknown => {
    if (key === 'site') return site
    return isThere && value === nowhere && isKind(key) ? objects[key] : value
  }
  return JSON.parse(JSON.stringify(samples[name]), real) as object
}

const isKind = (key: string): key is keyof Objects => Object.hasOwn(objects, key)

/** What is said in place of 404, of what is on another site as of what is nowhere: it tells nothing, and nothing is written. */
const answered: Partial<Record<RouteName, number>> = {
  // Names nobody then.
  'POST /v1/sites/:site/preview': 200,
  // Each case is among those that were changed meanwhile.
  'POST /v1/sites/:site/bulks/:bulk/decisions': 201,
  // There is no text that waits.
  'POST /v1/sites/:site/articles/:article/revisions/:revision': 409,
  // It is no longer claimed.
  'DELETE /v1/sites/:site/cases/:case/claim': 204,
}
/** What is not there for its own people either: a service that this server has not, and a comment that was rejected. */
const notThere = new Set<RouteName>([
  'POST /v1/sites/:site/cases/:case/translation',
  'GET /v1/sites/:site/comments/:comment/revisions',
  'POST /v1/sites/:site/comments/:comment/reports',
])

describe('nothing of another site’s is to be had with one’s own right:', () => {
  let before: Record<string, string>
  beforeEach(async () => {
    before = await contents(stage.db)
  })

  test.each(naming)('%s', async (name) => {
    const { statusCode, body } = await stranger.request(name, about(name, 'other'))
    expect(statusCode, body).toBe(answered[name] ?? 404)
    const ofNothing = await stranger.request(name, about(name, 'other', false))
    expect(ofNothing.statusCode, ofNothing.body).toBe(statusCode)
    expect(ofNothing.body.replaceAll(anyId, ''), 'no word more').toBe(body.replaceAll(anyId, ''))
    expect(await contents(stage.db), 'nothing is written').toEqual(before)
  })
})

describe('on its own site it is there:', () => {
  test.each(removingLast.filter((name) => !notThere.has(name)))('%s', async (name) => {
    // Of what is somebody's own, for whom it belongs to.
    const answer = await (isSomebodys(name) ? chris : pia).request(name, about(name, 'demo'))
    expect(answer.statusCode, answer.body).not.toBe(404)
    expect(answer.statusCode, answer.body).toBeLessThan(500)
  })
})

describe('what is somebody else’s on the same site stays as it is:', () => {
  const theirs = naming.filter(
    (name) => isSomebodys(name) && !name.startsWith('GET') && !name.endsWith('/reports'),
  )

  test.each(theirs)('%s', async (name) => {
    const bela = new Caller(stage.app, { postil: await stage.session('bela@demo.example', null) })
    const before = await contents(stage.db)
    const { statusCode, body } = await bela.request(name, about(name, 'demo'))
    expect([403, 404], body).toContain(statusCode)
    expect(await contents(stage.db), 'nothing is written').toEqual(before)
  })

  test('these are some', () => {
    expect(theirs.length).toBeGreaterThan(4)
    expect(naming.length).toBeGreaterThan(40)
  })
})
