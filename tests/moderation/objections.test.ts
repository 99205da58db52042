import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CaseState, CaseView, Decided, NewDecision } from '../../core/contract/moderation.ts'
import { CaseView as CaseViewSchema } from '../../core/contract/moderation.ts'
import type { Role } from '../../core/contract/people.ts'
import { createAccount, setRole } from '../../server/people/index.ts'
import { hold, problemOf, type Caller } from './caller.ts'
import { openDesk, type Desk } from './desk.ts'
import { password } from './stage.ts'

const site = 'demo'
const decisions = 'POST /v1/sites/:site/cases/:case/decisions'
const reversal = 'POST /v1/sites/:site/decisions/:decision/reversal'

let desk: Desk
let mia: Caller
let lea: Caller
beforeAll(async () => {
  desk = await openDesk()
  mia = await hire('Mia', 'moderator')
  lea = await hire('Lea', 'lead')
})
afterAll(async () => {
  await desk.expectWhole()
  await desk.stage.close()
})
beforeEach(async () => {
  await desk.stage.db.updateTable('sanction').set({ lifted_at: new Date() }).execute()
})

async function hire(name: string, role: Role): Promise<Caller> {
  const { db, demo } = desk.stage
  const email = `${name.toLowerCase()}@demo.example`
  await setRole(db, demo.id, await createAccount(db, { email, name, password }), role)
  return await desk.stage.as(email)
}

type Wish = NewDecision extends infer D ? (D extends object ? Omit<D, 'revision' | 'version'> : never) : never
const about = (one: CaseState, wish: Wish) => ({
  params: { site, case: one.id },
  body: { ...wish, revision: one.comment.revision, version: one.version },
})
const decide = (who: Caller, one: CaseState, wish: Wish) => who.ok(decisions, about(one, wish))
const object = (who: Caller, { case: one }: Decided, note = 'I see this otherwise.') =>
  decide(who, one, { action: 'object', note })
const reject = { action: 'reject', reason: 'abuse' } as const
const timeOut = { action: 'time_out', reason: 'abuse', days: 7 } as const

/** The case as somebody has it before them who comes too late with a decision. */
async function tooLate(who: Caller, one: CaseState): Promise<CaseView> {
  const problem = problemOf(await who.request(decisions, about(one, { action: 'approve' })), 409)
  return hold(CaseViewSchema, Reflect.get(problem, 'case'))
}
const sanctions = async () =>
  (
    await desk.stage.db
      .selectFrom('sanction')
      .select('kind')
      .where('lifted_at', 'is', null)
      .orderBy('id')
      .execute()
  ).map(({ kind }) => kind)
const record = async () => {
  const { approved, rejected } = await desk.stage.db
    .selectFrom('record')
    .innerJoin('account', 'account.id', 'record.account_id')
    .select(['record.approved', 'record.rejected'])
    .where('account.email', '=', 'ada@demo.example')
    .where('record.site_id', '=', desk.stage.demo.id)
    .executeTakeFirstOrThrow()
  return { approved, rejected }
}

