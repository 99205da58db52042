import { Type } from 'typebox'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CaseView } from '../../core/contract/moderation.ts'
import { hold, problemOf } from './caller.ts'
import { openDesk, type Desk } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.stage.close())
afterEach(() => desk.expectWhole())

const lastAudit = () =>
  desk.stage.db
    .selectFrom('audit')
    .innerJoin('account', 'account.id', 'audit.actor_id')
    .select(['audit.action', 'audit.subject', 'account.name'])
    .orderBy('audit.number', 'desc')
    .limit(1)
    .executeTakeFirst()

test('the first comment of a new account waits, with all that a moderator needs to see', async () => {
  const chris = await desk.stage.as('chris@demo.example')
  const comment = await desk.say(chris, 'Hello, *all*.')
  expect(comment).toMatchObject({ state: 'held', own: { heldFor: ['new_author'] } })
  expect(await desk.seen(comment.id), 'readers see nothing').toBeNull()
  expect(await desk.seen(comment.id, desk.bela)).toBeNull()
  expect(await desk.seen(comment.id, chris)).toEqual(comment)

  const about = await desk.caseOf(desk.mo, comment.id)
  expect(about).toMatchObject({
    cause: 'held',
    status: 'open',
    version: 1,
    article: { id: desk.stage.article, slug: 'demo' },
    comment: { revision: 1, state: 'HELD', author: { name: 'Chris', shownComments: 0 }, body: comment.body },
    signals: [{ kind: 'new_author', detail: '0' }],
    reports: [],
    decisions: [],
  })
  const { threads } = await desk.mo.ok('GET /v1/sites/:site/articles/:article/threads', {
    params: { site: 'demo', article: desk.stage.article },
  })
  const thread = threads.find(({ id }) => id === desk.stage.thread)
  expect(about.passage).toEqual(thread?.anchor?.quote)
  expect(about.passage?.exact).not.toBe('')
  expect(about.before).toMatchObject([{ id: thread?.first[0]?.id, author: 'Ada' }])

  await desk.approve(desk.mo, about)
  expect((await desk.say(chris, 'Again.')).state, 'from then on they are known').toBe('live')
})

describe('approving', () => {
  test('shows the comment, and writes event and audit', async () => {
    const about = await desk.held()
    const { decision, case: after } = await desk.approve(desk.mo, about)
    expect(decision).toMatchObject({ action: 'approve', reason: null, by: 'Mo' })
    expect(after).toMatchObject({ status: 'decided', version: about.version + 1 })
    expect(await desk.seen(about.comment.id)).toMatchObject({ state: 'live', body: about.comment.body })
    expect(await desk.events(about.comment.id)).toEqual(['posted', 'state'])
    expect(await lastAudit()).toMatchObject({
      name: 'Mo',
      action: 'approve',
      subject: { decision: decision.id, case: about.id, comment: about.comment.id, revision: 1 },
    })
    expect((await desk.queue(desk.mo)).map(({ id }) => id)).not.toContain(about.id)
  })
})

describe('rejecting', () => {
  test('takes a comment away, and tells its author why', async () => {
    const about = await desk.held()
    const { decision } = await desk.reject(desk.mo, about, 'off_topic')
    expect(decision).toMatchObject({ action: 'reject', reason: 'off_topic' })
    expect(await desk.seen(about.comment.id)).toBeNull()
    expect(await desk.seen(about.comment.id, desk.ada)).toMatchObject({
      state: 'rejected',
      own: { source: 'What a crook.', reason: 'off_topic', heldFor: [] },
    })
    expect(await desk.events(about.comment.id)).toEqual(['posted', 'state'])
    expect(await lastAudit()).toMatchObject({ action: 'reject', subject: { reason: 'off_topic' } })
  })

  test('leaves a tombstone where there are replies', async () => {
    const comment = await desk.say(desk.ada, 'You would say that.')
    const reply = await desk.say(desk.bela, 'Pardon?', comment.id)
    await desk.report(desk.bela, comment.id)
    await desk.reject(desk.mo, await desk.caseOf(desk.mo, comment.id), 'abuse')
    expect(await desk.seen(comment.id)).toMatchObject({
      state: 'rejected',
      author: null,
      body: null,
      own: null,
    })
    expect(await desk.seen(reply.id)).toMatchObject({ state: 'live' })
    expect(await desk.seen(comment.id, desk.ada)).toMatchObject({ own: { source: 'You would say that.' } })
  })

  test('takes a reason', async () => {
    const about = await desk.held()
    const problem = await desk.mo.request('POST /v1/sites/:site/cases/:case/decisions', {
      params: { site: 'demo', case: about.id },
      body: { action: 'reject', revision: 1, version: about.version },
    })
    expect(problemOf(problem, 400).errors?.map(({ field }) => field)).toContain('reason')
    expect(await desk.caseOf(desk.mo, about.comment.id)).toEqual(about)
  })
})

