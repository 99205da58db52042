import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes, type Route, type RouteName } from '../../core/contract/routes.ts'
import { Caller, holdReply, problemOf, type Cookies } from '../moderation/caller.ts'
import { openStage, type Stage } from '../moderation/stage.ts'
import { makeObjects, type Objects } from '../people/objects.ts'
import { namesOf } from '../people/samples.ts'
import { almost } from './arbitrary.ts'

/** Requests for each route; `FUZZ_RUNS=10000` for a long look. */
const runs = Number(process.env['FUZZ_RUNS'] ?? 40)

let stage: Stage
let objects: Objects
beforeAll(async () => {
  const mail = {
    smtpUrl: 'smtp://127.0.0.1:9',
    from: 'Postil <postil@postil.example>',
    publicUrl: 'https://postil.example',
  }
  stage = await openStage({ mail, logLevel: 'error' })
  objects = await makeObjects(stage)
})
afterAll(() => stage.close())

const staff = /^(?:moderator|lead|publisher)$/

/** Somebody who may call the route, with a session that no request before has ended. */
async function cookiesFor({ permission }: Route): Promise<Cookies> {
  const email = staff.test(permission) ? 'pia@demo.example' : 'ada@demo.example'
  return { postil: await stage.session(email, null) }
}

function requestsFor({ params, query, body }: Route) {
  const known = { site: 'demo', ...objects }
  return fc.record({
    params: fc.oneof(
      { weight: 3, arbitrary: almost(params, known) },
      { weight: 1, arbitrary: almost(params) },
    ),
    query: almost(query, known),
    body: body ? almost(body, known) : fc.constant(undefined),
  })
}

/** What can stand in an address, by the contract's names; whatever else was made up is left out. */
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
const addressed = (value: unknown): object =>
  isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, encodeURIComponent(inWords(one))]))
    : {}
const asked = (value: unknown): object =>
  isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inWords(one)])) : {}
const inWords = (value: unknown) => (isObject(value) ? JSON.stringify(value) : String(value)).toWellFormed()

describe('a route gives only what it documents, whatever it is sent:', () => {
  test.each(namesOf(routes))('%s', async (name) => {
    const route: Route = routes[name]
    const documented = new Set([route.status, 400, 401, 403, 404, 429, 503, ...route.problems])
    const caller = new Caller(stage.app, await cookiesFor(route))
    const one = async ({ params, query, body }: { params: unknown; query: unknown; body: unknown }) => {
      const answer = await caller.request(name, {
        params: { ...emptyParams(name), ...addressed(params) },
        query: asked(query),
        ...(body !== undefined && {
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
      })
      expect(documented, `${answer.statusCode} ${answer.body}`).toContain(answer.statusCode)
      if (answer.statusCode !== route.status) problemOf(answer, answer.statusCode)
      // Exports and tables are sent as lines.
      else if (/^application\/json(;|$)/.test(String(answer.headers['content-type'])))
        holdReply(name, answer.body)
    }
    await fc.assert(fc.asyncProperty(requestsFor(route), one), { numRuns: runs })
  })

  test('and is there as before in the end', async () => {
    expect((await stage.app.inject({ url: '/readyz' })).statusCode).toBe(200)
  })
})

/** Where a parameter was left out, its place in the address stays empty. */
const emptyParams = (name: RouteName): object =>
  Object.fromEntries([...name.matchAll(/:(\w+)/g)].map(([, key = '']) => [key, '']))
