import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { randomUUID } from 'node:crypto'
import { verifyAudit } from '../../server/audit/index.ts'
import { verifyLog } from '../../server/comments/index.ts'
import type { ErasureStep } from '../../server/jobs/index.ts'
import { createAccount, setRole } from '../../server/people/index.ts'
import { eraseAccount, eraseComment, readErasure, requestErasure } from '../../server/privacy/index.ts'
import { createSite, findSite } from '../../server/sites/index.ts'
import { post } from '../../server/threads/index.ts'
import { openMailServer, type MailServer } from '../mail/stage.ts'
import type { Client } from '../server/client.ts'
import { open, readAll, reply, site } from '../server/stage.ts'
import { tablesWith } from './everywhere.ts'

const password = 'margin-notes'
const erasure = 'POST /v1/me/erasure'

let server: MailServer
let ada: Client
beforeAll(async () => {
  server = await openMailServer()
  ada = await server.signedIn('ada@demo.example')
})
afterAll(() => server.close())

/** Somebody new, whose comments appear at once. */
async function somebody(name: string, role: 'reader' | 'moderator' = 'moderator') {
  const email = `${randomUUID()}@reader.example`
  const id = await createAccount(server.db, { email, name, password })
  await setRole(server.db, server.siteId, id, role)
  return { id, email, client: await server.signedIn(email) }
}

async function expectWhole() {
  expect((await verifyLog(server.db, server.siteId)).faults).toEqual([])
  expect((await verifyAudit(server.db, server.siteId)).broken).toBeNull()
}

const erase = (who: Client, comments: 'erase' | 'keep') => who.ok(erasure, { body: { password, comments } })

test('who erases all is gone from every table, and readers who look on see it', async () => {
  const quill = await somebody('Quillfeather')
  const article = await server.newArticle('Of quills')
  const line = server.openLine()
  line.say({ type: 'subscribe', article, after: 0 })
  const first = await open(quill.client, article, 'Quillwords, the first.')
  const answer = await reply(ada, first.thread.id, 'An answer.', first.comment.id)
  await reply(quill.client, first.thread.id, 'Quillwords, the second.', answer.comment.id)
  await reply(quill.client, first.thread.id, 'Quillwords, alone.')
  await quill.client.ok('PUT /v1/sites/:site/threads/:thread/reaction', {
    params: { site, thread: first.thread.id },
    body: { kind: 'agree' },
  })
  await quill.client.ok('PUT /v1/sites/:site/threads/:thread/reaction', {
    params: { site, thread: first.thread.id },
    body: { kind: 'typo', text: 'quillwords' },
  })
  await quill.client.ok('POST /v1/sites/:site/comments/:comment/reports', {
    params: { site, comment: answer.comment.id },
    body: { category: 'other', text: 'Quillwords about it.' },
  })
  await quill.client.ok('PUT /v1/sites/:site/follows', {
    params: { site },
    body: { about: { kind: 'article', article }, following: true, mail: 'now', language: 'en' },
  })
  await server.finish()

  const { id, total } = await erase(quill.client, 'erase')
  expect(total).toBe(3)
  await server.finish()
  expect(await server.nobody.ok('GET /v1/erasures/:erasure', { params: { erasure: id } })).toMatchObject({
    comments: 'erase',
    total: 3,
    done: 3,
    finishedAt: expect.any(String) as string,
  })
  for (const words of ['quillfeather', 'quillwords', quill.email])
    expect(await tablesWith(server.db, words), words).toEqual([])
  const [thread] = await readAll(server.nobody, article)
  expect(thread?.reactions.agree).toBe(0)
  expect(thread?.first.map(({ state, author }) => [state, author?.name])).toEqual([
    ['erased', undefined],
    ['live', 'Ada'],
  ])
  await line.until(
    (frame) =>
      'seq' in frame &&
      frame.article === article &&
      frame.type === 'change' &&
      frame.comment?.state === 'erased',
  )
  line.socket.close()
  await expectWhole()
  expect(
    (await server.db.selectFrom('audit').select('action').orderBy('number', 'desc').executeTakeFirst())
      ?.action,
  ).toBe('erase account')
})

