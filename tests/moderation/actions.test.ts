import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CaseState, NewDecision } from '../../core/contract/moderation.ts'
import { setRole } from '../../server/people/index.ts'
import { weigh } from '../../server/moderation/weigh.ts'
import type { Caller } from './caller.ts'
import { openDesk, type Desk } from './desk.ts'

const site = 'demo'
const decisions = 'POST /v1/sites/:site/cases/:case/decisions'
const claims = 'PUT /v1/sites/:site/cases/:case/claim'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.stage.close())
beforeEach(() => desk.stage.db.updateTable('sanction').set({ lifted_at: new Date() }).execute())

type Choice = NewDecision extends infer D
  ? D extends object
    ? Omit<D, 'revision' | 'version'>
    : never
  : never
const about = (one: CaseState, choice: Choice) => ({
  params: { site, case: one.id },
  body: { ...choice, revision: one.comment.revision, version: one.version },
})
const act = (who: Caller, one: CaseState, choice: Choice) => who.ok(decisions, about(one, choice))
const idOf = async (email: string) =>
  (
    await desk.stage.db
      .selectFrom('account')
      .select('id')
      .where('email', '=', `${email}@demo.example`)
      .executeTakeFirstOrThrow()
  ).id
const lead = async () => {
  await setRole(desk.stage.db, desk.stage.demo.id, await idOf('olu'), 'lead')
  return await desk.stage.as('olu@demo.example')
}

describe('to hold and pass on', () => {
  test('hides what readers see, and leaves the case to others until it is undone', async () => {
    const comment = await desk.say(desk.bela, 'Fine so far.')
    await desk.report(desk.ada, comment.id)
    expect((await desk.seen(comment.id))?.state).toBe('live')
    const held = await act(desk.mo, await desk.caseOf(desk.mo, comment.id), { action: 'hold' })
    expect(held.case.status).toBe('open')
    expect(await desk.seen(comment.id)).toBeNull()
    const ids = async (who: Caller) => (await desk.queue(who)).map(({ id }) => id)
    expect(await ids(desk.mo)).not.toContain(held.case.id)
    expect(await ids(desk.pia)).toContain(held.case.id)
    await desk.undo(desk.mo, held.decision.id)
    expect((await desk.seen(comment.id))?.state).toBe('live')
    expect(await ids(desk.mo)).toContain(held.case.id)
    await desk.expectWhole()
  })

  test('cannot be undone once somebody else has decided', async () => {
    const one = await desk.held()
    const held = await act(desk.mo, one, { action: 'hold' })
    await desk.approve(desk.pia, held.case)
    await desk.mo.refused('POST /v1/sites/:site/decisions/:decision/reversal', 409, {
      params: { site, decision: held.decision.id },
    })
  })
})

describe('to escalate', () => {
  test('leaves the case to those who lead; the escalation itself can be undone', async () => {
    const olu = await lead()
    const escalated = await act(desk.mo, await desk.held(), { action: 'escalate', note: 'A threat?' })
    expect(escalated.case).toMatchObject({ status: 'open', escalated: true })
    const queued = await olu.ok('GET /v1/sites/:site/cases', {
      params: { site },
      query: { queue: 'escalated' },
    })
    expect(queued.cases.map(({ id }) => id)).toEqual([escalated.case.id])
    expect(queued.queues.find(({ queue }) => queue === 'escalated')?.open).toBe(1)
    await desk.mo.refused(decisions, 403, about(escalated.case, { action: 'approve' }))
    const { case: back } = await desk.undo(desk.mo, escalated.decision.id)
    expect(back.escalated).toBe(false)
    const again = await act(desk.mo, back, { action: 'escalate' })
    await desk.approve(olu, again.case)
    await desk.expectWhole()
  })
})

describe('done twice and undone', () => {
  const again = 'POST /v1/sites/:site/decisions/:decision/reversal'

  test('an escalation holds until the first one is undone, and each is undone once', async () => {
    const pia = desk.pia
    const one = await desk.held()
    const first = await act(desk.mo, one, { action: 'escalate' })
    const second = await act(pia, first.case, { action: 'escalate' })
    expect((await desk.undo(pia, second.decision.id)).case.escalated).toBe(true)
    await pia.refused(again, 409, { params: { site, decision: second.decision.id } })
    expect((await desk.undo(desk.mo, first.decision.id)).case.escalated).toBe(false)
    await desk.mo.refused(again, 409, { params: { site, decision: first.decision.id } })
  })

  test('passing on holds until the first one is undone, and each is undone once', async () => {
    const one = await desk.held()
    const first = await act(desk.mo, one, { action: 'hold' })
    const second = await act(desk.mo, first.case, { action: 'hold' })
    const isMos = async () => (await desk.queue(desk.mo)).some(({ id }) => id === one.id)
    await desk.undo(desk.mo, second.decision.id)
    expect(await isMos()).toBe(false)
    await desk.mo.refused(again, 409, { params: { site, decision: second.decision.id } })
    await desk.undo(desk.mo, first.decision.id)
    expect(await isMos()).toBe(true)
  })
})

