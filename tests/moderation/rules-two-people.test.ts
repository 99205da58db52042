import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Rules } from '../../core/contract/rules.ts'
import { activeRules, noRules, setRules } from '../../server/moderation/index.ts'
import { setRole } from '../../server/people/index.ts'
import type { Client } from '../server/client.ts'
import { openServer, type Server } from '../server/stage.ts'
import { runPostil } from '../setup/postil.ts'

const site = 'demo'
const params = { site }
const put = 'PUT /v1/sites/:site/rules'
const settle = 'POST /v1/sites/:site/rules/versions/:version'

let server: Server
let pia: Client
let olu: Client
let mo: Client
beforeAll(async () => {
  server = await openServer()
  pia = await server.signedIn('pia@demo.example')
  olu = await server.signedIn('olu@demo.example')
  mo = await server.signedIn('mo@demo.example')
})
afterAll(() => server.close())

const read = (who = pia) => who.ok('GET /v1/sites/:site/rules', { params })
/** As the command line says it: it holds at once. */
async function say(changes: Partial<Rules>): Promise<void> {
  const { version } = await read()
  await setRules(server.db, server.siteId, null, { version, rules: { ...noRules, ...changes } })
}
const roleOf = async (email: string, role: 'lead' | 'moderator' | 'publisher' | 'operator') => {
  const { id } = await server.db
    .selectFrom('account')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  await setRole(server.db, server.siteId, id, role)
}
/** Somebody changes one rule of those that hold. */
async function change(who: Client, changes: Partial<Rules>) {
  const { version, rules } = await read()
  return await who.ok(put, { params, body: { version, rules: { ...rules, ...changes } } })
}
const decide = (version: number, decision: 'confirm' | 'drop') => ({
  params: { site, version },
  body: { decision },
})
const audited = async () => {
  const rows = await server.db.selectFrom('audit').select(['action', 'subject']).orderBy('number').execute()
  return rows.map(({ action, subject }) => [action, subject])
}
const holding = async () => (await activeRules(server.db, server.siteId)).rules

beforeEach(() => say({ twoPeople: true }))
afterEach(() => roleOf('olu@demo.example', 'operator'))