test('who keeps comments keeps those that readers see, without the name', async () => {
  const pen = await somebody('Pennington', 'reader')
  const article = await server.newArticle('Of pens')
  const held = await open(pen.client, article, 'Held, as a first one is.')
  await setRole(server.db, server.siteId, pen.id, 'moderator')
  const shown = await open(pen.client, article, 'It stays.')
  const { seq } = await server.nobody.ok('GET /v1/sites/:site/articles/:article/threads', {
    params: { site, article },
  })
  await erase(pen.client, 'keep')
  await server.finish()
  const [thread] = await readAll(server.nobody, article)
  expect(thread?.first).toMatchObject([{ id: shown.comment.id, state: 'live', author: null }])
  expect(JSON.stringify(thread)).toContain('It stays.')
  expect(await tablesWith(server.db, 'Pennington')).toEqual([])
  expect(await tablesWith(server.db, 'Held, as a first')).toEqual([])
  const page = await server.nobody.ok('GET /v1/sites/:site/articles/:article/threads', {
    params: { site, article },
  })
  expect(page.seq).toBeGreaterThan(seq)
  const permalink = await fetch(`${server.origin}/c/${shown.comment.id}`)
  expect(await permalink.text()).toContain('Somebody')
  const offered = await ada.ok('GET /v1/sites/:site/articles/:article/participants', {
    params: { site, article },
    query: { q: '' },
  })
  expect(offered.participants).toEqual([])
  expect((await fetch(`${server.origin}/c/${held.comment.id}`)).status).toBe(404)
  await expectWhole()
})

describe('the account', () => {
  test('is signed out everywhere at once, and its address is free', async () => {
    const nib = await somebody('Nib')
    await erase(nib.client, 'erase')
    const { account } = await nib.client.ok('GET /v1/session')
    expect(account).toBeNull()
    const again = await server.nobody.request('POST /v1/session', { body: { email: nib.email, password } })
    expect(again.status).toBe(401)
    const gone = await server.nobody.request('POST /v1/session', {
      body: { email: `${nib.id}@erased.invalid`, password },
    })
    expect(gone.status).toBe(401)
    expect(await createAccount(server.db, { email: nib.email, name: 'Nib', password })).not.toBe(nib.id)
    await server.finish()
  })

  test('is erased by who knows its password only', async () => {
    const ink = await somebody('Ink')
    const wrong = await ink.client.request(erasure, { body: { password: 'wrong-notes', comments: 'erase' } })
    expect(wrong.status).toBe(401)
    const nobody = await server.nobody.request(erasure, { body: { password, comments: 'erase' } })
    expect(nobody.status).toBe(401)
    const elsewhere = await ink.client.request(erasure, {
      body: { password, comments: 'erase' },
      headers: { origin: 'https://evil.example' },
    })
    expect(elsewhere.status).toBe(403)
    expect((await ink.client.ok('GET /v1/session')).account?.id).toBe(ink.id)
  })

  test('gets no word of what was decided about what is gone', async () => {
    const stain = await somebody('Stain', 'reader')
    const article = await server.newArticle('Of stains')
    const { comment } = await open(stain.client, article, 'A stain.')
    const mo = await server.signedIn('mo@demo.example')
    const { cases } = await mo.ok('GET /v1/sites/:site/cases', { params: { site }, query: { article } })
    const held = cases.find((one) => one.comment.id === comment.id)
    if (!held) throw new Error('it was not held')
    await mo.ok('POST /v1/sites/:site/cases/:case/decisions', {
      params: { site, case: held.id },
      body: { action: 'reject', reason: 'abuse', revision: 1, version: held.version },
    })
    await eraseComment(
      server.db,
      { siteId: server.siteId, commentId: comment.id },
      { why: 'request', by: null },
    )
    await server.finish()
    expect(server.office.to(stain.email)).toEqual([])
    const inbox = await stain.client.ok('GET /v1/sites/:site/inbox', { params: { site } })
    expect(inbox).toMatchObject({ items: [], unread: 0 })
  })

  test('gets no mail and no news any more', async () => {
    const blot = await somebody('Blot')
    const article = await server.newArticle('Of blots')
    const { comment, thread } = await open(blot.client, article, 'Here.')
    await erase(blot.client, 'keep')
    await reply(ada, thread.id, 'An answer to nobody.', comment.id)
    await server.finish()
    expect(server.office.to(blot.email)).toEqual([])
    const told = await server.db
      .selectFrom('notification')
      .select('id')
      .where('account_id', '=', blot.id)
      .execute()
    expect(told).toEqual([])
  })
})