describe('a sanction', () => {
  test('rejects the comment with its reason, is on the next card, and goes with the decision', async () => {
    const one = await desk.held()
    const warned = await act(desk.mo, one, { action: 'warn', reason: 'abuse' })
    expect(await desk.seen(one.comment.id, desk.ada)).toMatchObject({
      state: 'rejected',
      own: { reason: 'abuse' },
    })
    await desk.stage.db.updateTable('sanction').set({ acknowledged_at: new Date() }).execute()
    const next = await desk.held()
    expect(next.comment.author.sanction).toMatchObject({ kind: 'warning', reason: 'abuse', until: null })
    await desk.undo(desk.mo, warned.decision.id)
    expect((await desk.caseOf(desk.mo, next.comment.id)).comment.author.sanction).toBeNull()
    expect((await desk.caseOf(desk.mo, one.comment.id)).status).toBe('open')
  })

  test('timed out, one writes on, and a moderator looks first', async () => {
    const one = await desk.held()
    await act(desk.mo, one, { action: 'time_out', reason: 'spam', days: 3 })
    const comment = await desk.say(desk.ada, 'Nothing bad in it.')
    expect(comment.own?.heldFor).toContain('timed_out')
    const next = await desk.caseOf(desk.mo, comment.id)
    const days = (Date.parse(next.comment.author.sanction?.until ?? '') - Date.now()) / (24 * 3600_000)
    expect(Math.round(days)).toBe(3)
    await desk.stage.db
      .updateTable('sanction')
      .set({ until: new Date(Date.now() - 1000) })
      .where('kind', '=', 'time_out')
      .execute()
    expect((await desk.caseOf(desk.mo, comment.id)).comment.author.sanction).toBeNull()
  })

  test('banned, one reads and writes nothing', async () => {
    const one = await desk.held()
    const banned = await act(desk.mo, one, { action: 'ban', reason: 'illegal' })
    const post = {
      params: { site, thread: desk.stage.thread },
      body: { body: 'Here I am again.' },
    }
    const problem = await desk.ada.refused('POST /v1/sites/:site/threads/:thread/comments', 403, post)
    expect(problem.detail).toContain('no longer write')
    await desk.undo(desk.mo, banned.decision.id)
    await desk.ada.ok('POST /v1/sites/:site/threads/:thread/comments', post)
  })

  test('is not for those who work for the site, and nobody judges their own words', async () => {
    const comment = await desk.say(desk.pia, 'From the desk.')
    await desk.report(desk.ada, comment.id)
    const one = await desk.caseOf(desk.mo, comment.id)
    await desk.mo.refused(decisions, 403, about(one, { action: 'ban', reason: 'abuse' }))
    await desk.pia.refused(decisions, 403, about(one, { action: 'approve' }))
    expect((await desk.caseOf(desk.mo, comment.id)).version).toBe(one.version)
    await desk.approve(desk.mo, one)
  })
})

