import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { deleteOldDeliveries } from '../../server/webhooks/index.ts'
import { answering, verify, type Got } from './receiver.ts'
import { openWire, site, type Wire } from './stage.ts'

let wire: Wire
beforeAll(async () => {
  wire = await openWire()
})
afterAll(() => wire.close())
afterEach(async () => {
  await wire.stage.db.deleteFrom('webhook').execute()
  await wire.stage.db.deleteFrom('webhook_event').execute()
})

const ids = (got: Got[]) => got.map(({ id }) => id)
const subjects = (got: Got[]) => got.map(({ message }) => message.data.id)

async function sayMany(count: number): Promise<string[]> {
  const said: string[] = []
  for (let nth = 1; nth <= count; nth += 1) said.push((await wire.say(wire.ada, `Comment ${nth}.`)).id)
  return said
}

test('what happens arrives, signed as the reference library verifies it', async () => {
  const hook = await wire.listen()
  const { id } = await wire.say(wire.ada, 'A *word* on this.')
  await wire.finish()
  expect(hook.got).toHaveLength(1)
  const [got] = hook.got
  if (!got) throw new Error('nothing came')
  expect(verify(hook.secret, got)).toEqual(got.message)
  expect(got.message).toMatchObject({
    type: 'comment.created',
    data: {
      site,
      id,
      state: 'live',
      author: { name: 'Ada' },
      html: '<p dir="auto">A <em>word</em> on this.</p>',
    },
  })
  expect(got.headers['content-type']).toBe('application/json')
  expect(() => verify(hook.secret, { ...got, body: `${got.body} ` })).toThrow()
  expect(await wire.webhook(hook.webhook.id)).toMatchObject({
    waiting: 0,
    dead: 0,
    failingSince: null,
    problem: null,
    nextAt: null,
    deliveredAt: expect.any(String) as string,
  })
})

test('a receiver that was killed gets all of it once it is back, in the order of ids', async () => {
  const hook = await wire.listen()
  await sayMany(2)
  await wire.finish()
  await hook.kill()
  const said = await sayMany(8)
  await wire.wait()
  await wire.wait()
  expect(await wire.webhook(hook.webhook.id)).toMatchObject({
    waiting: 8,
    failingSince: expect.any(String) as string,
    problem: expect.stringContaining('ECONNREFUSED') as string,
  })
  await hook.rise()
  await wire.wait()
  expect(subjects(hook.got).slice(2)).toEqual(said)
  expect(ids(hook.got)).toEqual(ids(hook.got).toSorted())
  expect(new Set(ids(hook.got)).size).toBe(10)
  expect(await wire.webhook(hook.webhook.id)).toMatchObject({ waiting: 0, dead: 0, failingSince: null })
})

test('one that dies in the middle of a message is sent that one again, and what is behind it later', async () => {
  const hook = await wire.listen()
  let left = 2
  hook.answer = (response) => {
    left -= 1
    if (left < 0) response.destroy()
    else answering(204)(response)
  }
  const said = await sayMany(5)
  await wire.finish()
  hook.answer = answering(200)
  await wire.wait()
  await wire.wait()
  const once = [...new Map(hook.got.map((one) => [one.id, one])).values()]
  expect(subjects(once)).toEqual(said)
  expect(ids(once)).toEqual(ids(once).toSorted())
})

test('many at once: each arrives once, in the order of ids', async () => {
  const hook = await wire.listen()
  const people = [wire.ada, wire.bela, wire.mo, wire.pia]
  const said = await Promise.all(
    Array.from({ length: 40 }, (_, nth) => wire.say(people[nth % 4] ?? wire.ada, `At once ${nth}.`)),
  )
  await wire.finish()
  expect(subjects(hook.got).toSorted()).toEqual(said.map(({ id }) => id).toSorted())
  expect(ids(hook.got)).toEqual(ids(hook.got).toSorted())
})

test('the text of a comment that was erased meanwhile leaves in no later attempt', async () => {
  const hook = await wire.listen('comment.created')
  await hook.kill()
  const { id } = await wire.say(wire.ada, 'A secret of mine.')
  await wire.finish()
  await wire.ada.ok('POST /v1/sites/:site/comments/:comment/withdrawal', { params: { site, comment: id } })
  await hook.rise()
  await wire.wait()
  expect(hook.got).toHaveLength(1)
  expect(hook.got[0]?.message.data).toMatchObject({
    id,
    state: 'withdrawn',
    html: null,
    text: null,
    author: null,
  })
  expect(hook.got[0]?.body).not.toContain('secret')
  const { rows } = await sql<{ text: string }>`
    select row_to_json(one)::text as text from webhook_delivery as one
  `.execute(wire.stage.db)
  expect(JSON.stringify(rows)).not.toContain('secret')
})

test('while a secret is exchanged, each of the two verifies', async () => {
  const hook = await wire.listen()
  const params = { site, webhook: hook.webhook.id }
  const next = await wire.pia.ok('POST /v1/sites/:site/webhooks/:webhook/secret', { params })
  expect(next.webhook.previousSecretUntil).not.toBeNull()
  await sayMany(1)
  await wire.finish()
  await sql`update webhook set previous_until = now()`.execute(wire.stage.db)
  await sayMany(1)
  await wire.finish()
  const [during, after] = hook.got
  if (!during || !after) throw new Error('nothing came')
  expect(during.headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/)
  for (const secret of [hook.secret, next.secret]) expect(verify(secret, during)).toEqual(during.message)
  expect(verify(next.secret, after)).toEqual(after.message)
  expect(() => verify(hook.secret, after)).toThrow()
})

