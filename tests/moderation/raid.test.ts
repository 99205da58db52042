import { v7 as uuid } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CaseView, QueueName } from '../../core/contract/moderation.ts'
import { importArticle, saveArticle } from '../../server/articles/index.ts'
import type { Caller } from './caller.ts'
import { openDesk, type Desk } from './desk.ts'

const site = 'demo'
const text = 'Buy the miracle cure that your doctor hides from you, today only, at half the price.'
let desk: Desk
let chris: Caller
/** A second article, where nobody has written yet. */
let elsewhere: string

beforeAll(async () => {
  desk = await openDesk()
  chris = await desk.stage.as('chris@demo.example')
  const { version, rules } = await desk.pia.ok('GET /v1/sites/:site/rules', { params: { site } })
  await desk.pia.ok('PUT /v1/sites/:site/rules', {
    params: { site },
    body: { version, rules: { ...rules, holdFirst: 0, duplicates: { copies: 1, hours: 24 } } },
  })
  const source = '# Two\n\nAnother article, about something else.'
  const article = importArticle({ format: 'markdown', source })
  elsewhere = (
    await saveArticle(desk.stage.db, desk.stage.demo, article, { url: 'https://news.example/two' })
  ).id
})
afterAll(() => desk.stage.close())
afterEach(() => desk.expectWhole())
// Each test has its own raid: nothing is left of the one before.
beforeEach(async () => {
  await desk.stage.db.updateTable('moderation_case').set({ status: 'decided' }).execute()
  await desk.stage.db.deleteFrom('sketch').execute()
})

const page = (
  who: Caller,
  query: { queue?: QueueName; raid?: number; limit?: number; cursor?: string } = {},
) => who.ok('GET /v1/sites/:site/cases', { params: { site }, query })
const select = (who: Caller, raid: number) =>
  who.ok('GET /v1/sites/:site/cases/selection', { params: { site }, query: { raid } })
const decide = (who: Caller, one: CaseView, action: 'approve' | 'hold' | 'escalate') =>
  who.ok('POST /v1/sites/:site/cases/:case/decisions', {
    params: { site, case: one.id },
    body: { action, revision: one.comment.revision, version: one.version },
  })

/** One comment that appears, and copies of it that are held: by three people, one of them in another article. */
async function raid(): Promise<{ first: string; copies: string[]; card: CaseView; name: number }> {
  const first = await desk.say(desk.bela, text)
  expect(first.state).toBe('live')
  const copies: string[] = []
  for (const [n, who] of [desk.ada, desk.bela, chris].entries())
    copies.push((await desk.say(who, `${text} Really${'!'.repeat(n)}`)).id)
  const { comment } = await desk.ada.ok('POST /v1/sites/:site/articles/:article/threads', {
    params: { site, article: elsewhere },
    body: { body: text, anchor: null },
  })
  copies.push(comment.id)
  const [card] = (await page(desk.mo)).cases
  if (!card?.raid) throw new Error('there is no raid')
  return { first: first.id, copies, card, name: card.raid.name }
}
const members = async (who: Caller, name: number) =>
  (await page(who, { raid: name })).cases.map(({ comment }) => comment.id)

