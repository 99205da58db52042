import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAudit } from '../../server/audit/index.ts'
import { noRules, setRules } from '../../server/moderation/index.ts'
import { eraseComment } from '../../server/privacy/index.ts'
import { Caller, host } from '../moderation/caller.ts'
import { openDesk, type Desk } from '../moderation/desk.ts'
import { tablesWith } from './everywhere.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
  const rules = { ...noRules, words: ['crook'], duplicates: { copies: 3, hours: 24 } }
  await setRules(desk.stage.db, desk.stage.demo.id, null, { version: 1, rules })
})
afterAll(() => desk.stage.close())

const request = { why: 'request', by: null } as const
const erase = (commentId: string) =>
  eraseComment(desk.stage.db, { siteId: desk.stage.demo.id, commentId }, request)
const page = (path: string) => desk.stage.app.inject({ url: path, headers: { host, accept: 'text/html' } })

test('a comment and all that others wrote about it leave no word in any table', async () => {
  const { db } = desk.stage
  const text = 'Xylophone says that the mayor is a crook, and that all who dine with the mayor know it.'
  const comment = await desk.say(desk.ada, text)
  const about = { site: 'demo', comment: comment.id }
  const first = await desk.caseOf(desk.mo, comment.id)
  const rejected = await desk.mo.ok('POST /v1/sites/:site/cases/:case/decisions', {
    params: { site: 'demo', case: first.id },
    body: { action: 'reject', reason: 'abuse', note: 'Calls “Xylophone” a crook.', revision: 1, version: 1 },
  })
  await desk.ada.ok('POST /v1/sites/:site/comments/:comment/appeal', {
    params: about,
    body: { text: 'I only wrote what Xylophone says.' },
  })
  const appealed = await desk.caseOf(desk.pia, comment.id)
  await desk.pia.ok('POST /v1/sites/:site/cases/:case/decisions', {
    params: { site: 'demo', case: appealed.id },
    body: {
      action: 'uphold_appeal',
      answer: 'Xylophone did say so.',
      revision: 1,
      version: appealed.version,
    },
  })
  await desk.bela.ok('POST /v1/sites/:site/comments/:comment/reports', {
    params: about,
    body: { category: 'abuse', text: 'It says “Xylophone”.' },
  })
  const before = await tablesWith(db, 'xylophone')
  expect(before).toEqual(
    expect.arrayContaining(['public.appeal', 'public.comment_revision', 'public.decision', 'public.report']),
  )

  expect(await erase(comment.id)).toMatchObject({ caseClosed: true })
  expect(await tablesWith(db, 'xylophone')).toEqual([])
  const left = await db.selectFrom('sketch').select('band').where('comment_id', '=', comment.id).execute()
  expect(left).toEqual([])
  expect(await desk.seen(comment.id, desk.ada)).toBeNull()

  const exported = await desk.mo.ok('GET /v1/sites/:site/cases/:case/export', {
    params: { site: 'demo', case: first.id },
  })
  expect(exported.comment.revisions).toMatchObject([
    { state: 'ERASED', text: null, signals: [{ kind: 'word_list', detail: '' }] },
  ])
  expect(exported.decisions.map(({ action, reason }) => [action, reason])).toEqual([
    ['reject', 'abuse'],
    ['uphold_appeal', 'abuse'],
  ])
  expect(exported.decisions[0]?.id).toBe(rejected.decision.id)
  expect(exported.reports).toMatchObject([{ category: 'abuse', text: '' }])
  expect(exported.audit.at(-1)).toMatchObject({
    action: 'erase',
    actorId: null,
    subject: { comment: comment.id, revisions: '1', why: 'request' },
  })
  await desk.expectWhole()
})

test('what was held keeps being counted by what held it', async () => {
  const { db, demo } = desk.stage
  const numbers = () =>
    desk.pia.ok('GET /v1/sites/:site/transparency', {
      params: { site: 'demo' },
      query: { from: day(0), to: day(1) },
    })
  const { comment } = await desk.held()
  const before = await numbers()
  await erase(comment.id)
  expect((await numbers()).ownInitiative).toEqual(before.ownInitiative)
  expect((await verifyAudit(db, demo.id)).broken).toBeNull()
})
const day = (later: number) => new Date(Date.now() + later * 86_400_000).toISOString().slice(0, 10)

