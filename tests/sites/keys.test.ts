import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAudit } from '../../server/audit/index.ts'
import { secretsOf } from '../../server/sites/index.ts'
import { openDesk, type Desk } from '../moderation/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.stage.close())

const site = 'demo'
const make = (purpose: 'push' | 'sign_in' = 'push') =>
  desk.pia.ok('POST /v1/sites/:site/keys', { params: { site }, body: { purpose } })
const list = async () => (await desk.pia.ok('GET /v1/sites/:site/keys', { params: { site } })).keys
const holding = async (purpose: 'push' | 'sign_in') =>
  (await secretsOf(desk.stage.db, desk.stage.demo.id, purpose)).map(({ id, secret }) => ({
    id,
    secret: `whsec_${secret.toString('base64')}`,
  }))

test('a key is told once; the one before holds for a week more, and each purpose for itself', async () => {
  const first = await make()
  expect(first.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  const other = await make('sign_in')
  const second = await make()
  const keys = await list()
  expect(JSON.stringify(keys)).not.toContain(first.secret.slice(6))
  expect(keys.map(({ id, expiresAt }) => [id, expiresAt === null])).toEqual([
    [second.key.id, true],
    [other.key.id, true],
    [first.key.id, false],
  ])
  const left = Date.parse(keys.at(-1)?.expiresAt ?? '') - Date.parse(second.key.createdAt)
  expect(left).toBe(7 * 24 * 3_600_000)
  expect(await holding('push')).toEqual([
    { id: second.key.id, secret: second.secret },
    { id: first.key.id, secret: first.secret },
  ])
  await sql`update site_key set expires_at = now() where id = ${first.key.id}`.execute(desk.stage.db)
  expect((await holding('push')).map(({ id }) => id)).toEqual([second.key.id])
  expect((await list()).map(({ id }) => id)).not.toContain(first.key.id)
})

test('a revoked one ends at once, is not there a second time, and the log tells of all of it', async () => {
  const { key } = await make()
  const gone = { params: { site, key: key.id } }
  await desk.pia.ok('DELETE /v1/sites/:site/keys/:key', gone)
  expect((await holding('push')).map(({ id }) => id)).not.toContain(key.id)
  await desk.pia.refused('DELETE /v1/sites/:site/keys/:key', 404, gone)
  const rows = await desk.stage.db
    .selectFrom('audit')
    .select('action')
    .where(sql<boolean>`subject ->> 'key' = ${key.id}`)
    .orderBy('number')
    .execute()
  expect(rows.map(({ action }) => action)).toEqual(['make_key', 'revoke_key'])
  expect((await verifyAudit(desk.stage.db, desk.stage.demo.id)).broken).toBeNull()
})

test('no more than five of a purpose hold', async () => {
  while ((await list()).filter(({ purpose }) => purpose === 'sign_in').length < 5) await make('sign_in')
  await desk.pia.refused('POST /v1/sites/:site/keys', 409, { params: { site }, body: { purpose: 'sign_in' } })
})

test('a moderator neither sees nor makes nor ends one', async () => {
  const [one] = await list()
  await desk.mo.refused('GET /v1/sites/:site/keys', 403, { params: { site } })
  await desk.mo.refused('POST /v1/sites/:site/keys', 403, { params: { site }, body: { purpose: 'push' } })
  await desk.mo.refused('DELETE /v1/sites/:site/keys/:key', 403, { params: { site, key: one?.id ?? '' } })
  expect((await list()).map(({ id }) => id)).toContain(one?.id)
})
