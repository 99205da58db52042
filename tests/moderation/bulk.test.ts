import { v7 as uuid } from 'uuid'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { BulkDecision, Selection } from '../../core/contract/bulk.ts'
import type { Query } from '../../core/contract/routes.ts'
import type { Caller } from './caller.ts'
import { openDesk, type Desk } from './desk.ts'

let desk: Desk
let chris: Caller
beforeAll(async () => {
  desk = await openDesk()
  chris = await desk.stage.as('chris@demo.example')
})
afterAll(() => desk.stage.close())
afterEach(() => desk.expectWhole())

const site = 'demo'
type Wanted = Query<'GET /v1/sites/:site/cases/selection'>

const select = (who: Caller, query: Wanted = {}) =>
  who.ok('GET /v1/sites/:site/cases/selection', { params: { site }, query })
const bulk = (who: Caller, id: string, body: BulkDecision) =>
  who.ok('POST /v1/sites/:site/bulks/:bulk/decisions', { params: { site, bulk: id }, body })
const undo = (who: Caller, id: string, cursor?: string) =>
  who.ok('POST /v1/sites/:site/bulks/:bulk/reversal', {
    params: { site, bulk: id },
    query: cursor === undefined ? {} : { cursor },
  })
const spam = (cases: Selection['cases']): BulkDecision => ({ action: 'reject', reason: 'spam', cases })
const ids = (cases: Selection['cases']) => cases.map((one) => one.case)

/** Comments that wait, each about a crook, with the ids of their cases. */
async function heldBy(who: Caller, n: number): Promise<string[]> {
  const comments: string[] = []
  for (let i = 0; i < n; i++) comments.push((await desk.say(who, `Crook number ${i}.`)).id)
  return comments
}

