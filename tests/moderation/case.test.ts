import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openDesk, type Desk } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.stage.close())
afterEach(() => desk.expectWhole())

/** A comment of Ada's that everybody sees because a moderator approved it. */
async function approved() {
  const about = await desk.held()
  await desk.approve(desk.mo, about)
  const comment = await desk.seen(about.comment.id, desk.ada)
  if (!comment) throw new Error('Ada does not see her own comment')
  return { about, comment }
}

describe('an edit', () => {
  test('of an approved comment waits again for a word, while readers go on seeing the old one', async () => {
    const { comment } = await approved()
    const edited = await desk.edit(desk.ada, comment, 'What an idiot.')
    expect(edited).toMatchObject({ state: 'held', revision: 2, own: { heldFor: ['word_list'] } })
    expect(await desk.seen(comment.id)).toMatchObject({ state: 'live', revision: 1, body: comment.body })
    const again = await desk.caseOf(desk.mo, comment.id)
    expect(again).toMatchObject({
      comment: { revision: 2, state: 'HELD', body: edited.body },
      signals: [{ kind: 'word_list', detail: 'idiot' }],
      decisions: [{ action: 'approve' }],
    })
    await desk.approve(desk.mo, again)
    const now = await desk.seen(comment.id)
    expect(now).toMatchObject({ state: 'live', revision: 2, body: edited.body })
    expect(now?.editedAt).not.toBeNull()
    expect(await desk.events(comment.id)).toEqual(['posted', 'state', 'edited', 'state'])
  })

  test('that is rejected takes the comment away; the next one may bring it back, once a moderator has looked', async () => {
    const { comment } = await approved()
    await desk.edit(desk.ada, comment, 'What an idiot.')
    await desk.reject(desk.mo, await desk.caseOf(desk.mo, comment.id), 'abuse')
    expect(await desk.seen(comment.id)).toBeNull()
    const mine = await desk.seen(comment.id, desk.ada)
    expect(mine).toMatchObject({ state: 'rejected', revision: 2, own: { reason: 'abuse' } })
    if (mine) await desk.edit(desk.ada, mine, 'I take that back.')
    expect(await desk.seen(comment.id)).toBeNull()
    await desk.approve(desk.mo, await desk.caseOf(desk.mo, comment.id))
    expect(await desk.seen(comment.id)).toMatchObject({ state: 'live', revision: 3 })
  })

  test('made while a moderator reads moves the case on to what is now to be seen', async () => {
    const comment = await desk.say(desk.ada, 'Rubbish.')
    await desk.report(desk.bela, comment.id)
    const reported = await desk.caseOf(desk.mo, comment.id)
    await desk.edit(desk.ada, comment, 'Utter rubbish.')
    expect((await desk.decide(desk.mo, reported, 'abuse')).statusCode).toBe(409)
    const now = await desk.caseOf(desk.mo, comment.id)
    expect(now).toMatchObject({ id: reported.id, version: 2, cause: 'reported', comment: { revision: 2 } })
    await desk.reject(desk.mo, now, 'abuse')
    expect(await desk.seen(comment.id), 'nor does the older text return').toBeNull()
  })
})