describe('a decision on what is no longer so is refused, with what happened', () => {
  const refusal = async (about: CaseView) => {
    const problem = problemOf(await desk.decide(desk.pia, about), 409)
    return { detail: problem.detail, ...hold(Type.Object({ case: CaseView }), problem) }
  }

  test('when another moderator was faster', async () => {
    const about = await desk.held()
    await desk.reject(desk.mo, about, 'spam')
    const { detail, case: now } = await refusal(about)
    expect(detail).toBe('Mo decided this meanwhile: reject.')
    expect(now).toMatchObject({ status: 'decided', decisions: [{ action: 'reject', by: 'Mo' }] })
    expect((await refusal(now)).case, 'also when it is known to be decided').toEqual(now)
    expect(await desk.seen(about.comment.id), 'nothing is overwritten').toBeNull()
  })

  test('when the author edited it', async () => {
    const about = await desk.held()
    const mine = await desk.seen(about.comment.id, desk.ada)
    if (!mine) throw new Error('Ada does not see her own comment')
    await desk.edit(desk.ada, mine, 'A crook, I say.')
    const { detail, case: now } = await refusal(about)
    expect(detail).toContain('changed while you were reading')
    expect(now).toMatchObject({ status: 'open', version: 2, comment: { revision: 2, state: 'HELD' } })
    await desk.approve(desk.pia, now)
  })

  test('when the author withdrew it', async () => {
    const about = await desk.held()
    const params = { site: 'demo', comment: about.comment.id }
    await desk.ada.ok('POST /v1/sites/:site/comments/:comment/withdrawal', { params })
    const { detail, case: now } = await refusal(about)
    expect(detail).toBe('The author withdrew the comment meanwhile.')
    expect(now).toMatchObject({ status: 'withdrawn', comment: { state: 'WITHDRAWN' } })
    expect(await desk.seen(about.comment.id)).toBeNull()
    const left = await desk.seen(about.comment.id, desk.ada)
    expect(left).toMatchObject({ state: 'withdrawn', body: null, own: null })
  })

  test('when several decide at the same time: one of them wins', async () => {
    const about = await desk.held()
    const olu = await desk.stage.as('olu@demo.example')
    const answers = await Promise.all([
      desk.decide(desk.mo, about),
      desk.decide(desk.pia, about, 'abuse'),
      desk.decide(olu, about, 'spam'),
      desk.decide(desk.mo, about, 'illegal'),
    ])
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409, 409, 409])
    const winner = answers.findIndex(({ statusCode }) => statusCode === 201)
    const reason = [null, 'abuse', 'spam', 'illegal'][winner]
    const written = await desk.stage.db
      .selectFrom('decision')
      .select(['reason', 'revision'])
      .where('case_id', '=', about.id)
      .execute()
    expect(written).toEqual([{ reason, revision: 1 }])
    expect((await desk.seen(about.comment.id)) !== null).toBe(reason === null)
    expect(await desk.events(about.comment.id)).toEqual(['posted', 'state'])
  })
})
