import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { RouteName } from '../../core/contract/routes.ts'
import { webhookEventTypes } from '../../core/contract/webhooks.ts'
import { verifyAudit } from '../../server/audit/index.ts'
import { UsageError } from '../../server/cli/usage-error.ts'
import { changeWebhooks, listWebhooks } from '../../server/cli/webhooks.ts'
import { addWebhook } from '../../server/webhooks/index.ts'
import { runPostil } from '../setup/postil.ts'
import { openDesk, type Desk } from '../moderation/desk.ts'
import { openReceiver, verify } from './receiver.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.stage.close())
afterEach(async () => {
  await desk.stage.db.deleteFrom('webhook').execute()
})

const site = 'demo'
const url = 'https://hooks.example/postil'
const one = 'PATCH /v1/sites/:site/webhooks/:webhook'
const list = async () => (await desk.pia.ok('GET /v1/sites/:site/webhooks', { params: { site } })).webhooks
const add = () =>
  desk.pia.ok('POST /v1/sites/:site/webhooks', {
    params: { site },
    body: { url, description: 'The newsroom', events: ['comment.created', 'comment.created'] },
  })

test('its secret is told once; it is changed, paused, given another secret and dropped, and the log tells of all of it', async () => {
  const { webhook, secret } = await add()
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(webhook).toMatchObject({
    url,
    description: 'The newsroom',
    events: ['comment.created'],
    disabled: null,
    waiting: 0,
  })
  expect(JSON.stringify(await list())).not.toContain(secret.slice(6))
  const params = { site, webhook: webhook.id }
  const change = async (body: object) => {
    const version = (await list())[0]?.version ?? 0
    return desk.pia.ok(one, { params, body: { ...body, version } })
  }
  expect(await change({ url: `${url}/2`, events: ['decision.made'] })).toMatchObject({
    url: `${url}/2`,
    description: 'The newsroom',
    events: ['decision.made'],
  })
  expect(await change({ enabled: false })).toMatchObject({ disabled: { why: 'publisher' } })
  const refused = await desk.pia.refused('POST /v1/sites/:site/webhooks/:webhook/deliveries/resend', 409, {
    params,
  })
  expect(refused.detail).toContain('Enable it first')
  expect(await change({ enabled: true })).toMatchObject({ disabled: null })
  const next = await desk.pia.ok('POST /v1/sites/:site/webhooks/:webhook/secret', { params })
  expect(next.secret).not.toBe(secret)
  await desk.pia.ok('DELETE /v1/sites/:site/webhooks/:webhook', { params })
  expect(await list()).toEqual([])
  const rows = await desk.stage.db
    .selectFrom('audit')
    .select('action')
    .where(sql<boolean>`subject ->> 'webhook' = ${webhook.id}`)
    .orderBy('number')
    .execute()
  expect(rows.map(({ action }) => action)).toEqual([
    'add_webhook',
    'change_webhook',
    'disable_webhook',
    'enable_webhook',
    'rotate_webhook',
    'drop_webhook',
  ])
  expect((await verifyAudit(desk.stage.db, desk.stage.demo.id)).broken).toBeNull()
})

test.each([
  'http://hooks.example/',
  'https://127.0.0.1/',
  'https://[fe80::1]/',
  'https://me:word@hooks.example/',
  'hooks.example',
])('%s is refused, with why', async (address) => {
  const body = { url: address, events: ['comment.created' as const] }
  const problem = await desk.pia.refused('POST /v1/sites/:site/webhooks', 400, { params: { site }, body })
  expect(problem.errors).toMatchObject([{ field: 'url' }])
  const { webhook } = await add()
  const params = { site, webhook: webhook.id }
  await desk.pia.refused(one, 400, { params, body: { version: 1, url: address } })
  expect(await list()).toMatchObject([{ url }])
})

