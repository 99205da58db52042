import { sql } from 'kysely'
import { parseHTML } from 'linkedom'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lastMonths } from '../../core/moderation/months.ts'
import { Caller } from './caller.ts'
import { openDesk, type Desk } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.stage.close())

const name = 'GET /v1/sites/:site/transparency'
const dayAt = (days: number) => new Date(Date.now() + days * 24 * 3600_000).toISOString().slice(0, 10)
const of = (from: string, to: string) => ({ params: { site: 'demo' }, query: { from, to } })
const around = of(dayAt(-1), dayAt(2))
const [, month] = lastMonths(new Date(), 'en')
const lastMonth = of(month?.from ?? '', month?.to ?? '')

test('counts what was reported, held, decided, undone and imposed, and when', async () => {
  const empty = await desk.pia.ok(name, around)
  expect(empty.notices).toEqual({ total: 0, byCategory: [], cases: 0, casesDecided: 0, medianMinutes: null })

  const one = await desk.say(desk.ada, 'Reported twice.')
  await desk.report(desk.bela, one.id)
  await desk.report(desk.mo, one.id)
  const { decision } = await desk.reject(desk.mo, await desk.caseOf(desk.mo, one.id), 'abuse')
  await desk.undo(desk.mo, decision.id)
  await desk.reject(desk.mo, await desk.caseOf(desk.mo, one.id), 'abuse')
  await desk.approve(desk.mo, await desk.held())
  const about = await desk.held()
  await desk.mo.ok('POST /v1/sites/:site/cases/:case/decisions', {
    params: { site: 'demo', case: about.id },
    body: { action: 'ban', reason: 'spam', revision: about.comment.revision, version: about.version },
  })
  // An hour from the report, two and four from the holds.
  for (const [cause, hours] of [
    ['reported', 1],
    ['held', 2],
  ] as const)
    await sql`update moderation_case set opened_at = closed_at - ${hours} * interval '1 hour' where cause = ${cause}`.execute(
      desk.stage.db,
    )
  await sql`update moderation_case set opened_at = closed_at - interval '4 hours' where id = ${about.id}`.execute(
    desk.stage.db,
  )

  const report = await desk.pia.ok(name, around)
  expect(report).toEqual({
    ...around.query,
    notices: {
      total: 2,
      byCategory: [{ category: 'abuse', count: 2 }],
      cases: 1,
      casesDecided: 1,
      medianMinutes: 60,
    },
    ownInitiative: {
      cases: 2,
      casesDecided: 2,
      medianMinutes: 180,
      bySignal: [{ signal: 'word_list', count: 2 }],
    },
    decisions: {
      total: 5,
      automated: 0,
      undone: 1,
      byAction: [
        { action: 'approve', count: 1, undone: 0 },
        { action: 'ban', count: 1, undone: 0 },
        { action: 'reject', count: 2, undone: 1 },
        { action: 'reverse', count: 1, undone: 0 },
      ],
      restrictionsByReason: [
        { reason: 'spam', count: 1, undone: 0 },
        { reason: 'abuse', count: 2, undone: 1 },
      ],
    },
    suspensions: [{ kind: 'ban', count: 1, lifted: 0 }],
    complaints: { received: 0, upheld: 0, dismissed: 0, open: 0, medianHours: null },
    disputes: null,
  })

  const csv = await desk.pia.request('GET /v1/sites/:site/transparency.csv', around)
  expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8')
  const lines = csv.body.split('\r\n')
  expect(lines[0]).toBe('section,measure,kind,value')
  expect(lines).toContain('notices,count,abuse,2')
  expect(lines).toContain('ownInitiative,medianMinutes,,180')
  expect(lines).toContain('restrictions,count,abuse,2')
  expect(lines.every((line) => line === '' || line.split(',').length === 4)).toBe(true)

  // What was before and after is of other reports.
  for (const span of [of(dayAt(-9), dayAt(-1)), of(dayAt(2), dayAt(9))])
    expect((await desk.pia.ok(name, span)).decisions.total).toBe(0)
})

test.each([
  ['2026-02-01', '2026-02-01', 'to'],
  ['2026-02-01', '2026-01-01', 'to'],
  ['2025-01-01', '2026-02-01', 'to'],
  ['2026-02-31', '2026-04-01', 'from'],
  ['yesterday', '2026-04-01', 'from'],
])('takes days, a year of them at the most: %s to %s', async (from, to, field) => {
  const problem = await desk.pia.refused(name, 400, of(from, to))
  expect(problem.errors?.[0]?.field).toBe(field)
})

test('counts appeals by what became of them, and how long their answers took', async () => {
  const before = (await desk.pia.ok(name, around)).complaints
  await desk.stage.db.updateTable('sanction').set({ lifted_at: new Date() }).execute()
  const appealed = async () => {
    const about = await desk.held()
    await desk.reject(desk.mo, about, 'spam')
    await desk.ada.ok('POST /v1/sites/:site/comments/:comment/appeal', {
      params: { site: 'demo', comment: about.comment.id },
      body: { text: 'Please look again.' },
    })
    return await desk.caseOf(desk.pia, about.comment.id)
  }
  for (const action of ['uphold_appeal', 'dismiss_appeal'] as const) {
    const one = await appealed()
    await desk.pia.ok('POST /v1/sites/:site/cases/:case/decisions', {
      params: { site: 'demo', case: one.id },
      body: { action, answer: 'We looked.', revision: one.comment.revision, version: one.version },
    })
    const hours = action === 'uphold_appeal' ? 2 : 7
    await sql`
      update appeal set created_at = decided_at - ${hours} * interval '1 hour' where case_id = ${one.id}
    `.execute(desk.stage.db)
  }
  await appealed()
  expect(before.received).toBe(0)
  expect((await desk.pia.ok(name, around)).complaints).toEqual({
    received: 3,
    upheld: 1,
    dismissed: 1,
    open: 1,
    medianHours: 4.5,
  })
  const { body } = await desk.pia.request('GET /v1/sites/:site/transparency.csv', around)
  const lines = body.split('\r\n')
  for (const line of ['received,,3', 'upheld,,1', 'dismissed,,1', 'open,,1', 'medianHours,,4.5'])
    expect(lines).toContain(`complaints,${line}`)
})

