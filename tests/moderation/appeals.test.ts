import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CaseState, CaseView, Decided, Decision } from '../../core/contract/moderation.ts'
import { setRole } from '../../server/people/index.ts'
import type { Caller } from './caller.ts'
import { openDesk, type Desk } from './desk.ts'

const site = 'demo'
const decisions = 'POST /v1/sites/:site/cases/:case/decisions'
const appeals = 'POST /v1/sites/:site/comments/:comment/appeal'

let desk: Desk
let olu: Caller
beforeAll(async () => {
  desk = await openDesk()
  const { id } = await desk.stage.db
    .selectFrom('account')
    .select('id')
    .where('email', '=', 'olu@demo.example')
    .executeTakeFirstOrThrow()
  await setRole(desk.stage.db, desk.stage.demo.id, id, 'moderator')
  olu = await desk.stage.as('olu@demo.example')
})
afterAll(async () => {
  await desk.expectWhole()
  await desk.stage.close()
})

const reject = (one: CaseState, more: object = { action: 'reject' }) => ({
  params: { site, case: one.id },
  body: { action: 'reject', reason: 'spam', revision: one.comment.revision, version: one.version, ...more },
})
/** A comment of Ada's that Mo rejected: its case as it is since, on the card of before. */
async function rejected(more?: object): Promise<{ decision: Decision; case: CaseView }> {
  const card = await desk.held()
  const answer = await desk.mo.request(decisions, reject(card, more))
  expect(answer.statusCode, answer.body).toBe(201)
  const { decision, case: now } = answer.json<Decided>()
  return { decision, case: { ...card, ...now, comment: { ...card.comment, ...now.comment } } }
}
/** How the comments of Ada were judged, as the next card tells. */
const record = async () => (await desk.held()).comment.author
const appeal = (comment: string, text = 'It is not spam.') =>
  desk.ada.ok(appeals, { params: { site, comment }, body: { text } })
const answered = (
  one: CaseState,
  action: 'uphold_appeal' | 'dismiss_appeal',
  answer = 'I have read it.',
) => ({
  params: { site, case: one.id },
  body: { action, answer, revision: one.comment.revision, version: one.version },
})
async function inQueue(who: Caller, comment: string): Promise<CaseView | undefined> {
  const { cases } = await who.ok('GET /v1/sites/:site/cases', {
    params: { site },
    query: { queue: 'appeals', limit: 100 },
  })
  return cases.find((one) => one.comment.id === comment)
}
async function waiting(who: Caller, comment: string): Promise<CaseView> {
  const found = await inQueue(who, comment)
  if (!found) throw new Error('the appeal is in no queue')
  return found
}
const sanctionOf = (comment: string) =>
  desk.stage.db
    .selectFrom('sanction')
    .innerJoin('decision', 'decision.id', 'sanction.decision_id')
    .select(['sanction.id', 'lifted_at', 'acknowledged_at'])
    .where('decision.comment_id', '=', comment)
    .executeTakeFirstOrThrow()

