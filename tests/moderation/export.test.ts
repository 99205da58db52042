import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk, type Desk } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.stage.close())

const name = 'GET /v1/sites/:site/cases/:case/export'
const of = (id: string) => ({ params: { site: 'demo', case: id } })

test('a case is given with its texts, its reports, its decisions, and the audit rows that say so', async () => {
  const said = await desk.say(desk.ada, 'As it was first.')
  await desk.report(desk.bela, said.id)
  const about = await desk.caseOf(desk.mo, said.id)
  await desk.edit(desk.ada, said, 'As it is *now*.')
  const { decision } = await desk.reject(desk.mo, await desk.caseOf(desk.mo, said.id), 'abuse')
  await desk.undo(desk.mo, decision.id)

  const answer = await desk.mo.request(name, of(about.id))
  expect(answer.headers['content-disposition']).toBe(`attachment; filename="case-${about.id}.json"`)
  const given = await desk.mo.ok(name, of(about.id))
  expect(given.comment.revisions).toMatchObject([
    { number: 1, state: 'LIVE', text: 'As it was first.' },
    { number: 2, state: 'LIVE', text: 'As it is *now*.' },
  ])
  expect(given).toMatchObject({
    case: { id: about.id, cause: 'reported', status: 'open' },
    comment: { id: said.id, author: { name: 'Ada' } },
    reports: [{ revision: 1, category: 'abuse', by: { name: 'Bela' } }],
    decisions: [
      { id: decision.id, revision: 2, action: 'reject', reason: 'abuse', by: { name: 'Mo' }, reverses: null },
      { action: 'reverse', reverses: decision.id },
    ],
    truncated: false,
  })
  expect(given.audit.map(({ action }) => action)).toEqual(['reject', 'reverse'])
  // Whoever has it can count each row's hash again.
  for (const { previousHash, number, at, actorId, action, subject, hash } of given.audit) {
    const facts = Object.entries(subject).sort(([a], [b]) => (a < b ? -1 : 1))
    const row = JSON.stringify([previousHash, given.site.id, number, at, actorId, action, facts])
    expect(createHash('sha256').update(row).digest('hex')).toBe(hash)
  }
})

test('it is for moderators of the site', async () => {
  const { id } = await desk.held()
  await desk.ada.refused(name, 403, of(id))
  const otto = await desk.stage.as('otto@other.example')
  await otto.refused(name, 403, of(id))
  await otto.refused(name, 404, { params: { site: 'other', case: id } })
})