const refusedOf = async (who: Caller) => {
  for (const one of [name, 'GET /v1/sites/:site/transparency.csv'] as const)
    await who.refused(one, 404, lastMonth)
  await who.refused(name, 404, around)
}

test('is for those who lead, of this site, on Postil’s own pages', async () => {
  const otto = await desk.stage.as('otto@other.example')
  const nobody = new Caller(desk.stage.app)
  for (const who of [desk.ada, desk.mo, otto, nobody]) await refusedOf(who)
  // At the publisher's page, whoever leads is a reader like others.
  const embed = new Caller(desk.stage.app, {
    'postil-demo': await desk.stage.session('pia@demo.example', desk.stage.demo),
  })
  await refusedOf(embed)
  await otto.refused(name, 404, { ...around, params: { site: 'other' } })
})

describe('a site that shows its numbers', () => {
  const publication = 'PUT /v1/sites/:site/transparency/publication'
  const show = (isPublic: boolean) =>
    desk.pia.ok(publication, { params: { site: 'demo' }, body: { isPublic } })
  const audited = async () => {
    const rows = await desk.stage.db
      .selectFrom('audit')
      .innerJoin('account', 'account.id', 'audit.actor_id')
      .select(['audit.action', 'account.name'])
      .where('audit.action', 'in', ['show numbers', 'hide numbers'])
      .orderBy('audit.number')
      .execute()
    return rows.map((row) => `${row.name}: ${row.action}`)
  }

  test('is made one by those who lead, in the record, and no longer one in the same way', async () => {
    const nobody = new Caller(desk.stage.app)
    const body = { params: { site: 'demo' }, body: { isPublic: true } }
    for (const who of [desk.ada, desk.mo, await desk.stage.as('otto@other.example')])
      await who.refused(publication, 403, body)
    await nobody.refused(publication, 401, body)
    const state = async () =>
      (await desk.pia.ok('GET /v1/sites/:site/transparency/publication', { params: { site: 'demo' } }))
        .isPublic
    expect(await state(), 'off by default').toBe(false)

    await show(true)
    await show(true)
    expect(await state()).toBe(true)
    const read = await nobody.request(name, lastMonth)
    expect(read.headers).toMatchObject({ 'cache-control': 'public, max-age=3600' })
    expect(read.headers.vary).toMatch(/\bCookie\b/)
    expect(read.json()).toEqual(await desk.pia.ok(name, lastMonth))
    expect((await nobody.request('GET /v1/sites/:site/transparency.csv', lastMonth)).body).toMatch(
      /^section,/,
    )
    expect((await desk.pia.request(name, lastMonth)).headers['cache-control']).toBe('private, no-store')

    await show(false)
    expect(await state()).toBe(false)
    await refusedOf(nobody)
    expect(await audited()).toEqual(['Pia: show numbers', 'Pia: hide numbers'])
    await desk.expectWhole()
  })

  test('shows whole months that are over, and nothing by which days could be told apart', async () => {
    await show(true)
    const nobody = new Caller(desk.stage.app)
    const now = new Date()
    const first = (month: number) =>
      new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + month, 1)).toISOString().slice(0, 10)
    await nobody.ok(name, of(first(-3), first(0)))
    for (const [from, to] of [
      [first(0), first(1)],
      [first(-1), first(1)],
      [first(-1), dayAt(0).endsWith('-01') ? dayAt(1) : dayAt(0)],
      [first(-1).replace(/01$/, '02'), first(0)],
    ] as const)
      await nobody.refused(name, 400, of(from, to))
    // A year at the most, as for those who lead.
    await nobody.refused(name, 400, of(first(-14), first(0)))
    await show(false)
  })

  test('has a page for everybody, in the reader’s language, as long as it shows them', async () => {
    const page = async (path: string, language = 'en') => {
      const answer = await desk.stage.app.inject({
        url: `/transparency/${path}`,
        headers: { accept: 'text/html', 'accept-language': language },
      })
      return { status: answer.statusCode, body: answer.body, headers: answer.headers }
    }
    expect((await page('demo')).status).toBe(404)
    await show(true)
    const shown = await page('demo')
    expect(shown).toMatchObject({ status: 200, headers: { 'cache-control': 'public, max-age=3600' } })
    expect(shown.headers.vary).toContain('Accept-Language')
    expect(shown.body).toContain('Appeals by authors')
    expect(shown.body).toContain(`?month=${lastMonth.query.from.slice(0, 7)}" aria-current="page"`)
    const { document } = parseHTML(shown.body)
    expect(document.querySelector('a[download]')?.getAttribute('href')).toBe(
      `/v1/sites/demo/transparency.csv?from=${lastMonth.query.from}&to=${lastMonth.query.to}`,
    )
    expect((await page('demo', 'ar')).body).toContain('<html lang="ar" dir="rtl">')
    expect((await page(`demo?month=${dayAt(0).slice(0, 7)}`)).status, 'a month that is not over').toBe(404)
    for (const wrong of ['demo?month=1', 'demo?month=2020-01&month=2020-02', 'nowhere', 'other', 'a%00b'])
      expect((await page(wrong)).status, wrong).toBe(404)
    await show(false)
    expect((await page('demo')).status).toBe(404)
  })
})