test('it is not written over what somebody else has changed: of many at once, one is first', async () => {
  const { webhook } = await add()
  const params = { site, webhook: webhook.id }
  const answers = await Promise.all(
    Array.from({ length: 5 }, (_, nth) =>
      desk.pia.request(one, { params, body: { version: 1, description: `Desk ${nth}` } }),
    ),
  )
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409, 409, 409])
  const [now] = await list()
  expect(now?.version).toBe(2)
  const stale = await desk.pia.refused(one, 409, { params, body: { version: 1, enabled: false } })
  expect(stale).toMatchObject({ webhook: now })
  expect(JSON.stringify(stale)).not.toContain('whsec_')
  expect(await list()).toEqual([now])
})

test('the same once more is no change, and the command line’s changes count as well', async () => {
  const { webhook } = await add()
  const params = { site, webhook: webhook.id }
  const same = { version: 1, url, description: 'The newsroom', enabled: true }
  expect(await desk.pia.ok(one, { params, body: same })).toEqual(webhook)
  const log = vi.spyOn(console, 'log').mockReturnValue()
  await changeWebhooks(desk.stage.db, desk.stage.demo, ['disable', webhook.id], {
    event: undefined,
    fetchPrivate: false,
  })
  log.mockRestore()
  expect(await list()).toMatchObject([{ version: 2, disabled: { why: 'publisher' } }])
})

test.each([{}, { version: 0 }, { version: '1' }, { version: 1.5 }, { version: 2 ** 31 }])(
  'a change that began with no version is refused: %j',
  async (began) => {
    const { webhook } = await add()
    const answer = await desk.pia.request(one, {
      params: { site, webhook: webhook.id },
      body: { ...began, enabled: false },
    })
    expect(answer.statusCode).toBe(400)
    expect(await list()).toEqual([webhook])
  },
)

test('no event, one that there is not, and an eleventh webhook are refused', async () => {
  const route = 'POST /v1/sites/:site/webhooks'
  for (const events of [[], ['comment.read']]) {
    const answer = await desk.pia.request(route, { params: { site }, body: { url, events } })
    expect(answer.statusCode).toBe(400)
  }
  for (let nth = 1; nth <= 10; nth += 1) await add()
  await desk.pia.refused(route, 409, { params: { site }, body: { url, events: ['comment.created'] } })
})

test('one of another site is not there, whoever guesses its id; nor is one for a moderator', async () => {
  const { webhook } = await addWebhook(
    desk.stage.db,
    desk.stage.other.id,
    null,
    { url, events: ['comment.created'] },
    false,
  )
  const params = { site, webhook: webhook.id }
  const nowhere = '01890000-0000-7000-8000-000000000000'
  const calls: [RouteName, object?][] = [
    [one, { version: 1, enabled: false }],
    ['DELETE /v1/sites/:site/webhooks/:webhook'],
    ['POST /v1/sites/:site/webhooks/:webhook/secret'],
    ['POST /v1/sites/:site/webhooks/:webhook/test'],
    ['GET /v1/sites/:site/webhooks/:webhook/deliveries'],
    ['POST /v1/sites/:site/webhooks/:webhook/deliveries/resend'],
    ['POST /v1/sites/:site/webhooks/:webhook/deliveries/:delivery/resend'],
  ]
  for (const [name, body] of calls) {
    const said = { params: { ...params, delivery: nowhere }, ...(body && { body }) }
    expect((await desk.pia.request(name, said)).statusCode, name).toBe(404)
    expect((await desk.mo.request(name, said)).statusCode, name).toBe(403)
  }
  const rows = await desk.stage.db.selectFrom('webhook').select(['id', 'disabled_at']).execute()
  expect(rows).toEqual([{ id: webhook.id, disabled_at: null }])
})