describe('an appeal', () => {
  test('waits in its queue with the text, for somebody else than who decided', async () => {
    const { case: one, decision } = await rejected()
    const comment = one.comment.id
    expect((await desk.seen(comment, desk.ada))?.own?.appeal).toEqual({ state: 'possible', answer: null })
    const own = await appeal(comment)
    expect(own).toMatchObject({ state: 'rejected', own: { appeal: { state: 'open', answer: null } } })
    const forPia = await waiting(desk.pia, comment)
    expect(forPia).toMatchObject({
      cause: 'appealed',
      status: 'open',
      comment: { state: 'REJECTED', body: one.comment.body },
      appeal: { decisionId: decision.id, by: 'Ada', text: 'It is not spam.', answer: null, canAnswer: true },
    })
    expect((await waiting(desk.mo, comment)).appeal?.canAnswer).toBe(false)

    const refused = await desk.mo.refused(decisions, 403, answered(forPia, 'dismiss_appeal'))
    expect(refused.detail).toMatch(/somebody else/i)
    await desk.pia.refused(decisions, 400, reject(forPia) as never)
    // Nothing of it was kept.
    expect((await waiting(desk.pia, comment)).version).toBe(forPia.version)
  })

  test('upheld, takes the decision back with its sanction, and the comment stands', async () => {
    const { case: one, decision } = await rejected({ action: 'ban' })
    const comment = one.comment.id
    await appeal(comment)
    const before = await waiting(desk.pia, comment)
    const { decision: second, case: after } = await desk.pia.ok(
      decisions,
      answered(before, 'uphold_appeal', 'You are right.'),
    )
    expect(after).toMatchObject({ status: 'decided', comment: { state: 'APPROVED' } })
    const { approved, rejected: still } = one.comment.author
    expect(await record()).toMatchObject({ sanction: null, approved: approved + 1, rejected: still })
    const row = await desk.stage.db
      .selectFrom('decision')
      .select(['reverses', 'action'])
      .where('id', '=', second.id)
      .executeTakeFirstOrThrow()
    expect(row).toEqual({ reverses: decision.id, action: 'uphold_appeal' })
    expect((await sanctionOf(comment)).lifted_at).not.toBeNull()
    expect((await desk.seen(comment))?.state).toBe('live')
    expect(await inQueue(desk.pia, comment)).toBeUndefined()
    await desk.pia.refused('POST /v1/sites/:site/decisions/:decision/reversal', 403, {
      params: { site, decision: second.id },
    })
    await desk.mo.refused('POST /v1/sites/:site/decisions/:decision/reversal', 409, {
      params: { site, decision: decision.id },
    })
    const { rows } = { rows: await auditOf(comment) }
    expect(rows).toEqual(['ban', 'appeal', 'uphold_appeal'])
  })

  test('dismissed, tells the author why, and is not asked for twice', async () => {
    const { case: one } = await rejected()
    const comment = one.comment.id
    await appeal(comment)
    await desk.ada.refused(appeals, 409, { params: { site, comment }, body: { text: 'Again.' } })
    await desk.pia.ok(decisions, answered(await waiting(desk.pia, comment), 'dismiss_appeal', 'It is spam.'))
    expect(await desk.seen(comment, desk.ada)).toMatchObject({
      state: 'rejected',
      own: { appeal: { state: 'dismissed', answer: 'It is spam.' } },
    })
    expect(await desk.seen(comment)).toBeNull()
    await desk.ada.refused(appeals, 409, { params: { site, comment }, body: { text: 'Again.' } })
  })

  test('of two moderators at once, one answers and the other is told', async () => {
    const { case: one } = await rejected()
    await appeal(one.comment.id)
    const before = await waiting(desk.pia, one.comment.id)
    const answers = await Promise.all([
      desk.pia.request(decisions, answered(before, 'uphold_appeal')),
      olu.request(decisions, answered(before, 'dismiss_appeal')),
    ])
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409])
  })

  test('against what was escalated is for those who lead', async () => {
    const held = await desk.held()
    const { case: left } = await desk.mo.ok(decisions, {
      params: { site, case: held.id },
      body: { action: 'escalate', revision: held.comment.revision, version: held.version },
    })
    await desk.reject(desk.pia, left, 'spam')
    await appeal(left.comment.id)
    const one = await waiting(olu, left.comment.id)
    expect(one).toMatchObject({ escalated: true, appeal: { canAnswer: false } })
    await olu.refused(decisions, 403, answered(one, 'uphold_appeal'))
  })

  test('is its author’s alone, about a rejection, within six months, and with words', async () => {
    const { case: one, decision } = await rejected()
    const at = { params: { site, comment: one.comment.id } }
    await desk.bela.refused(appeals, 403, { ...at, body: { text: 'For Ada.' } })
    await desk.ada.refused(appeals, 400, { ...at, body: { text: ' \n' } })
    await desk.ada.refused(appeals, 404, {
      params: { site: 'other', comment: one.comment.id },
      body: { text: 'x' },
    })
    const fine = await desk.say(desk.bela, 'Nothing wrong with it.')
    await desk.bela.refused(appeals, 409, { params: { site, comment: fine.id }, body: { text: 'x' } })
    await desk.stage.db
      .updateTable('decision')
      .set({ created_at: new Date(Date.now() - 190 * 24 * 3600_000) })
      .where('id', '=', decision.id)
      .execute()
    expect((await desk.seen(one.comment.id, desk.ada))?.own?.appeal).toBeNull()
    await desk.ada.refused(appeals, 409, { ...at, body: { text: 'Late.' } })
  })

  test('is answered by nobody who guesses the case of another site', async () => {
    const { case: one } = await rejected()
    await appeal(one.comment.id)
    const before = await waiting(desk.pia, one.comment.id)
    const otto = await desk.stage.as('otto@other.example')
    const guessed = { ...answered(before, 'uphold_appeal'), params: { site: 'other', case: before.id } }
    await otto.refused(decisions, 404, guessed)
    await otto.refused(decisions, 403, answered(before, 'uphold_appeal'))
    expect((await waiting(desk.pia, one.comment.id)).version).toBe(before.version)
  })

  test('cannot be answered by the first decider by any other way: the table refuses', async () => {
    const { case: one } = await rejected()
    await appeal(one.comment.id)
    await expect(
      desk.stage.db
        .updateTable('appeal')
        .set((eb) => ({
          status: 'dismissed',
          answer: 'No.',
          decided_by: eb.ref('first_decided_by'),
          decided_at: new Date(),
        }))
        .where('status', '=', 'open')
        .execute(),
    ).rejects.toThrow(/violates check constraint/)
  })
})