describe('a report', () => {
  test('opens a case, which later ones join; the same reader’s second changes nothing', async () => {
    const comment = await desk.say(desk.ada, 'Rubbish.')
    await desk.report(desk.bela, comment.id)
    const first = await desk.caseOf(desk.mo, comment.id)
    expect(first).toMatchObject({
      cause: 'reported',
      version: 1,
      comment: { state: 'LIVE' },
      reports: [{ by: 'Bela', category: 'abuse' }],
    })
    await desk.report(desk.bela, comment.id)
    expect(await desk.caseOf(desk.mo, comment.id)).toEqual(first)
    await desk.report(await desk.stage.as('chris@demo.example'), comment.id)
    const joined = await desk.caseOf(desk.mo, comment.id)
    expect(joined).toMatchObject({ id: first.id, version: 2, reports: [{ by: 'Bela' }, { by: 'Chris' }] })
    expect((await desk.decide(desk.mo, first)).statusCode, 'there is more to read now').toBe(409)
    expect(await desk.seen(comment.id), 'and hides nothing').toMatchObject({ state: 'live' })
    expect(await desk.events(comment.id)).toEqual(['posted'])
  })

  test('by somebody else opens a case again after an approval', async () => {
    const comment = await desk.say(desk.ada, 'Rubbish.')
    await desk.report(desk.bela, comment.id)
    const first = await desk.caseOf(desk.mo, comment.id)
    await desk.approve(desk.mo, first)
    await desk.report(desk.bela, comment.id)
    expect((await desk.queue(desk.mo)).map((one) => one.comment.id)).not.toContain(comment.id)
    await desk.report(await desk.stage.as('chris@demo.example'), comment.id)
    const second = await desk.caseOf(desk.mo, comment.id)
    expect(second.id).not.toBe(first.id)
    expect(second).toMatchObject({ reports: [{ by: 'Chris' }], decisions: [{ action: 'approve' }] })
  })

  test('on what readers see does not draw a case away from the edit that waits', async () => {
    const { comment } = await approved()
    const edited = await desk.edit(desk.ada, comment, 'What an idiot.')
    await desk.report(desk.bela, comment.id)
    const about = await desk.caseOf(desk.mo, comment.id)
    expect(about).toMatchObject({
      cause: 'held',
      version: 2,
      comment: { revision: 2, state: 'HELD', body: edited.body },
      reports: [{ by: 'Bela' }],
    })
    await desk.approve(desk.mo, about)
    expect(await desk.seen(comment.id)).toMatchObject({ revision: 2 })
    expect(await desk.seen(comment.id, desk.ada), 'nothing is left to wait').toMatchObject({ state: 'live' })
  })

  test('of two readers at the same time makes one case', async () => {
    const comment = await desk.say(desk.ada, 'Rubbish.')
    const chris = await desk.stage.as('chris@demo.example')
    await Promise.all([desk.report(desk.bela, comment.id), desk.report(chris, comment.id)])
    const cases = (await desk.queue(desk.mo)).filter((one) => one.comment.id === comment.id)
    expect(cases).toHaveLength(1)
    expect(cases[0]?.reports.map(({ by }) => by).sort()).toEqual(['Bela', 'Chris'])
  })
})

describe('the queue', () => {
  test('gives each open case once, the longest waiting first, whatever the page', async () => {
    const opened = []
    for (let nth = 0; nth < 7; nth += 1) opened.push((await desk.held()).id)
    const all = (await desk.queue(desk.mo)).map(({ id }) => id)
    expect(all.slice(-7)).toEqual(opened)
    for (const limit of [1, 2, 3, 100]) {
      expect(
        (await desk.queue(desk.mo, limit)).map(({ id }) => id),
        `pages of ${limit}`,
      ).toEqual(all)
    }
    const { queues } = await desk.mo.ok('GET /v1/sites/:site/cases', {
      params: { site: 'demo' },
      query: { limit: 2 },
    })
    expect(queues.find(({ queue }) => queue === 'all')?.open).toBe(all.length)
  })

  test('goes on where it was when cases close and open meanwhile', async () => {
    const before = await desk.queue(desk.mo)
    const page = await desk.mo.ok('GET /v1/sites/:site/cases', {
      params: { site: 'demo' },
      query: { limit: 3 },
    })
    const [first] = page.cases
    if (!first || page.next === null) throw new Error('the queue is too short to test')
    await desk.approve(desk.mo, first)
    const added = await desk.held()
    const rest = await desk.mo.ok('GET /v1/sites/:site/cases', {
      params: { site: 'demo' },
      query: { limit: 100, cursor: page.next },
    })
    const expected = [...before.slice(3).map(({ id }) => id), added.id]
    expect(rest.cases.map(({ id }) => id)).toEqual(expected)
  })

  test('is not for readers', async () => {
    const params = { site: 'demo' }
    const problem = await desk.ada.refused('GET /v1/sites/:site/cases', 403, { params })
    expect(JSON.stringify(problem)).not.toContain('crook')
  })
})