describe('a case in somebody’s hands', () => {
  test('says whose, to others too, until they let go, decide, or lose the role', async () => {
    const one = await desk.held()
    const at = { params: { site, case: one.id } }
    expect((await desk.mo.ok(claims, at)).claim).toMatchObject({ by: 'Mo', mine: true })
    expect((await desk.pia.ok(claims, at)).claim).toMatchObject({ by: 'Mo', mine: false })
    expect((await desk.caseOf(desk.pia, one.comment.id)).claim?.by).toBe('Mo')
    await desk.pia.ok('DELETE /v1/sites/:site/cases/:case/claim', at)
    expect((await desk.caseOf(desk.pia, one.comment.id)).claim?.by).toBe('Mo')
    await desk.mo.ok('DELETE /v1/sites/:site/cases/:case/claim', at)
    expect((await desk.pia.ok(claims, at)).claim).toMatchObject({ by: 'Pia', mine: true })
    await setRole(desk.stage.db, desk.stage.demo.id, await idOf('pia'), 'reader')
    expect((await desk.mo.ok(claims, at)).claim).toMatchObject({ by: 'Mo', mine: true })
    await setRole(desk.stage.db, desk.stage.demo.id, await idOf('pia'), 'publisher')
    // A claim keeps nobody from deciding, and is over with the decision.
    await act(desk.pia, one, { action: 'approve' })
    expect((await desk.mo.ok(claims, at)).claim).toBeNull()
  })

  test('is free again when its 90 seconds are over, and goes to one of two who take it at once', async () => {
    const one = await desk.held()
    const at = { params: { site, case: one.id } }
    await desk.mo.ok(claims, at)
    await desk.stage.db
      .updateTable('moderation_case')
      .set({ claimed_until: new Date(Date.now() - 1) })
      .where('id', '=', one.id)
      .execute()
    expect((await desk.caseOf(desk.mo, one.comment.id)).claim).toBeNull()
    const both = await Promise.all([desk.mo.ok(claims, at), desk.pia.ok(claims, at)])
    expect(new Set(both.map(({ claim }) => claim?.by)).size).toBe(1)
    await desk.pia.refused(claims, 404, { params: { site, case: desk.stage.thread } })
  })
})

describe('what comes first', () => {
  test('is what does more harm; two minutes do not outweigh a report that many readers see', async () => {
    const older = await desk.held()
    const comment = await desk.say(desk.bela, 'Seen by all.')
    const open = (await desk.queue(desk.mo)).find((one) => one.comment.id === comment.id)
    if (open) await desk.approve(desk.mo, open)
    await desk.report(desk.ada, comment.id)
    const queue = (await desk.queue(desk.mo)).map((one) => one.comment.id)
    expect(queue.indexOf(comment.id)).toBeLessThan(queue.indexOf(older.comment.id))
    const { weights, openedAt, dueAt } = await desk.caseOf(desk.mo, comment.id)
    expect(weights.map(({ cause }) => cause)).toEqual(['reports', 'shown'])
    const minutes = weights.reduce((sum, one) => sum + one.minutes, 0)
    expect(Date.parse(openedAt) - Date.parse(dueAt)).toBe(minutes * 60_000)
  })

  test('a flood of reports counts for a day at the most, and a false reporter’s for less', () => {
    const by = (upheld: number, dismissed: number, isGuest = false) => ({
      category: 'abuse' as const,
      reporter: { upheld, dismissed, isGuest },
    })
    const minutes = (...reports: ReturnType<typeof by>[]) =>
      weigh({ signals: [], isShown: false, reports }).reduce((sum, one) => sum + one.minutes, 0)
    expect(minutes(...Array.from({ length: 500 }, () => by(0, 0)))).toBe(24 * 60)
    expect(minutes(by(0, 20))).toBeLessThan(minutes(by(0, 0)) / 2)
    expect(minutes(by(20, 0))).toBeGreaterThan(minutes(by(0, 0)))
    expect(minutes(by(20, 0, true))).toBe(minutes(by(0, 0)))
    expect(minutes(by(0, 20, true))).toBe(minutes(by(0, 20)))
  })

  test('decisions are in the records of author and reporters, and out again when undone', async () => {
    const record = async (email: string) =>
      await desk.stage.db
        .selectFrom('record')
        .selectAll()
        .where('site_id', '=', desk.stage.demo.id)
        .where('account_id', '=', await idOf(email))
        .executeTakeFirst()
    const comment = await desk.say(desk.bela, 'To be judged.')
    const held = (await desk.queue(desk.mo)).find((one) => one.comment.id === comment.id)
    if (held) await desk.approve(desk.mo, held)
    await desk.report(desk.ada, comment.id)
    const [author, reporter] = [await record('bela'), await record('ada')]
    const { decision } = await desk.reject(desk.mo, await desk.caseOf(desk.mo, comment.id), 'abuse')
    expect((await record('bela'))?.rejected).toBe((author?.rejected ?? 0) + 1)
    expect((await record('ada'))?.reports_upheld).toBe((reporter?.reports_upheld ?? 0) + 1)
    await desk.undo(desk.mo, decision.id)
    expect((await record('bela'))?.rejected).toBe(author?.rejected ?? 0)
    expect((await record('ada'))?.reports_upheld).toBe(reporter?.reports_upheld ?? 0)
    await desk.expectWhole()
  })
})
