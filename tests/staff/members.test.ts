import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Member, NewStanding } from '../../core/contract/staff.ts'
import { createAccount, setRole } from '../../server/people/index.ts'
import type { Caller } from '../moderation/caller.ts'
import { openDesk, type Desk } from '../moderation/desk.ts'
import { password } from '../moderation/stage.ts'

const site = 'demo'
const members = 'GET /v1/sites/:site/members'
const change = 'PUT /v1/sites/:site/members/:account'

let desk: Desk
let lena: string
beforeAll(async () => {
  desk = await openDesk()
  lena = await createAccount(desk.stage.db, { email: 'lena@demo.example', name: 'Lena', password })
})
afterAll(() => desk.stage.close())
beforeEach(async () => {
  await setRole(desk.stage.db, desk.stage.demo.id, lena, 'lead')
})

async function list(limit = 50): Promise<Member[]> {
  const all: Member[] = []
  let cursor: string | null | undefined
  while (cursor !== null) {
    const query = { limit, ...(cursor !== undefined && { cursor }) }
    const page = await desk.pia.ok(members, { params: { site }, query })
    expect(page.members.length).toBeLessThanOrEqual(limit)
    all.push(...page.members)
    cursor = page.next
  }
  return all
}
const called = async (name: string) => {
  const found = (await list()).find((one) => one.name === name)
  if (!found) throw new Error(`${name} does not work here`)
  return found
}
const about = (account: string, body: NewStanding) => ({ params: { site, account }, body })
const asLead = { role: 'lead', sections: null } as const

test('who works for the site is listed, in pages, with who can be changed; readers are not', async () => {
  const all = await list()
  expect(all.map(({ name, role, can }) => [name, role, can.change])).toEqual([
    ['Mo', 'moderator', true],
    ['Pia', 'publisher', true],
    ['Olu', 'operator', false],
    ['Lena', 'lead', true],
  ])
  expect(await list(1)).toEqual(all)
})

test('a role and sections are changed, changed back, and written down; lines of theirs end', async () => {
  const moderator = { role: 'moderator', sections: ['/sport', '/culture/'] } as const
  const changed = await desk.pia.ok(
    change,
    about(lena, { ...moderator, sections: [...moderator.sections], was: asLead }),
  )
  expect(changed).toMatchObject({ role: 'moderator', sections: ['/sport/', '/culture/'] })
  const was = { role: changed.role, sections: changed.sections }
  const back = await desk.pia.ok(change, about(lena, { ...asLead, was }))
  expect(back).toMatchObject({ ...asLead, can: { change: true } })
  const rows = await desk.stage.db
    .selectFrom('audit')
    .select('subject')
    .where('action', '=', 'set_role')
    .orderBy('number')
    .execute()
  expect(rows.map(({ subject }) => subject)).toEqual([
    { account: lena, role: 'moderator', before: 'lead', sections: 2 },
    { account: lena, role: 'lead', before: 'moderator', sections: null },
  ])
  await desk.expectWhole()
})

test('who is removed is in the list no more, can do nothing more, and can be brought back', async () => {
  const her = await desk.stage.as('lena@demo.example')
  await her.ok('GET /v1/sites/:site/rules', { params: { site } })
  await desk.pia.ok(change, about(lena, { role: 'reader', sections: null, was: asLead }))
  expect((await list()).map(({ id }) => id)).not.toContain(lena)
  await her.refused('GET /v1/sites/:site/rules', 403, { params: { site } })
  await desk.pia.ok(change, about(lena, { ...asLead, was: { role: 'reader', sections: null } }))
  await her.ok('GET /v1/sites/:site/rules', { params: { site } })
})

test('nothing is written over what somebody else has changed', async () => {
  const stale = { role: 'moderator', sections: null } as const
  const problem = await desk.pia.refused(
    change,
    409,
    about(lena, { role: 'publisher', sections: null, was: stale }),
  )
  expect(problem).toMatchObject({ member: { id: lena, role: 'lead' } })
  const answers = await Promise.all(
    (['moderator', 'publisher', 'reader'] as const).map((role) =>
      desk.pia.request(change, about(lena, { role, sections: null, was: asLead })),
    ),
  )
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409])
})

test('the last who publishes stays, also where two leave at once', async () => {
  const { db, demo } = desk.stage
  const olu = await called('Olu')
  await setRole(db, demo.id, olu.id, 'reader')
  const pia = await called('Pia')
  const asPublisher = { role: 'publisher', sections: null } as const
  const leaves = (who: Caller, id: string) => who.request(change, about(id, { ...asLead, was: asPublisher }))
  expect((await leaves(desk.pia, pia.id)).statusCode).toBe(409)
  await setRole(db, demo.id, lena, 'publisher')
  const her = await desk.stage.as('lena@demo.example')
  const answers = await Promise.all([leaves(desk.pia, pia.id), leaves(her, lena)])
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
  await setRole(db, demo.id, pia.id, 'publisher')
  await setRole(db, demo.id, olu.id, 'operator')
})

test.each([
  ['an operator', 'Olu', { role: 'reader', sections: null, was: { role: 'operator', sections: null } }, 403],
  ['a section that is none', 'Lena', { role: 'moderator', sections: ['sport'], was: asLead }, 400],
] as const)('%s is refused', async (_, name, body, status) => {
  const { id } = await called(name)
  const sections = body.sections && [...body.sections]
  await desk.pia.refused(change, status, about(id, { ...body, sections }))
})

test('nobody is given a role who never had one here', async () => {
  const { id } = await desk.stage.db
    .selectFrom('account')
    .select('id')
    .where('email', '=', 'otto@other.example')
    .executeTakeFirstOrThrow()
  await desk.pia.refused(
    change,
    404,
    about(id, { role: 'moderator', sections: null, was: { role: 'reader', sections: null } }),
  )
})

test('a lead neither sees nor changes who works here', async () => {
  const her = await desk.stage.as('lena@demo.example')
  await her.refused(members, 403, { params: { site } })
  await her.refused(change, 403, about(lena, { role: 'publisher', sections: null, was: asLead }))
})