describe('an edit after a rejection', () => {
  test('is a new revision to be decided, however harmless, and so is the edit of that', async () => {
    const { case: one } = await rejected()
    const before = await desk.seen(one.comment.id, desk.ada)
    if (!before) throw new Error('its author does not see it')
    const edited = await desk.edit(desk.ada, before, 'What a fine person.')
    expect(edited).toMatchObject({ state: 'held', revision: 2, own: { heldFor: ['rejected_before'] } })
    const again = await desk.edit(desk.ada, edited, 'What a very fine person.')
    expect(again).toMatchObject({ state: 'held', revision: 3 })
    expect(await desk.seen(one.comment.id)).toBeNull()
    await desk.approve(desk.mo, await desk.caseOf(desk.mo, one.comment.id))
    const shown = await desk.seen(one.comment.id, desk.ada)
    if (!shown) throw new Error('it was approved')
    expect(shown.state).toBe('live')
    expect((await desk.edit(desk.ada, shown, 'A fine person.')).state).toBe('live')
  })

  test('beside an appeal: the appeal is answered first, the new text still waits', async () => {
    const { case: one } = await rejected()
    await appeal(one.comment.id)
    const before = await desk.seen(one.comment.id, desk.ada)
    if (!before) throw new Error('its author does not see it')
    await desk.edit(desk.ada, before, 'Better words.')
    const waits = await waiting(desk.pia, one.comment.id)
    expect(waits.comment.revision).toBe(2)
    expect(waits.appeal?.quoted).toEqual(one.comment.body)
    const { case: after } = await desk.pia.ok(decisions, answered(waits, 'uphold_appeal'))
    expect(after).toMatchObject({ status: 'open', comment: { state: 'HELD', revision: 2 } })
    // Readers see what was wrongly rejected until the newer text is decided.
    expect((await desk.seen(one.comment.id))?.revision).toBe(1)
    await desk.approve(desk.pia, after)
    expect((await desk.seen(one.comment.id))?.revision).toBe(2)
  })

  test('withdrawn beside an appeal: the appeal is answered, the comment stays gone', async () => {
    const { case: one } = await rejected({ action: 'time_out', days: 7 })
    await appeal(one.comment.id)
    await desk.ada.ok('POST /v1/sites/:site/comments/:comment/withdrawal', {
      params: { site, comment: one.comment.id },
    })
    const { case: after } = await desk.pia.ok(
      decisions,
      answered(await waiting(desk.pia, one.comment.id), 'uphold_appeal'),
    )
    expect(after).toMatchObject({ status: 'decided', comment: { state: 'WITHDRAWN' } })
    expect((await sanctionOf(one.comment.id)).lifted_at).not.toBeNull()
    expect(await desk.seen(one.comment.id)).toBeNull()
  })
})

