import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CaseState, Decided, NewDecision } from '../../core/contract/moderation.ts'
import { activeRules, setRules } from '../../server/moderation/index.ts'
import { createAccount, setRole } from '../../server/people/index.ts'
import type { Caller } from './caller.ts'
import { openDesk, type Desk } from './desk.ts'
import { password } from './stage.ts'

const site = 'demo'
const decisions = 'POST /v1/sites/:site/cases/:case/decisions'
const reversal = 'POST /v1/sites/:site/decisions/:decision/reversal'

let desk: Desk
let lea: Caller
beforeAll(async () => {
  desk = await openDesk()
  const { db, demo } = desk.stage
  await setRole(
    db,
    demo.id,
    await createAccount(db, { email: 'lea@demo.example', name: 'Lea', password }),
    'lead',
  )
  lea = await desk.stage.as('lea@demo.example')
})
afterAll(async () => {
  await desk.expectWhole()
  await desk.stage.close()
})
beforeEach(async () => {
  await desk.stage.db.updateTable('sanction').set({ lifted_at: new Date() }).execute()
  await want(true)
})

/** As the command line says it: it holds at once. */
async function want(twoPeople: boolean): Promise<void> {
  const { db, demo } = desk.stage
  const { rules } = await activeRules(db, demo.id)
  if (rules.twoPeople === twoPeople) return
  const { version } = await lea.ok('GET /v1/sites/:site/rules', { params: { site } })
  await setRules(db, demo.id, null, { version, rules: { ...rules, twoPeople } })
}

const about = (one: CaseState, action: 'ban' | 'approve' | 'hold' | 'reject' = 'ban') => {
  const seen = { revision: one.comment.revision, version: one.version }
  const body: NewDecision =
    action === 'ban' || action === 'reject' ? { action, reason: 'abuse', ...seen } : { action, ...seen }
  return { params: { site, case: one.id }, body }
}
const ban = (who: Caller, one: CaseState) => who.ok(decisions, about(one))
/** The case as somebody has it before them. */
const seenBy = (who: Caller, one: CaseState) => desk.caseOf(who, one.comment.id)
const bans = () =>
  desk.stage.db
    .selectFrom('sanction')
    .select('kind')
    .where('kind', '=', 'ban')
    .where('lifted_at', 'is', null)
    .execute()