describe('a raid', () => {
  test('is one card, which the most urgent stands for, and says how many by whom and where', async () => {
    const { copies, card, name } = await raid()
    const alone = await desk.say(desk.ada, 'What a crook.')
    const { cases, open, queues } = await page(desk.mo)
    expect(cases.map(({ comment }) => comment.id)).toEqual([alone.id, copies[0]])
    expect(card.raid).toMatchObject({ comments: 4, people: 3, articles: 2 })
    const [from = '', to = ''] = await Promise.all(
      [copies[0], copies[3]].map(async (id) => {
        const found = (await page(desk.mo, { raid: name })).cases.find(({ comment }) => comment.id === id)
        return found?.comment.createdAt
      }),
    )
    expect(card.raid).toMatchObject({ from, to })
    expect(cases[0]?.raid, 'nothing is like it').toBeNull()
    expect([open, queues.find(({ queue }) => queue === 'all')?.open]).toEqual([2, 2])
    expect((await page(desk.mo, { queue: 'held' })).open).toBe(2)
  })

  test('is listed one by one where it is asked for', async () => {
    const { copies, name } = await raid()
    const { cases, open } = await page(desk.mo, { raid: name })
    expect(cases.map(({ comment }) => comment.id)).toEqual(copies)
    expect(cases.every((one) => one.raid === null)).toBe(true)
    expect(open).toBe(4)
  })

  test('is decided at once, and is back with one undo', async () => {
    const { copies, card, name } = await raid()
    const { cases } = await select(desk.mo, name)
    const params = { site, bulk: uuid() }
    await desk.mo.ok('POST /v1/sites/:site/bulks/:bulk/decisions', {
      params,
      body: { action: 'reject', reason: 'spam', cases },
    })
    expect((await page(desk.mo)).cases).toEqual([])
    expect(await desk.seen(copies[0] ?? '', desk.ada)).toMatchObject({ state: 'rejected' })
    await desk.mo.ok('POST /v1/sites/:site/bulks/:bulk/reversal', { params })
    const again = await page(desk.mo)
    expect(again.cases.map(({ id, raid: one }) => [id, one])).toEqual([[card.id, card.raid]])
  })

  test('takes in what comes later: one more copy, and one that had appeared and is reported', async () => {
    const { first, card } = await raid()
    await desk.say(desk.ada, text)
    const [later] = (await page(desk.mo)).cases
    expect(later).toMatchObject({ id: card.id, version: card.version, raid: { comments: 5 } })
    await desk.report(chris, first)
    const { cases } = await page(desk.mo)
    expect(cases, 'readers see it, so it is the most urgent').toMatchObject([
      { comment: { id: first }, raid: { comments: 6 } },
    ])
  })

  test('loses what is edited, withdrawn or decided, and is none when one is left', async () => {
    const { copies, name } = await raid()
    const [one = '', two = '', three = '', four = ''] = copies
    const edited = await desk.seen(one, desk.ada)
    if (edited) await desk.edit(desk.ada, edited, 'What a crook, and nothing of a cure.')
    await desk.bela.ok('POST /v1/sites/:site/comments/:comment/withdrawal', {
      params: { site, comment: two },
    })
    expect(await members(desk.mo, name)).toEqual([three, four])
    const { cases } = await page(desk.mo)
    expect(cases.map(({ comment, raid: of }) => [comment.id, of?.comments])).toEqual([
      [one, undefined],
      [three, 2],
    ])
    await desk.approve(desk.mo, (await page(desk.mo, { raid: name })).cases[0] as CaseView)
    const left = (await page(desk.mo)).cases
    expect(left.map(({ comment, raid: of }) => [comment.id, of])).toEqual([
      [one, null],
      [four, null],
    ])
    expect(await desk.seen(three)).toMatchObject({ state: 'live' })
  })

  test('is not joined by a short edit of one of its comments, nor by what another site has', async () => {
    const { copies, name } = await raid()
    const comment = await desk.seen(copies[0] ?? '', desk.ada)
    if (comment) await desk.edit(desk.ada, comment, 'A crook.')
    expect(await members(desk.mo, name)).toEqual(copies.slice(1))
    const otto = await desk.stage.as('otto@other.example')
    const theirs = await otto.ok('GET /v1/sites/:site/cases', {
      params: { site: 'other' },
      query: { raid: name },
    })
    expect(theirs.cases).toEqual([])
    await otto.refused('GET /v1/sites/:site/cases', 403, { params: { site }, query: { raid: name } })
    await desk.ada.refused('GET /v1/sites/:site/cases', 403, { params: { site }, query: { raid: name } })
  })

  test('gives pages that neither skip nor double, whatever stands between its comments', async () => {
    const { copies, name } = await raid()
    const others: string[] = []
    for (let n = 0; n < 3; n++) {
      others.push((await desk.say(desk.bela, `Crook number ${n}.`)).id)
      await desk.say(chris, text)
    }
    const paged = (await desk.queue(desk.mo, 1)).map(({ comment }) => comment.id)
    expect(paged).toEqual([...others, copies[0]])
    expect(await members(desk.mo, name)).toHaveLength(7)
  })

  test('made in one moment is one all the same', async () => {
    const who = [desk.ada, desk.bela, chris]
    const said = await Promise.all(
      Array.from({ length: 9 }, (_, n) => desk.say(who[n % 3] ?? desk.ada, text)),
    )
    // Those that saw no other appeared; a report makes a case of them too.
    for (const { id, state } of said) if (state === 'live') await desk.report(desk.pia, id)
    expect((await page(desk.mo)).cases).toMatchObject([{ raid: { comments: 9, people: 3 } }])
  })
})

describe('a card of a raid is apart', () => {
  test('from what was left to those who lead, for all others', async () => {
    const { copies, name } = await raid()
    const [one] = (await page(desk.mo, { raid: name })).cases
    if (one) await decide(desk.mo, one, 'escalate')
    const cards = async (who: Caller) =>
      (await page(who)).cases.map(({ comment, can, raid: of }) => [comment.id, can.decide, of?.comments])
    expect(await cards(desk.mo)).toEqual([
      [copies[0], false, undefined],
      [copies[1], true, 3],
    ])
    expect(await cards(desk.pia)).toEqual([[copies[0], true, 4]])
    expect((await page(desk.mo)).open).toBe(2)
    expect((await page(desk.pia)).open).toBe(1)
  })

  test('from what its viewer has passed on', async () => {
    const { copies, name } = await raid()
    const [one] = (await page(desk.mo, { raid: name })).cases
    if (one) await decide(desk.mo, one, 'hold')
    expect((await page(desk.mo)).cases).toMatchObject([{ comment: { id: copies[1] }, raid: { comments: 3 } }])
    expect((await page(desk.pia)).cases).toMatchObject([
      { comment: { id: copies[0] }, raid: { comments: 4 } },
    ])
  })

  test('from an appeal, which wants an answer of its own', async () => {
    const { copies, name } = await raid()
    const [one] = (await page(desk.mo, { raid: name })).cases
    if (one) await desk.reject(desk.mo, one, 'spam')
    await desk.ada.ok('POST /v1/sites/:site/comments/:comment/appeal', {
      params: { site, comment: copies[0] ?? '' },
      body: { text: 'It does help.' },
    })
    const { cases } = await page(desk.pia)
    const of = cases.map(({ comment, raid: some }) => [comment.id, some?.comments])
    expect(of).toEqual(
      expect.arrayContaining([
        [copies[0], undefined],
        [copies[1], 3],
      ]),
    )
    expect((await select(desk.pia, name)).cases).toHaveLength(3)
  })

  test('and all of it is in the hands of whoever has one of it there', async () => {
    const { card, name } = await raid()
    await desk.pia.ok('PUT /v1/sites/:site/cases/:case/claim', { params: { site, case: card.id } })
    expect((await page(desk.mo)).cases[0]?.claim).toMatchObject({ by: 'Pia', mine: false })
    expect(await select(desk.mo, name)).toMatchObject({ cases: [], apart: { claimed: 4 } })
    expect((await select(desk.pia, name)).cases).toHaveLength(4)
  })
})