describe('many cases decided at once', () => {
  test('are what the preview said, are told to readers, and come back with one undo', async () => {
    const comments = await heldBy(desk.ada, 3)
    const shown = await desk.say(desk.bela, 'Rubbish, all of it.')
    await desk.report(chris, shown.id)
    const before = await select(desk.mo)
    expect(before).toMatchObject({ beyond: 0, authors: 2, shown: 1, examples: { length: 4 } })
    expect(before.examples.map(({ excerpt }) => excerpt)).toContain('Rubbish, all of it.')
    const id = uuid()
    const done = await bulk(desk.mo, id, spam(before.cases))
    expect(new Set(done.decided)).toEqual(new Set(ids(before.cases)))
    expect(await desk.queue(desk.mo)).toEqual([])
    expect(await desk.seen(shown.id), 'readers no longer see it').toBeNull()
    expect(await desk.seen(comments[0] ?? '', desk.ada)).toMatchObject({ state: 'rejected' })

    const back = await undo(desk.mo, id)
    expect(new Set(back.reversed)).toEqual(new Set(ids(before.cases)))
    expect(back).toMatchObject({ kept: [], next: null })
    expect(await desk.seen(shown.id)).toMatchObject({ state: 'live' })
    const after = await select(desk.mo)
    expect(new Set(ids(after.cases))).toEqual(new Set(ids(before.cases)))
    await bulk(desk.mo, uuid(), spam(after.cases))
  })

  test('said twice under one id, as after a lost answer, are decided once', async () => {
    await heldBy(desk.ada, 2)
    const { cases } = await select(desk.mo)
    const id = uuid()
    const first = await bulk(desk.mo, id, spam(cases.slice(0, 1)))
    const again = await bulk(desk.mo, id, spam(cases))
    expect(first.decided).toEqual(ids(cases.slice(0, 1)))
    expect(again).toEqual({ decided: ids(cases), changed: [], refused: [] })
    const rows = await desk.stage.db.selectFrom('decision').select('id').where('bulk_id', '=', id).execute()
    expect(rows).toHaveLength(2)
  })

  test('leave alone what somebody else decided or the author changed meanwhile, and say so', async () => {
    const [one = '', two = '', three = ''] = await heldBy(desk.ada, 3)
    const { cases } = await select(desk.mo)
    const other = await desk.caseOf(desk.pia, one)
    await desk.approve(desk.pia, other)
    const edited = await desk.caseOf(desk.pia, two)
    const comment = await desk.seen(two, desk.ada)
    if (comment) await desk.edit(desk.ada, comment, 'Crook, if I may say so.')
    const done = await bulk(desk.mo, uuid(), spam(cases))
    expect(new Set(done.changed)).toEqual(new Set([other.id, edited.id]))
    expect(done.decided).toHaveLength(1)
    expect(await desk.seen(one)).toMatchObject({ state: 'live' })
    expect(await desk.seen(three, desk.ada)).toMatchObject({ state: 'rejected' })
    await bulk(desk.mo, uuid(), spam((await select(desk.mo)).cases))
  })

  test('are not those that are for others: escalated, appealed, one’s own, in somebody’s hands', async () => {
    const [one = '', two = ''] = await heldBy(desk.ada, 2)
    const escalated = await desk.caseOf(desk.mo, one)
    await desk.mo.ok('POST /v1/sites/:site/cases/:case/decisions', {
      params: { site, case: escalated.id },
      body: { action: 'escalate', revision: 1, version: escalated.version },
    })
    const claimed = await desk.caseOf(desk.pia, two)
    await desk.pia.ok('PUT /v1/sites/:site/cases/:case/claim', { params: { site, case: claimed.id } })
    const mine = await desk.say(desk.mo, 'I moderate here.')
    await desk.report(chris, mine.id)
    const selection = await select(desk.mo)
    expect(selection).toMatchObject({
      cases: [],
      apart: { leads: 1, claimed: 1, own: 1, appeals: 0, proposals: 0, objections: 0 },
    })
    // Sent all the same, as by a page that is not ours, they are refused.
    const now = await desk.caseOf(desk.mo, one)
    const sent = [{ case: now.id, revision: 1, version: now.version }]
    expect(await bulk(desk.mo, uuid(), spam(sent))).toEqual({ decided: [], changed: [], refused: [now.id] })
    const lead = await select(desk.pia)
    expect(lead.cases).toHaveLength(3)
    await bulk(desk.pia, uuid(), spam(lead.cases))
  })

  test('are undone in pages, and one that was decided since stays as it is', async () => {
    const [one = ''] = await heldBy(desk.ada, 52)
    const { cases } = await select(desk.mo)
    const id = uuid()
    await bulk(desk.mo, id, { action: 'approve', cases: cases.slice(0, 50) })
    await bulk(desk.mo, id, { action: 'approve', cases: cases.slice(50) })
    await desk.report(chris, one)
    await desk.reject(desk.pia, await desk.caseOf(desk.pia, one), 'abuse')
    const first = await undo(desk.mo, id)
    expect(first.next).not.toBeNull()
    const rest = await undo(desk.mo, id, first.next ?? '')
    expect(rest.next).toBeNull()
    expect(first.reversed.length + rest.reversed.length).toBe(51)
    expect([...first.kept, ...rest.kept]).toHaveLength(1)
    await bulk(desk.mo, uuid(), spam((await select(desk.mo)).cases.slice(0, 50)))
    await bulk(desk.mo, uuid(), spam((await select(desk.mo)).cases))
  })

  test('are undone by nobody else', async () => {
    await heldBy(desk.ada, 1)
    const { cases } = await select(desk.mo)
    const id = uuid()
    await bulk(desk.mo, id, spam(cases))
    const params = { site, bulk: id }
    await desk.pia.refused('POST /v1/sites/:site/bulks/:bulk/reversal', 404, { params })
    await desk.ada.refused('POST /v1/sites/:site/bulks/:bulk/reversal', 403, { params })
    const body = { action: 'approve' as const, cases }
    await desk.pia.refused('POST /v1/sites/:site/bulks/:bulk/decisions', 409, { params, body })
    const otto = await desk.stage.as('otto@other.example')
    await otto.refused('POST /v1/sites/:site/bulks/:bulk/decisions', 403, { params, body })
    const elsewhere = await otto.ok('POST /v1/sites/:site/bulks/:bulk/decisions', {
      params: { site: 'other', bulk: uuid() },
      body,
    })
    expect(elsewhere).toEqual({ decided: [], changed: ids(cases), refused: [] })
  })
})