describe('where a ban wants two people', () => {
  test('the first one’s is a proposal: the comment is hidden, its author is not banned, those who lead are asked', async () => {
    const comment = await desk.say(desk.ada, 'Fine so far.')
    await desk.report(desk.bela, comment.id)
    const one = await desk.caseOf(desk.mo, comment.id)
    expect(one).toMatchObject({ can: { ban: 'propose' }, proposal: null })
    const { decision } = await ban(desk.mo, one)
    expect(decision).toMatchObject({ action: 'propose_ban', reason: 'abuse', by: 'Mo' })
    expect(await seenBy(desk.mo, one)).toMatchObject({
      status: 'open',
      escalated: true,
      comment: { state: 'HELD', author: { sanction: null } },
      proposal: { decisionId: decision.id, by: 'Mo', reason: 'abuse' },
      can: { decide: false, ban: null },
    })
    expect(await bans()).toEqual([])
    expect(await desk.seen(comment.id)).toBeNull()
    // To its author, it waits like any other.
    expect(await desk.seen(comment.id, desk.ada)).toMatchObject({ state: 'held' })
    const last = await desk.stage.db
      .selectFrom('audit')
      .select(['action', 'subject'])
      .orderBy('number', 'desc')
      .executeTakeFirstOrThrow()
    expect(last).toMatchObject({ action: 'propose_ban', subject: { decision: decision.id } })
  })

  test('another one who leads confirms it, and what is kept names both', async () => {
    const proposed = await ban(desk.mo, await desk.held())
    const one = await seenBy(lea, proposed.case)
    expect(one.can).toMatchObject({ decide: true, ban: 'confirm' })
    const { decision, case: after } = await ban(lea, one)
    expect(decision).toMatchObject({ action: 'ban', by: 'Lea' })
    expect(after).toMatchObject({ status: 'decided', comment: { state: 'REJECTED' } })
    expect(await bans()).toHaveLength(1)
    const row = await desk.stage.db
      .selectFrom('decision')
      .select(['confirms', 'proposed_by', 'decided_by'])
      .where('id', '=', decision.id)
      .executeTakeFirstOrThrow()
    const first = await desk.stage.db
      .selectFrom('decision')
      .select('decided_by')
      .where('id', '=', proposed.decision.id)
      .executeTakeFirstOrThrow()
    expect(row).toMatchObject({ confirms: proposed.decision.id, proposed_by: first.decided_by })
    expect(row.decided_by).not.toBe(row.proposed_by)
    const kept = await lea.ok('GET /v1/sites/:site/cases/:case/export', { params: { site, case: one.id } })
    expect(kept.decisions.map(({ action, confirms }) => [action, confirms])).toEqual([
      ['propose_ban', null],
      ['ban', proposed.decision.id],
    ])
    expect(kept.audit.at(-1)?.subject).toMatchObject({ confirms: proposed.decision.id })
  })

  test('nobody confirms their own: neither who leads, nor a moderator, nor past the server', async () => {
    const proposed = await ban(lea, await desk.held())
    const own = await seenBy(lea, proposed.case)
    expect(own.can).toMatchObject({ decide: true, ban: null })
    const problem = await lea.refused(decisions, 403, about(own))
    expect(problem.detail).toContain('You proposed this ban')
    await desk.mo.refused(decisions, 403, about(own))
    await desk.ada.refused(decisions, 403, about(own))
    expect(await bans()).toEqual([])
    const { id, decided_by, ...row } = await desk.stage.db
      .selectFrom('decision')
      .selectAll()
      .where('id', '=', proposed.decision.id)
      .executeTakeFirstOrThrow()
    const pia = await desk.stage.db
      .selectFrom('account')
      .select('id')
      .where('name', '=', 'Pia')
      .executeTakeFirstOrThrow()
    const confirm = (proposer: string) =>
      desk.stage.db
        .insertInto('decision')
        .values({
          ...row,
          id: crypto.randomUUID(),
          action: 'ban',
          decided_by,
          confirms: id,
          proposed_by: proposer,
        })
        .execute()
    await expect(confirm(decided_by)).rejects.toThrow(/decision_two_people/)
    // Somebody else's name on it does not help.
    await expect(confirm(pia.id)).rejects.toThrow(/decision_confirms_fkey/)
  })

  test('of two who confirm at once one does, and of two who propose at once', async () => {
    const one = await desk.held()
    const both = await Promise.all([desk.pia, lea].map((who) => who.request(decisions, about(one))))
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409])
    const proposer = both[0]?.statusCode === 201 ? desk.pia : lea
    const made = both.find(({ statusCode }) => statusCode === 201)?.json<Decided>()
    await desk.undo(proposer, made?.decision.id ?? '')

    const proposed = await ban(desk.mo, await desk.held())
    const confirmed = await Promise.all(
      [desk.pia, lea].map((who) => who.request(decisions, about(proposed.case))),
    )
    expect(confirmed.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409])
    expect(await bans()).toHaveLength(1)
  })

  test('another decision ends the proposal, and undone, it waits again', async () => {
    const proposed = await ban(desk.mo, await desk.held())
    const rejected = await lea.ok(decisions, about(proposed.case, 'reject'))
    expect(rejected.case).toMatchObject({ status: 'decided' })
    expect(await bans()).toEqual([])
    const back = await desk.undo(lea, rejected.decision.id)
    expect(back.case).toMatchObject({ status: 'open', escalated: true, proposal: { by: 'Mo' } })
    const confirmed = await ban(lea, back.case)
    const again = await desk.undo(lea, confirmed.decision.id)
    expect(again.case).toMatchObject({ comment: { state: 'HELD' }, proposal: { by: 'Mo' } })
    expect(await bans()).toEqual([])
    // Who is not sure passes it on to a third one.
    const held = await lea.ok(decisions, about(again.case, 'hold'))
    const forPia = await seenBy(desk.pia, held.case)
    expect(forPia).toMatchObject({ status: 'open', proposal: { by: 'Mo' } })
    await ban(desk.pia, forPia)
  })

  test('who proposed takes it back as long as nobody has decided since', async () => {
    const comment = await desk.say(desk.ada, 'Fine so far.')
    await desk.report(desk.bela, comment.id)
    const proposed = await ban(desk.mo, await desk.caseOf(desk.mo, comment.id))
    await lea.refused(reversal, 403, { params: { site, decision: proposed.decision.id } })
    const back = await desk.undo(desk.mo, proposed.decision.id)
    expect(back.case).toMatchObject({
      escalated: false,
      proposal: null,
      can: { decide: true, ban: 'propose' },
    })
    expect((await desk.seen(comment.id))?.state).toBe('live')

    const escalated = await desk.mo.ok(decisions, {
      params: { site, case: back.case.id },
      body: { action: 'escalate', revision: 1, version: back.case.version },
    })
    const byLea = await ban(lea, escalated.case)
    expect((await desk.undo(lea, byLea.decision.id)).case).toMatchObject({ escalated: true, proposal: null })
  })

  test('an edit does not bring the comment back, and the proposal stays', async () => {
    const comment = await desk.say(desk.ada, 'Fine so far.')
    await desk.report(desk.bela, comment.id)
    await ban(desk.mo, await desk.caseOf(desk.mo, comment.id))
    const edited = await desk.edit(desk.ada, comment, 'Fine, and friendly.')
    expect(edited.state).toBe('held')
    const one = await desk.caseOf(lea, comment.id)
    expect(one).toMatchObject({ comment: { revision: 2 }, proposal: { by: 'Mo' } })
    await ban(lea, one)
    expect(await desk.seen(comment.id)).toBeNull()
  })

  test('neither of the two answers the appeal', async () => {
    const proposed = await ban(lea, await desk.held())
    await ban(desk.pia, proposed.case)
    await desk.ada.ok('POST /v1/sites/:site/comments/:comment/appeal', {
      params: { site, comment: proposed.case.comment.id },
      body: { text: 'It is a word of my trade.' },
    })
    const olu = await desk.stage.as('olu@demo.example')
    const answer = (one: CaseState) => ({
      params: { site, case: one.id },
      body: {
        action: 'uphold_appeal' as const,
        answer: 'So it is.',
        revision: one.comment.revision,
        version: one.version,
      },
    })
    for (const who of [lea, desk.pia]) {
      const one = await seenBy(who, proposed.case)
      expect(one.appeal?.canAnswer).toBe(false)
      await who.refused(decisions, 403, answer(one))
    }
    await expect(
      desk.stage.db
        .updateTable('appeal')
        .set((eb) => ({
          status: 'upheld',
          answer: 'Mine.',
          decided_at: new Date(),
          decided_by: eb.ref('first_proposed_by'),
        }))
        .where('decided_by', 'is', null)
        .execute(),
    ).rejects.toThrow(/appeal_proposed_check/)
    await olu.ok(decisions, answer(await seenBy(olu, proposed.case)))
    expect(await bans()).toEqual([])
  })

  test('stays out of a decision about many', async () => {
    const proposed = await ban(desk.mo, await desk.held())
    const other = await desk.held()
    const params = { site }
    const selection = await lea.ok('GET /v1/sites/:site/cases/selection', { params })
    const ids = selection.cases.map((one) => one.case)
    expect(ids).toContain(other.id)
    expect(ids).not.toContain(proposed.case.id)
    expect(selection.apart.proposals).toBeGreaterThanOrEqual(1)
    // Sent all the same, as by a page that is not ours, it is refused, whatever is decided.
    const seen = [proposed.case, other].map((one) => ({
      case: one.id,
      revision: one.comment.revision,
      version: one.version,
    }))
    for (const action of ['approve', 'hold'] as const) {
      const done = await lea.ok('POST /v1/sites/:site/bulks/:bulk/decisions', {
        params: { site, bulk: uuid() },
        body: { action, cases: action === 'hold' ? seen.slice(0, 1) : seen },
      })
      expect(done).toMatchObject({ changed: [], refused: [proposed.case.id] })
    }
    expect(await seenBy(lea, proposed.case)).toMatchObject({
      status: 'open',
      version: proposed.case.version,
      proposal: { by: 'Mo' },
      decisions: [{ action: 'propose_ban' }],
    })
    await ban(lea, await seenBy(lea, proposed.case))
  })

  test('nobody who works for the site is proposed', async () => {
    const own = await desk.say(desk.pia, 'What a crook.')
    await desk.report(desk.bela, own.id)
    await desk.mo.refused(decisions, 403, about(await desk.caseOf(desk.mo, own.id)))
  })

  test('a proposal restricts nobody in the numbers', async () => {
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
    const read = async () => {
      const { decisions: made, suspensions } = await lea.ok('GET /v1/sites/:site/transparency', {
        params: { site },
        query: { from: day(0), to: day(1) },
      })
      const abuse = made.restrictionsByReason.find(({ reason }) => reason === 'abuse')?.count ?? 0
      const proposals = made.byAction.find(({ action }) => action === 'propose_ban')?.count ?? 0
      return { abuse, proposals, bans: suspensions.find(({ kind }) => kind === 'ban')?.count ?? 0 }
    }
    const before = await read()
    await ban(desk.mo, await desk.held())
    expect(await read()).toEqual({ ...before, proposals: before.proposals + 1 })
  })
})

describe('switched off', () => {
  test('a ban holds at once, whoever proposed it before', async () => {
    const proposed = await ban(lea, await desk.held())
    await want(false)
    const one = await seenBy(lea, proposed.case)
    expect(one.can.ban).toBe('ban')
    expect((await ban(lea, one)).decision.action).toBe('ban')
    expect(await bans()).toHaveLength(1)
    await desk.stage.db.updateTable('sanction').set({ lifted_at: new Date() }).execute()
    const next = await desk.held()
    expect(next).toMatchObject({ can: { ban: 'ban' } })
    expect((await ban(desk.mo, next)).decision.action).toBe('ban')
  })
})