test('one that answers 410 is disabled, keeps what waits, and gets it once it is enabled', async () => {
  const hook = await wire.listen()
  await hook.kill()
  const said = await sayMany(2)
  await wire.finish()
  await hook.rise()
  hook.answer = answering(410)
  await wire.wait()
  expect(hook.got).toHaveLength(1)
  expect(await wire.webhook(hook.webhook.id)).toMatchObject({ disabled: { why: 'gone' }, waiting: 2 })
  await sayMany(1)
  await wire.wait()
  expect(hook.got).toHaveLength(1)
  hook.answer = answering(200)
  const params = { site, webhook: hook.webhook.id }
  const stale = { version: 1, url: `${hook.webhook.url}/2` }
  await wire.pia.refused('PATCH /v1/sites/:site/webhooks/:webhook', 409, { params, body: stale })
  await wire.pia.ok('PATCH /v1/sites/:site/webhooks/:webhook', {
    params,
    body: { version: 2, enabled: true },
  })
  await wire.finish()
  expect(subjects(hook.got).slice(1)).toEqual(said)
})

test('one where nothing arrived for five days is disabled', async () => {
  const hook = await wire.listen()
  await hook.kill()
  await sayMany(1)
  await wire.finish()
  await sql`update webhook set failing_since = now() - interval '5 days 1 minute'`.execute(wire.stage.db)
  await wire.wait()
  expect(await wire.webhook(hook.webhook.id)).toMatchObject({ disabled: { why: 'failing' }, waiting: 1 })
  const { action, actor_id } = await wire.stage.db
    .selectFrom('audit')
    .select(['action', 'actor_id'])
    .where('site_id', '=', wire.stage.demo.id)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  expect({ action, actor_id }).toEqual({ action: 'disable_webhook', actor_id: null })
})

describe('a message that is refused', () => {
  test('holds up others for three attempts only, and is given up after ten; sent again, it keeps its id', async () => {
    const hook = await wire.listen()
    const bad = (await wire.say(wire.ada, 'Nobody takes this.')).id
    await wire.finish()
    hook.got.length = 0
    await wire.stage.db.deleteFrom('webhook_delivery').execute()
    hook.answer = (response, { message }) => answering(message.data.id === bad ? 422 : 200)(response)
    await wire.edit(wire.ada, { ...(await seen(bad)) }, 'Nobody takes this either.')
    const [good] = await sayMany(1)
    const dead = async () => {
      await wire.wait()
      return (await wire.webhook(hook.webhook.id)).dead
    }
    await expect.poll(dead).toBe(1)
    expect(subjects(hook.got).slice(0, 4)).toEqual([bad, bad, bad, good])
    expect(subjects(hook.got).filter((one) => one === bad)).toHaveLength(10)
    await wire.wait()
    expect(hook.got).toHaveLength(11)
    const params = { site, webhook: hook.webhook.id }
    const list = () =>
      wire.pia.ok('GET /v1/sites/:site/webhooks/:webhook/deliveries', { params, query: { status: 'dead' } })
    const { deliveries } = await list()
    expect(deliveries).toMatchObject([
      { id: hook.got[0]?.id, subject: bad, attempts: 10, lastStatus: 422, problem: 'It answers 422.' },
    ])
    hook.answer = answering(200)
    const { resent } = await wire.pia.ok('POST /v1/sites/:site/webhooks/:webhook/deliveries/resend', {
      params,
    })
    expect(resent).toBe(1)
    await wire.finish()
    expect(hook.got.at(-1)?.id).toBe(hook.got[0]?.id)
    expect((await list()).deliveries).toEqual([])
  })

  async function seen(id: string) {
    const comment = await wire.seen(id, wire.ada)
    if (!comment) throw new Error('it is not there')
    return comment
  }
})

test('a test is sent at once, says what came back, and has what waits sent behind it', async () => {
  const hook = await wire.listen()
  const params = { site, webhook: hook.webhook.id }
  const say = () => wire.pia.ok('POST /v1/sites/:site/webhooks/:webhook/test', { params })
  await hook.kill()
  const said = await sayMany(2)
  await wire.finish()
  expect(await say()).toMatchObject({
    arrived: false,
    status: null,
    problem: expect.stringContaining('ECONNREFUSED') as string,
  })
  await hook.rise()
  hook.answer = (response) => void response.writeHead(500).end('no such hook')
  expect(await say()).toMatchObject({
    arrived: false,
    status: 500,
    body: 'no such hook',
    problem: 'It answers 500.',
  })
  hook.answer = answering(202)
  expect(await say()).toMatchObject({ arrived: true, status: 202, problem: null })
  const [got] = hook.got
  if (!got) throw new Error('nothing came')
  expect(verify(hook.secret, got)).toMatchObject({ type: 'webhook.test', data: { site } })
  await wire.finish()
  expect(subjects(hook.got.slice(2))).toEqual(said)
})

test('what arrived is kept for a week, and what did not for thirty days', async () => {
  const hook = await wire.listen()
  await sayMany(1)
  await wire.finish()
  await hook.kill()
  await sayMany(1)
  await wire.finish()
  const statuses = async () =>
    (await wire.stage.db.selectFrom('webhook_delivery').select('status').orderBy('id').execute()).map(
      ({ status }) => status,
    )
  const day = 24 * 3_600_000
  await deleteOldDeliveries(wire.stage.db, Date.now() + 6 * day)
  expect(await statuses()).toEqual(['delivered', 'waiting'])
  await deleteOldDeliveries(wire.stage.db, Date.now() + 8 * day)
  expect(await statuses()).toEqual(['waiting'])
  await deleteOldDeliveries(wire.stage.db, Date.now() + 31 * day)
  expect(await statuses()).toEqual([])
})
