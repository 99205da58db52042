import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
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
    complaints: null,
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

test('is for those who lead, of this site', async () => {
  for (const who of [desk.ada, desk.mo]) await who.refused(name, 403, around)
  const otto = await desk.stage.as('otto@other.example')
  await otto.refused(name, 403, around)
  await otto.refused(name, 403, { ...around, params: { site: 'other' } })
})