describe('a filter', () => {
  test('gives what all of it is true of, and counts it', async () => {
    await heldBy(desk.ada, 1)
    const shown = await desk.say(desk.bela, 'Nonsense.')
    await desk.report(chris, shown.id)
    const { article } = desk.stage
    const found = async (query: Wanted) => {
      const page = await desk.mo.ok('GET /v1/sites/:site/cases', { params: { site }, query })
      expect(page.open).toBe(page.cases.length)
      expect(ids((await select(desk.mo, query)).cases)).toEqual(page.cases.map(({ id }) => id))
      return page.cases.map(({ comment }) => comment.author.name)
    }
    expect(await found({ signal: 'word_list' })).toEqual(['Ada'])
    expect(await found({ signal: 'word_list', queue: 'reported' })).toEqual([])
    expect(await found({ queue: 'reported' })).toEqual(['Bela'])
    expect(await found({ article })).toHaveLength(2)
    expect(await found({ article: uuid() })).toEqual([])
    expect(await found({ standing: 'rejected' })).toEqual(expect.arrayContaining(['Ada']))
    expect(await found({ standing: 'new', queue: 'held' })).toEqual([])
    expect(await found({ waiting: 1 })).toEqual([])
    await desk.stage.db
      .updateTable('moderation_case')
      .set({ opened_at: new Date(Date.now() - 2 * 3_600_000) })
      .where('comment_id', '=', shown.id)
      .execute()
    expect(await found({ waiting: 1 })).toEqual(['Bela'])
    const author = (await desk.caseOf(desk.mo, shown.id)).comment.author.id
    expect(await found({ author })).toEqual(['Bela'])
    await bulk(desk.mo, uuid(), { action: 'approve', cases: (await select(desk.mo)).cases })
  })

  test('by section and language looks at the address and at the comment', async () => {
    const { db, article, thread } = desk.stage
    await db
      .updateTable('article')
      .set({ url: 'https://news.example/politics/city/one?x=/sport/' })
      .where('id', '=', article)
      .execute()
    await desk.ada.ok('POST /v1/sites/:site/threads/:thread/comments', {
      params: { site, thread },
      body: { body: 'So ein crook.', language: 'de-AT' },
    })
    const count = async (query: Wanted) => (await select(desk.mo, query)).cases.length
    expect(await count({ section: '/politics/' })).toBe(1)
    expect(await count({ section: '/pol_tics/' })).toBe(0)
    expect(await count({ section: '/sport/' })).toBe(0)
    expect(await count({ language: 'DE' })).toBe(1)
    expect(await count({ language: 'en' })).toBe(0)
    await bulk(desk.mo, uuid(), { action: 'approve', cases: (await select(desk.mo)).cases })
  })

  test('is kept for all who moderate the site, by name, and for nobody else', async () => {
    const save = (who: Caller, name: string, signal: 'links' | 'rate') =>
      who.ok('POST /v1/sites/:site/filters', {
        params: { site },
        body: { name, queue: 'held', filter: { signal } },
      })
    const kept = async (who: Caller) =>
      (await who.ok('GET /v1/sites/:site/filters', { params: { site } })).filters
    await save(desk.mo, 'Links', 'links')
    const again = await save(desk.pia, ' links ', 'rate')
    expect(await kept(desk.mo)).toEqual([
      { id: again.id, name: 'links', queue: 'held', filter: { signal: 'rate' } },
    ])
    await desk.ada.refused('GET /v1/sites/:site/filters', 403, { params: { site } })
    const body = { name: 'Nothing', queue: 'all' as const, filter: {} }
    await desk.mo.refused('POST /v1/sites/:site/filters', 400, { params: { site }, body })
    const otto = await desk.stage.as('otto@other.example')
    const params = { site: 'other', filter: again.id }
    await otto.refused('DELETE /v1/sites/:site/filters/:filter', 404, { params })
    await desk.mo.ok('DELETE /v1/sites/:site/filters/:filter', { params: { site, filter: again.id } })
    expect(await kept(desk.mo)).toEqual([])
  })

  test('is kept thirty times at the most', async () => {
    const save = (name: string) =>
      desk.mo.request('POST /v1/sites/:site/filters', {
        params: { site },
        body: { name, queue: 'held', filter: {} },
      })
    const answers = await Promise.all(Array.from({ length: 31 }, (_, n) => save(`Filter ${n}`)))
    expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(30)
    expect(answers.filter(({ statusCode }) => statusCode === 409)).toHaveLength(1)
  })
})

describe('a sample', () => {
  test('of what appears without a look waits behind the rest; a report takes it out of the sample', async () => {
    await setRules({ sample: 100 })
    const comment = await desk.say(desk.ada, 'Good point, well made, and nothing else to say about it.')
    expect(comment.state).toBe('live')
    const one = await desk.caseOf(desk.mo, comment.id)
    expect(one).toMatchObject({ cause: 'sampled', weights: [{ cause: 'sampled', minutes: -1440 }] })
    expect(Date.parse(one.dueAt) - Date.parse(one.openedAt)).toBe(1440 * 60_000)
    expect((await select(desk.mo, { queue: 'sampled' })).cases).toHaveLength(1)
    await desk.report(chris, comment.id)
    const reported = await desk.caseOf(desk.mo, comment.id)
    expect(reported.cause).toBe('reported')
    expect(Date.parse(reported.dueAt)).toBeLessThan(Date.parse(reported.openedAt))
    await desk.approve(desk.mo, reported)
    expect(await desk.seen(comment.id)).toMatchObject({ state: 'live' })
  })

  test('takes no more than two hundred that nobody has looked at', async () => {
    await setRules({ sample: 100 })
    const { db, demo } = desk.stage
    const some = await desk.say(desk.bela, 'One more that appears at once.')
    const one = await desk.caseOf(desk.mo, some.id)
    expect(one.cause).toBe('sampled')
    const open = () =>
      db
        .selectFrom('moderation_case')
        .select('id')
        .where('site_id', '=', demo.id)
        .where('cause', '=', 'sampled')
        .where('status', '=', 'open')
        .execute()
    for (let n = (await open()).length; n < 203; n++) await desk.say(desk.bela, `Comment ${n} of a long day.`)
    expect(await open()).toHaveLength(200)
  })
})

async function setRules(changes: object): Promise<void> {
  const { version, rules } = await desk.pia.ok('GET /v1/sites/:site/rules', { params: { site } })
  await desk.pia.ok('PUT /v1/sites/:site/rules', {
    params: { site },
    body: { version, rules: { ...rules, ...changes } },
  })
}
