import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { problemOf } from './caller.ts'
import { openDesk, type Desk } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.stage.close())
afterEach(() => desk.expectWhole())

const reversal = 'POST /v1/sites/:site/decisions/:decision/reversal'
const site = 'demo'

test('undoing an approval has the comment wait again, in the same case, with both decisions', async () => {
  const about = await desk.held()
  const { decision } = await desk.approve(desk.mo, about)
  const undone = await desk.undo(desk.mo, decision.id)
  expect(undone.case).toMatchObject({
    id: about.id,
    status: 'open',
    version: about.version + 2,
    comment: { state: 'HELD', revision: 1 },
    decisions: [
      { id: decision.id, action: 'approve' },
      { id: undone.decision.id, action: 'reverse', by: 'Mo' },
    ],
  })
  expect(await desk.seen(about.comment.id)).toBeNull()
  expect(await desk.events(about.comment.id)).toEqual(['posted', 'state', 'state'])
  const { reverses } = await desk.stage.db
    .selectFrom('decision')
    .select('reverses')
    .where('id', '=', undone.decision.id)
    .executeTakeFirstOrThrow()
  expect(reverses).toBe(decision.id)
  const audited = await desk.stage.db
    .selectFrom('audit')
    .select(['action', 'subject'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  expect(audited).toMatchObject({ action: 'reverse', subject: { reverses: decision.id } })
})

test('undoing a rejection shows again what was shown, with its replies as they were', async () => {
  const comment = await desk.say(desk.ada, 'You would say that.')
  const reply = await desk.say(desk.bela, 'Pardon?', comment.id)
  await desk.report(desk.bela, comment.id)
  const before = [await desk.seen(comment.id), await desk.seen(reply.id)]
  const { decision } = await desk.reject(desk.mo, await desk.caseOf(desk.mo, comment.id), 'abuse')
  expect(await desk.seen(comment.id)).toMatchObject({ body: null })
  await desk.undo(desk.mo, decision.id)
  expect([await desk.seen(comment.id), await desk.seen(reply.id)]).toEqual(before)
})

test('after an undo another moderator may decide, and the first one’s old page is stale', async () => {
  const about = await desk.held()
  const { decision } = await desk.approve(desk.mo, about)
  const { case: open } = await desk.undo(desk.mo, decision.id)
  await desk.reject(desk.pia, open, 'spam')
  const problem = problemOf(await desk.decide(desk.mo, open), 409)
  expect(problem.detail).toBe('Pia decided this meanwhile: reject.')
  expect(await desk.seen(about.comment.id)).toBeNull()
  expect(await desk.seen(about.comment.id, desk.ada)).toMatchObject({ own: { reason: 'spam' } })
})

test('a decision is undone by who took it', async () => {
  const about = await desk.held()
  const { decision } = await desk.approve(desk.mo, about)
  const problem = await desk.pia.refused(reversal, 403, { params: { site, decision: decision.id } })
  expect(problem.detail).toContain('your own')
  expect(await desk.seen(about.comment.id)).not.toBeNull()
})

test('a decision is undone once, also when the key is hit twice', async () => {
  const about = await desk.held()
  const { decision } = await desk.approve(desk.mo, about)
  const params = { site, decision: decision.id }
  const answers = await Promise.all([
    desk.mo.request(reversal, { params }),
    desk.mo.request(reversal, { params }),
  ])
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409])
  await desk.mo.refused(reversal, 409, { params })
  const now = await desk.caseOf(desk.mo, about.comment.id)
  expect(now.decisions.map(({ action }) => action)).toEqual(['approve', 'reverse'])
  const [, undoing] = now.decisions
  await desk.mo.refused(reversal, 404, { params: { site, decision: undoing?.id ?? '' } })
})

test('a decision on a text that its author has replaced stays', async () => {
  const about = await desk.held()
  const { decision } = await desk.approve(desk.mo, about)
  const mine = await desk.seen(about.comment.id, desk.ada)
  if (!mine) throw new Error('Ada does not see her own comment')
  await desk.edit(desk.ada, mine, 'What a rascal.')
  const problem = await desk.mo.refused(reversal, 409, { params: { site, decision: decision.id } })
  expect(problem.detail).toContain('changed since')
  expect(await desk.seen(about.comment.id)).toMatchObject({ revision: 2, state: 'live' })
})

test('a decision is not undone under a newer case about the same comment', async () => {
  const about = await desk.held()
  const { decision } = await desk.approve(desk.mo, about)
  await desk.report(desk.bela, about.comment.id)
  await desk.mo.refused(reversal, 409, { params: { site, decision: decision.id } })
  expect((await desk.caseOf(desk.mo, about.comment.id)).cause).toBe('reported')
  expect(await desk.seen(about.comment.id)).not.toBeNull()
})