describe('an objection', () => {
  test('is offered to who was slower, and opens the case again for who leads; the comment stays as it is', async () => {
    const one = await desk.held()
    const decided = await desk.approve(desk.mo, one)
    const late = await tooLate(mia, one)
    expect(late).toMatchObject({ status: 'decided', can: { object: true }, objection: null })
    expect((await tooLate(desk.mo, one)).can.object, 'to one’s own').toBe(false)

    const { decision, case: after } = await object(mia, decided, 'It names a private person.')
    expect(decision).toMatchObject({ action: 'object', by: 'Mia', note: 'It names a private person.' })
    expect(after).toMatchObject({ status: 'open', escalated: true, comment: { state: 'APPROVED' } })
    expect(await desk.seen(one.comment.id)).toMatchObject({ state: 'live' })
    const objection = {
      ...{ decisionId: decision.id, by: 'Mia', note: 'It names a private person.' },
      to: { action: 'approve', reason: null, by: 'Mo' },
    }
    for (const who of [desk.mo, mia])
      expect(await desk.caseOf(who, one.comment.id)).toMatchObject({ objection, can: { decide: false } })
    expect(await desk.caseOf(lea, one.comment.id)).toMatchObject({ objection, can: { decide: true } })
    const { queues } = await lea.ok('GET /v1/sites/:site/cases', { params: { site }, query: {} })
    expect(queues.find(({ queue }) => queue === 'escalated')?.open).toBeGreaterThan(0)
    const last = await desk.stage.db
      .selectFrom('audit')
      .select(['action', 'subject'])
      .orderBy('number', 'desc')
      .executeTakeFirstOrThrow()
    expect(last).toMatchObject({ action: 'object', subject: { decision: decision.id, case: one.id } })
  })

  test('ends with a decision that takes the place of the first, in records and in what it meant for the author', async () => {
    const one = await desk.held()
    const before = await record()
    const decided = await decide(desk.mo, one, timeOut)
    expect(await sanctions()).toEqual(['time_out'])
    expect(await record()).toEqual({ ...before, rejected: before.rejected + 1 })
    const objected = await object(mia, decided)
    expect(await sanctions(), 'until then it stands').toEqual(['time_out'])

    const { decision, case: after } = await decide(lea, objected.case, { action: 'approve' })
    expect(after).toMatchObject({ status: 'decided', comment: { state: 'APPROVED' } })
    expect(await sanctions()).toEqual([])
    expect(await record()).toEqual({ ...before, approved: before.approved + 1 })
    const row = await desk.stage.db
      .selectFrom('decision')
      .select('reverses')
      .where('id', '=', decision.id)
      .executeTakeFirstOrThrow()
    expect(row.reverses).toBe(decided.decision.id)
    const late = await tooLate(desk.mo, one)
    expect(late, 'nothing is left to object to').toMatchObject({ objection: null, can: { object: false } })
    await desk.mo.refused(decisions, 409, about(after, { action: 'object', note: 'Once more.' }))
  })

  test('stays out of what is decided of many', async () => {
    const objected = await object(mia, await decide(desk.mo, await desk.held(), reject))
    const { case: one } = objected
    const selection = await lea.ok('GET /v1/sites/:site/cases/selection', { params: { site } })
    expect(selection.cases.map((seen) => seen.case)).not.toContain(one.id)
    expect(selection.apart.objections).toBeGreaterThanOrEqual(1)
    const cases = [{ case: one.id, revision: one.comment.revision, version: one.version }]
    const done = await lea.ok('POST /v1/sites/:site/bulks/:bulk/decisions', {
      params: { site, bulk: uuid() },
      body: { action: 'approve', cases },
    })
    expect(done).toEqual({ decided: [], changed: [], refused: [one.id] })
    await decide(lea, one, { action: 'approve' })
  })

  test('that is agreed with for another reason leaves one rejection, which can be appealed against', async () => {
    const one = await desk.held()
    const before = await record()
    const objected = await object(mia, await decide(desk.mo, one, timeOut))
    const { decision } = await decide(lea, objected.case, { action: 'reject', reason: 'spam' })
    expect(await record()).toEqual({ ...before, rejected: before.rejected + 1 })
    expect(await sanctions()).toEqual([])
    await desk.ada.ok('POST /v1/sites/:site/comments/:comment/appeal', {
      params: { site, comment: one.comment.id },
      body: { text: 'Please look again.' },
    })
    const appealed = await desk.caseOf(desk.pia, one.comment.id)
    expect(appealed.appeal).toMatchObject({ decisionId: decision.id, canAnswer: true })
  })

  test('is undone by who made it: the decision is the last word again, and so is its time', async () => {
    const one = await desk.held()
    const decided = await desk.reject(desk.mo, one, 'spam')
    const closed = () =>
      desk.stage.db
        .selectFrom('moderation_case')
        .select(['status', 'objected_to', 'escalated_at'])
        .select((eb) => eb('closed_at', '>', new Date(Date.now() - 3600_000)).as('is_closed'))
        .where('id', '=', one.id)
        .executeTakeFirstOrThrow()
    const objected = await object(mia, decided)
    await desk.mo.refused(reversal, 403, { params: { site, decision: objected.decision.id } })
    await desk.mo.refused(reversal, 409, { params: { site, decision: decided.decision.id } })
    await desk.undo(mia, objected.decision.id)
    expect(await closed()).toEqual({
      status: 'decided',
      objected_to: null,
      escalated_at: null,
      is_closed: true,
    })
    expect((await desk.undo(desk.mo, decided.decision.id)).case).toMatchObject({ status: 'open' })
  })

  test('waits again where what was decided about it is undone, and what it was about means what it meant', async () => {
    const one = await desk.held()
    const before = await record()
    const objected = await object(mia, await decide(desk.mo, one, timeOut))
    const judged = await desk.approve(lea, objected.case)
    const { case: back } = await desk.undo(lea, judged.decision.id)
    expect(back).toMatchObject({
      ...{ status: 'open', escalated: true, comment: { state: 'REJECTED' } },
      objection: { by: 'Mia', to: { by: 'Mo', action: 'time_out' } },
    })
    expect(await sanctions()).toEqual(['time_out'])
    expect(await record()).toEqual({ ...before, rejected: before.rejected + 1 })
    await desk.approve(lea, back)
    expect(await sanctions()).toEqual([])
  })

  test('is refused to who wrote the comment or took part, to readers, to another site, and without a word why', async () => {
    const one = await desk.held()
    const decided = await desk.approve(desk.mo, one)
    const wish = about(decided.case, { action: 'object', note: 'No.' })
    const own = await desk.mo.refused(decisions, 403, wish)
    expect(own.detail).toBe('You took part in this decision. Somebody else looks at it again.')
    await desk.ada.refused(decisions, 403, wish)
    const otto = await desk.stage.as('otto@other.example')
    await otto.refused(decisions, 403, wish)
    await otto.refused(decisions, 404, { ...wish, params: { site: 'other', case: one.id } })
    for (const note of ['', '   '])
      problemOf(await mia.request(decisions, { ...wish, body: { ...wish.body, note } }), 400)
    const open = await desk.held()
    await mia.refused(decisions, 409, about(open, { action: 'object', note: 'Nothing was decided.' }))
    await mia.refused(decisions, 409, { ...wish, body: { ...wish.body, version: wish.body.version + 1 } })
  })

  test('is about the text that was decided: of a newer one, it says nothing', async () => {
    const one = await desk.held()
    const decided = await desk.approve(desk.mo, one)
    await object(mia, decided)
    const comment = await desk.seen(one.comment.id, desk.ada)
    if (!comment) throw new Error('the comment is gone')
    await desk.edit(desk.ada, comment, 'What a crook he is.')
    const moved = await desk.caseOf(lea, one.comment.id)
    expect(moved).toMatchObject({ comment: { revision: 2 }, objection: null, escalated: true })
    await desk.reject(lea, moved, 'abuse')
    const { reverses } = await desk.stage.db
      .selectFrom('decision')
      .select('reverses')
      .where('case_id', '=', one.id)
      .where('action', '=', 'reject')
      .executeTakeFirstOrThrow()
    expect(reverses).toBeNull()
  })

  test('comes once: what was decided about it is the last word, but for an appeal', async () => {
    const one = await desk.held()
    const objected = await object(mia, await desk.reject(desk.mo, one, 'spam'))
    await desk.ada.ok('POST /v1/sites/:site/comments/:comment/appeal', {
      params: { site, comment: one.comment.id },
      body: { text: 'It is no spam.' },
    })
    const both = await desk.caseOf(desk.pia, one.comment.id)
    expect(both).toMatchObject({ appeal: { canAnswer: true }, objection: { by: 'Mia' } })
    await lea.refused(decisions, 409, about(objected.case, { action: 'approve' }))
    const answered = await decide(desk.pia, both, { action: 'dismiss_appeal', answer: 'We have looked.' })
    const late = await tooLate(mia, both)
    expect(late).toMatchObject({ status: 'decided', objection: null, can: { object: false } })
    await mia.refused(decisions, 409, about(answered.case, { action: 'object', note: 'Once more.' }))
  })
})

test('where nobody else leads, there is nobody to object to', async () => {
  const { db, demo } = desk.stage
  const one = await desk.held()
  const decided = await desk.approve(lea, one)
  const others = await db
    .selectFrom('membership')
    .innerJoin('account', 'account.id', 'membership.account_id')
    .select(['account.id', 'membership.role'])
    .where('membership.site_id', '=', demo.id)
    .where('account.email', '<>', 'lea@demo.example')
    .where('membership.role', 'in', ['lead', 'publisher', 'operator'])
    .execute()
  for (const { id } of others) await setRole(db, demo.id, id, 'moderator')
  const problem = await mia.refused(decisions, 403, about(decided.case, { action: 'object', note: 'No.' }))
  expect(problem.detail).toBe(
    'Nobody else leads the moderation of this site, so nobody could judge it again.',
  )
  for (const { id, role } of others) await setRole(db, demo.id, id, role)
})
