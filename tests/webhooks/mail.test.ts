import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { addJob } from '../../server/jobs/index.ts'
import { createAccount, setRole } from '../../server/people/index.ts'
import { openPostOffice, type PostOffice } from '../mail/post-office.ts'
import { password } from '../moderation/stage.ts'
import { answering, type Receiver } from './receiver.ts'
import { openWire, site, type Wire } from './stage.ts'

let office: PostOffice
let wire: Wire
beforeAll(async () => {
  office = await openPostOffice()
  wire = await openWire(office.url)
  const { db, demo } = wire.stage
  const paul = await createAccount(db, { email: 'paul@demo.example', name: 'Paul', password })
  await setRole(db, demo.id, paul, 'publisher')
  await signIn('pia@demo.example', 'kk-KZ,ru;q=0.8')
  await signIn('mo@demo.example', 'de')
})
afterAll(async () => {
  await wire.close()
  await office.close()
})
afterEach(async () => {
  office.mails.length = 0
  office.answer = () => null
  await wire.stage.db.deleteFrom('webhook').execute()
})

async function signIn(email: string, accepted: string): Promise<void> {
  const answer = await wire.stage.app.inject({
    method: 'POST',
    url: '/v1/session',
    headers: { origin: 'http://localhost', host: 'localhost', 'accept-language': accepted },
    payload: { email, password },
  })
  expect(answer.statusCode, answer.body).toBe(200)
}

/** Something to be sent, and the webhook's answer, until all that comes of it is done. */
async function sendTo(hook: Receiver, answer: Receiver['answer']): Promise<void> {
  hook.answer = answer
  await wire.ada.ok('POST /v1/sites/:site/threads/:thread/comments', {
    params: { site, thread: wire.stage.thread },
    body: { body: 'A word.' },
  })
  await wire.finish()
}
const subjects = () =>
  office.mails.map(({ recipients, subject }) => `${recipients.join()}: ${subject}`).sort()

test('who publishes the site is told once, each in their language, what happened and what to do', async () => {
  const hook = await wire.listen()
  await sendTo(hook, answering(410))
  await wire.wait()
  expect(office.mails).toHaveLength(2)
  expect(subjects()).toEqual([
    'paul@demo.example: A webhook of Demo was disabled',
    'pia@demo.example: «Demo» сайтының вебхугы өшірілді',
  ])
  const [mail] = office.to('paul@demo.example')
  expect(mail?.text).toContain(`${hook.url} answered with the status 410`)
  expect(mail?.text).toContain('https://postil.example/console/?site=demo&view=settings&part=webhooks')
  expect(mail?.text).toContain('enable the webhook again')
  expect(mail?.html).toContain('To the webhooks</a>')
  expect(mail?.headers.get('auto-submitted')).toBe('auto-generated')
})

test('the same after five days of failing, and again once it was enabled and fails again', async () => {
  const hook = await wire.listen()
  await sendTo(hook, answering(500))
  expect(office.mails).toEqual([])
  const days = () => sql`update webhook set failing_since = now() - interval '6 days'`.execute(wire.stage.db)
  await days()
  await wire.wait()
  expect(office.to('paul@demo.example')).toMatchObject([
    { text: expect.stringContaining('For five days nothing has arrived') as string },
  ])
  const { version } = await wire.webhook(hook.webhook.id)
  const change = { params: { site, webhook: hook.webhook.id }, body: { version, enabled: true } }
  await wire.pia.ok('PATCH /v1/sites/:site/webhooks/:webhook', change)
  await wire.finish()
  await days()
  await wire.wait()
  const ids = office.to('paul@demo.example').map(({ messageId }) => messageId)
  expect(new Set(ids).size).toBe(2)
})

test('a publisher who disables it is told nothing', async () => {
  const hook = await wire.listen()
  const change = { params: { site, webhook: hook.webhook.id }, body: { version: 1, enabled: false } }
  await wire.pia.ok('PATCH /v1/sites/:site/webhooks/:webhook', change)
  await wire.finish()
  expect(office.mails).toEqual([])
})

test('nobody is told of one that was enabled meanwhile, nor who publishes the site no more, nor an address that takes no mail', async () => {
  const { db, demo } = wire.stage
  const hook = await wire.listen()
  office.tried.length = 0
  const webhookId = hook.webhook.id
  const { id: mo } = await db
    .selectFrom('account')
    .select('id')
    .where('name', '=', 'Mo')
    .executeTakeFirstOrThrow()
  const { id: paul } = await db
    .selectFrom('account')
    .select('id')
    .where('name', '=', 'Paul')
    .executeTakeFirstOrThrow()
  await db.updateTable('webhook').set({ version: 5, disabled_at: new Date(), disabled_why: 'gone' }).execute()
  const told = { siteId: demo.id, webhookId, version: 5 }
  await addJob(db, 'webhookMail', { ...told, version: 4, accountId: paul })
  await addJob(db, 'webhookMail', { ...told, accountId: mo })
  await wire.finish()
  expect(office.tried).not.toContain('mo@demo.example')
  expect(office.mails).toEqual([])
  office.answer = () => '550 5.1.1 No such mailbox'
  await addJob(db, 'webhookMail', { ...told, accountId: paul })
  await wire.finish()
  expect(office.tried.filter((address) => address === 'paul@demo.example')).toHaveLength(3)
  office.answer = () => null
  await addJob(db, 'webhookMail', { ...told, accountId: paul })
  await wire.finish()
  expect(office.mails).toEqual([])
})