describe('where a change of the rules wants two people', () => {
  test('it waits, and nothing else holds until another one who leads confirms it', async () => {
    const before = await read()
    const answer = await change(pia, { sample: 7 })
    const version = before.version + 1
    expect(answer).toMatchObject({
      version: before.version,
      state: 'confirmed',
      rules: { sample: 0 },
      waiting: { version, by: 'Pia', can: { confirm: false, drop: true } },
    })
    expect((await holding()).sample).toBe(0)
    expect((await read(olu)).waiting?.can).toEqual({ confirm: true, drop: true })
    const proposed = await olu.ok('GET /v1/sites/:site/rules', { params, query: { version } })
    expect(proposed).toMatchObject({ version, state: 'waiting', rules: { sample: 7 }, by: 'Pia' })
    const confirmed = await olu.ok(settle, decide(version, 'confirm'))
    expect(confirmed).toMatchObject({ version, state: 'confirmed', rules: { sample: 7 }, waiting: null })
    expect((await holding()).sample).toBe(7)
    const { versions } = await pia.ok('GET /v1/sites/:site/rules/versions', { params })
    expect(versions[0]).toMatchObject({ version, by: 'Pia', state: 'confirmed', settledBy: 'Olu' })
    expect((await audited()).slice(-2)).toEqual([
      ['propose rules', { version }],
      ['confirm rules', { version }],
    ])
  })

  test('nobody confirms their own, by the server and by the table', async () => {
    const { waiting } = await change(pia, { sample: 7 })
    const version = waiting?.version ?? 0
    const problem = await pia.refused(settle, 403, decide(version, 'confirm'))
    expect(problem.detail).toContain('Somebody else confirms it')
    const itself = server.db
      .updateTable('rule_set')
      .set((eb) => ({ state: 'confirmed', settled_by: eb.ref('made_by'), settled_at: new Date() }))
      .where('version', '=', version)
      .execute()
    await expect(itself).rejects.toThrow(/rule_set_two_people/)
    for (const who of [mo, await server.signedIn('ada@demo.example')])
      for (const decision of ['confirm', 'drop'] as const)
        await who.refused(settle, 403, decide(version, decision))
    await server.nobody.refused(settle, 401, decide(version, 'confirm'))
    expect((await read()).waiting?.version).toBe(version)
  })

  test('its maker drops it, or another one, and its number is not used again', async () => {
    for (const who of [pia, olu]) {
      const { waiting } = await change(pia, { sample: 7 })
      const version = waiting?.version ?? 0
      expect(await who.ok(settle, decide(version, 'drop'))).toMatchObject({
        waiting: null,
        rules: { sample: 0 },
      })
      await olu.refused(settle, 409, decide(version, 'confirm'))
      expect((await change(olu, { sample: 8 })).waiting?.version).toBe(version + 1)
      await olu.ok(settle, decide(version + 1, 'drop'))
    }
    const { versions } = await pia.ok('GET /v1/sites/:site/rules/versions', { params })
    expect(versions[0]).toMatchObject({ state: 'dropped', settledBy: 'Olu' })
    await olu.refused(settle, 404, decide(1_000_000, 'confirm'))
  })

  test('one waits at a time, and of many at once one is kept', async () => {
    const { version, rules } = await read()
    const body = { version, rules }
    const both = await Promise.all([pia, olu, pia].map((who) => who.request(put, { params, body })))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    const problem = await olu.refused(put, 409, { params, body })
    expect(problem.detail).toContain('waits for a second person')
    const second = server.db
      .insertInto('rule_set')
      .values({ site_id: server.siteId, version: 5000, rules: '{}', word_count: 0, state: 'waiting' })
      .execute()
    await expect(second).rejects.toThrow(/waiting_rules/)
  })

  test('of a confirmation and a drop at once, one holds', async () => {
    await roleOf('mo@demo.example', 'lead')
    const { waiting } = await change(pia, { sample: 7 })
    const version = waiting?.version ?? 0
    const all = await Promise.all([
      olu.request(settle, decide(version, 'confirm')),
      mo.request(settle, decide(version, 'confirm')),
      pia.request(settle, decide(version, 'drop')),
    ])
    expect(all.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    expect((await holding()).sample).toBe(all[2].status === 200 ? 0 : 7)
    await roleOf('mo@demo.example', 'moderator')
  })

  test('switching it off is such a change itself', async () => {
    const { waiting } = await change(pia, { twoPeople: false })
    expect((await holding()).twoPeople).toBe(true)
    await olu.ok(settle, decide(waiting?.version ?? 0, 'confirm'))
    expect((await change(pia, { sample: 3 })).rules).toMatchObject({ twoPeople: false, sample: 3 })
  })

  test('the command line holds at once, and ends what waits', async () => {
    const { waiting } = await change(pia, { sample: 7 })
    await say({ twoPeople: false })
    expect(await read()).toMatchObject({ waiting: null, rules: { twoPeople: false, sample: 0 } })
    await olu.refused(settle, 409, decide(waiting?.version ?? 0, 'confirm'))
    expect((await audited()).slice(-2).map(([action]) => action)).toEqual(['drop rules', 'rules'])
  })

  test(
    'the command line switches it off where nobody is left to confirm, and on only where two lead',
    { timeout: 120_000 },
    async () => {
      const { waiting } = await change(pia, { sample: 7 })
      await roleOf('olu@demo.example', 'moderator')
      const postil = (way: string) =>
        runPostil({ DATABASE_URL: server.url }, 'two-people', way, '--site', site)
      expect(await postil('off')).toMatchObject({
        code: 0,
        said: 'One person bans, and changes the rules of demo.\n',
      })
      expect(await read()).toMatchObject({ waiting: null, rules: { twoPeople: false, sample: 0 } })
      expect(waiting).not.toBeNull()
      const refused = await postil('on')
      expect(refused.code).toBe(1)
      expect(refused.said).toContain('needs a second person who leads the moderation of this site')
    },
  )

  test('who watches the queue is told of each step', async () => {
    const line = server.openLine(olu)
    line.say({ type: 'watch_queue' })
    await line.settled()
    const { waiting } = await change(pia, { sample: 7 })
    await olu.ok(settle, decide(waiting?.version ?? 0, 'drop'))
    await line.settled()
    expect(line.frames.filter(({ type }) => type === 'rules')).toHaveLength(2)
    line.socket.close()
  })
})

test('it cannot be switched on where one alone leads, and holds at once where two do', async () => {
  await say({ twoPeople: false })
  await roleOf('olu@demo.example', 'moderator')
  const { version, rules } = await read()
  const body = { version, rules: { ...rules, twoPeople: true } }
  const problem = await pia.refused(put, 400, { params, body })
  expect(problem.errors).toEqual([
    { field: 'rules.twoPeople', detail: 'needs a second person who leads the moderation of this site' },
  ])
  await roleOf('olu@demo.example', 'lead')
  expect(await pia.ok(put, { params, body })).toMatchObject({ rules: { twoPeople: true }, waiting: null })
})