test('messages are listed in pages, the newest first, and by what became of them', async () => {
  const { webhook } = await add()
  await sql`
    insert into webhook_delivery (site_id, id, webhook_id, type, subject_id, happened_at, status)
    select ${desk.stage.demo.id}, ('01890000-0000-7000-8000-00000000000' || nth)::uuid, ${webhook.id},
      'comment.created', ${webhook.id}, now(), case when nth % 2 = 0 then 'dead' else 'delivered' end
    from generate_series(1, 7) as nth
  `.execute(desk.stage.db)
  const route = 'GET /v1/sites/:site/webhooks/:webhook/deliveries'
  const params = { site, webhook: webhook.id }
  const read = async (status?: 'dead') => {
    const nths: string[] = []
    let cursor: string | null | undefined
    while (cursor !== null) {
      const query = { limit: 2, ...(cursor !== undefined && { cursor }), ...(status && { status }) }
      const page = await desk.pia.ok(route, { params, query })
      nths.push(...page.deliveries.map(({ id }) => id.slice(-1)))
      cursor = page.next
    }
    return nths.join('')
  }
  expect(await read()).toBe('7654321')
  expect(await read('dead')).toBe('642')
  expect(await list()).toMatchObject([{ dead: 3, waiting: 0 }])
  const again = 'POST /v1/sites/:site/webhooks/:webhook/deliveries/:delivery/resend'
  const delivery = '01890000-0000-7000-8000-000000000001'
  expect(await desk.pia.ok(again, { params: { ...params, delivery } })).toEqual({ resent: 1 })
  await desk.pia.refused(again, 409, { params: { ...params, delivery } })
  await desk.pia.refused(again, 404, { params: { ...params, delivery: desk.stage.thread } })
  await desk.pia.refused(route, 400, { params, query: { cursor: 'made-up' } })
})

test('the command line adds one and tests it, from a process of its own', async () => {
  const receiver = await openReceiver()
  const env = { DATABASE_URL: desk.stage.databaseUrl, FETCH_LOCAL: '1' }
  const postil = (...words: string[]) => runPostil(env, ...words, '--site', site)
  const added = await postil('webhook', 'add', receiver.url, '--event', 'decision.made')
  expect(added.code).toBe(0)
  const id = /Webhook (\S+)\./.exec(added.said)?.[1] ?? ''
  const secret = /^whsec_\S+$/m.exec(added.said)?.[0] ?? ''
  expect((await postil('webhook', 'test', id)).said).toContain('It arrived: 200')
  await receiver.kill()
  const [got] = receiver.got
  if (!got) throw new Error('nothing came')
  expect(verify(secret, got)).toMatchObject({ type: 'webhook.test' })
})

test('the command line says how each fares, and what is not to be', async () => {
  const { db, demo } = desk.stage
  const said: string[] = []
  const log = vi.spyOn(console, 'log').mockImplementation((line: unknown) => void said.push(String(line)))
  const run = async (words: string[], event?: string[]) => {
    said.length = 0
    await changeWebhooks(db, demo, words, { event, fetchPrivate: false })
    return said.join('\n')
  }
  await run(['add', url])
  const [all] = await list()
  expect(all?.events).toEqual(webhookEventTypes)
  const id = all?.id ?? ''
  await listWebhooks(db, demo)
  expect(said.join('\n')).toContain(`${id}  ${url}\n  nothing arrived yet  0 waiting, 0 given up`)
  await expect(run(['add', 'http://127.0.0.1/'])).rejects.toThrow(UsageError)
  await expect(run(['add', url], ['comment.read'])).rejects.toThrow('There are: comment.created, ')
  expect(await run(['disable', id])).toContain('Disabled')
  await expect(run(['resend', id])).rejects.toThrow('Enable it first')
  expect(await run(['enable', id])).toContain('Enabled')
  expect(await run(['resend', id])).toBe('0 wait to be sent again.')
  await expect(run(['resend', id, 'made-up'])).rejects.toThrow('Say which')
  await expect(run(['resend', id, id])).rejects.toThrow('no such message')
  expect(await run(['rotate', id])).toMatch(/^whsec_\S+\nThe secret before holds for a week more\.$/)
  expect(await run(['drop', id])).toContain('Dropped')
  await expect(run(['drop', id])).rejects.toThrow('no such webhook')
  await listWebhooks(db, demo)
  expect(said.at(-1)).toContain('No webhooks yet')
  log.mockRestore()
})