test('who alone leads or publishes a site is refused, and told what to do', async () => {
  const { id: siteId } = await createSite(server.db, { slug: 'desk', name: 'Desk', origins: [] })
  const lead = await somebody('Lead')
  const other = await somebody('Other')
  await setRole(server.db, siteId, lead.id, 'publisher')
  await setRole(server.db, siteId, other.id, 'lead')
  const body = { password, comments: 'erase' }
  const refused = await lead.client.request(erasure, { body })
  expect(refused.status).toBe(409)
  expect(refused.text).toContain('npm run postil -- user EMAIL --site desk --role publisher')
  expect((await lead.client.ok('GET /v1/session')).account?.name).toBe('Lead')

  await setRole(server.db, siteId, other.id, 'publisher')
  // Both at once: the second is then the last one.
  const answers = await Promise.all([lead, other].map(({ client }) => client.request(erasure, { body })))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  await server.finish()
})

test(
  'broken off at any step and begun again, or done by two at once, it ends the same',
  { timeout: 120_000 },
  async () => {
    const drop = await somebody('Drop')
    const article = await server.newArticle('Of drops')
    const { thread } = await open(drop.client, article, 'Dropwords 0.')
    for (let n = 1; n < 105; n++) await reply(drop.client, thread.id, `Dropwords ${n}.`)
    // The server's own worker does the same beside us.
    const id = await requestErasure(server.db, drop.id, 'erase')
    const begin: ErasureStep = { erasureId: id, after: null, isLate: false }
    const first = await eraseAccount(server.db, begin)
    expect(first.next).not.toBeNull()
    await eraseAccount(server.db, begin)
    for (let step = first.next; step; step = (await eraseAccount(server.db, step)).next);
    await server.finish()
    expect(await readErasure(server.db, id)).toMatchObject({ total: 105, done: 105 })
    expect(await tablesWith(server.db, 'dropwords')).toEqual([])
    expect(await readAll(server.nobody, article)).toEqual([])
    const rows = await server.db
      .selectFrom('audit')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('actor_id', '=', drop.id)
      .where('action', '=', 'erase')
      .executeTakeFirstOrThrow()
    expect(rows.count).toBe(105)
    await expectWhole()
  },
)

test('what was on its way when the account went is erased later', async () => {
  const late = await somebody('Late')
  const article = await server.newArticle('Of late')
  const id = await requestErasure(server.db, late.id, 'erase')
  await server.finish()
  const demo = await findSite(server.db, site)
  if (!demo) throw new Error('the demo site is missing')
  const actor = { id: late.id, name: 'Late', role: 'moderator' as const, sections: null }
  const place = { kind: 'new thread', articleId: article, anchor: null } as const
  await post(server.db, demo, actor, place, { body: 'Latewords.' }, null)
  await eraseAccount(server.db, { erasureId: id, after: null, isLate: true })
  expect(await tablesWith(server.db, 'latewords')).toEqual([])
  await expectWhole()
})