test('readers see a tombstone where it has answers, and its address says that it is gone', async () => {
  const comment = await desk.say(desk.bela, 'Before the answer.')
  const lone = await desk.say(desk.bela, 'Nobody answers me.')
  await desk.say(desk.ada, 'The answer.', comment.id)
  await erase(comment.id)
  await erase(lone.id)
  expect(await desk.seen(comment.id)).toMatchObject({ state: 'erased', author: null, body: null })
  expect(await desk.seen(lone.id)).toBeNull()
  for (const { id } of [comment, lone]) {
    const answer = await page(`/c/${id}`)
    expect(answer.statusCode).toBe(410)
    expect(answer.body).toContain('This comment was erased')
    expect(answer.body).not.toContain('Bela')
  }
  expect(await desk.events(comment.id)).toEqual(['posted', 'state'])
  await desk.expectWhole()
})

test('what nobody ever saw is not told of at its address', async () => {
  const { comment } = await desk.held()
  await erase(comment.id)
  expect((await page(`/c/${comment.id}`)).statusCode).toBe(404)
})

test('nothing is done with it any more, and everybody is told why', async () => {
  const open = await desk.held()
  const params = { site: 'demo', comment: open.comment.id }
  await erase(open.comment.id)
  const late = await desk.decide(desk.mo, open)
  expect(late.statusCode).toBe(409)
  expect(late.json()).toMatchObject({
    detail: 'The comment was erased meanwhile: there is no text left.',
    case: { status: 'withdrawn', comment: { state: 'ERASED', body: null } },
  })
  const edited = { params, body: { body: 'Again.', revision: 1 } }
  await desk.ada.refused('PATCH /v1/sites/:site/comments/:comment', 409, edited)
  await desk.ada.refused('POST /v1/sites/:site/comments/:comment/withdrawal', 409, { params })
  await desk.ada.refused('DELETE /v1/sites/:site/comments/:comment/withdrawal', 409, { params })
  await desk.ada.refused('POST /v1/sites/:site/comments/:comment/appeal', 409, {
    params,
    body: { text: 'Please.' },
  })
  await desk.bela.refused('POST /v1/sites/:site/comments/:comment/reports', 404, {
    params,
    body: { category: 'spam' },
  })
  await new Caller(desk.stage.app).refused('GET /v1/sites/:site/comments/:comment/revisions', 404, { params })
})

test('a decision about it is not undone, and an appeal that waits needs no answer', async () => {
  const { db } = desk.stage
  const open = await desk.held()
  const { decision } = await desk.reject(desk.mo, open, 'abuse')
  const params = { site: 'demo', comment: open.comment.id }
  await desk.ada.ok('POST /v1/sites/:site/comments/:comment/appeal', { params, body: { text: 'Please.' } })
  await erase(open.comment.id)
  await desk.mo.refused('POST /v1/sites/:site/decisions/:decision/reversal', 409, {
    params: { site: 'demo', decision: decision.id },
  })
  const appeal = await db
    .selectFrom('appeal')
    .select(['status', 'text', 'answer'])
    .where('decision_id', '=', decision.id)
    .executeTakeFirstOrThrow()
  expect(appeal).toEqual({ status: 'withdrawn', text: '', answer: null })
  expect((await desk.queue(desk.pia)).map(({ comment }) => comment.id)).not.toContain(open.comment.id)
})

test('said again, it changes nothing', async () => {
  const { id } = await desk.say(desk.bela, 'Once.')
  expect(await erase(id)).not.toBeNull()
  expect(await erase(id)).toBeNull()
  expect(await erase('01890000-0000-7000-8000-000000000000')).toBeNull()
  await desk.expectWhole()
})

test('sent again after a lost answer, it does not come back', async () => {
  const said = {
    params: { site: 'demo', thread: desk.stage.thread },
    body: { body: 'Sent twice.' },
    headers: { 'idempotency-key': 'a-key-of-this-post' },
  }
  const name = 'POST /v1/sites/:site/threads/:thread/comments'
  const { comment } = await desk.ada.ok(name, said)
  await erase(comment.id)
  await desk.ada.refused(name, 409, said)
  expect(await tablesWith(desk.stage.db, 'sent twice')).toEqual([])
})