describe('a warning', () => {
  const sanctions = 'GET /v1/sites/:site/sanctions'
  const acknowledgement = 'PUT /v1/sites/:site/sanctions/:sanction/acknowledgement'

  test('is read before its reader writes again, and moderators see that it was', async () => {
    const { case: one } = await rejected({ action: 'warn' })
    const { sanctions: shown } = await desk.ada.ok(sanctions, { params: { site } })
    expect(shown).toEqual([
      {
        id: (await sanctionOf(one.comment.id)).id,
        kind: 'warning',
        reason: 'spam',
        until: null,
        at: expect.any(String) as string,
      },
    ])
    const body = { body: 'Something else.' }
    const to = { site, thread: desk.stage.thread }
    await desk.ada.refused('POST /v1/sites/:site/threads/:thread/comments', 403, { params: to, body })
    const [warning] = shown
    if (!warning) throw new Error('there is no warning')
    const at = { params: { site, sanction: warning.id } }
    await desk.bela.refused(acknowledgement, 404, at)
    await desk.ada.ok(acknowledgement, at)
    const first = (await sanctionOf(one.comment.id)).acknowledged_at
    await desk.ada.ok(acknowledgement, at)
    expect((await sanctionOf(one.comment.id)).acknowledged_at).toEqual(first)
    expect((await desk.ada.ok(sanctions, { params: { site } })).sanctions).toEqual([])
    const { comment } = await desk.ada.ok('POST /v1/sites/:site/threads/:thread/comments', {
      params: to,
      body,
    })
    await desk.report(desk.bela, comment.id)
    expect((await desk.caseOf(desk.mo, comment.id)).comment.author.sanction).toMatchObject({
      kind: 'warning',
      acknowledgedAt: first?.toISOString(),
    })
  })
})

async function auditOf(comment: string): Promise<string[]> {
  const rows = await desk.stage.db
    .selectFrom('audit')
    .select(['action', 'subject'])
    .where((eb) => eb(eb.ref('subject', '->>').key('comment' as never), '=', comment as never))
    .orderBy('number')
    .execute()
  return rows.map(({ action }) => action)
}

test('against a decision of those who lead stays theirs, also when a moderator escalates it and undoes that', async () => {
  const one = await desk.held()
  const escalate = (about: CaseState) =>
    desk.mo.ok(decisions, {
      params: { site, case: about.id },
      body: { action: 'escalate', revision: about.comment.revision, version: about.version },
    })
  const { case: left } = await escalate(one)
  expect((await desk.pia.request(decisions, reject(left))).statusCode).toBe(201)
  await appeal(one.comment.id)
  const { decision } = await escalate(await waiting(desk.mo, one.comment.id))
  const { case: again } = await desk.undo(desk.mo, decision.id)
  expect(again).toMatchObject({ escalated: true, can: { decide: false }, appeal: { canAnswer: false } })
  await desk.mo.refused(decisions, 403, answered(again, 'uphold_appeal'))
})

test('upheld while the comment is withdrawn, holds when the withdrawal is undone', async () => {
  const { case: one } = await rejected()
  const comment = one.comment.id
  await appeal(comment)
  const withdrawal = { params: { site, comment } }
  await desk.ada.ok('POST /v1/sites/:site/comments/:comment/withdrawal', withdrawal)
  await desk.pia.ok(decisions, answered(await waiting(desk.pia, comment), 'uphold_appeal'))
  expect(await desk.seen(comment), 'still withdrawn').toBeNull()
  await desk.ada.ok('DELETE /v1/sites/:site/comments/:comment/withdrawal', withdrawal)
  expect(await desk.seen(comment)).toMatchObject({ state: 'live', body: one.comment.body })
})
