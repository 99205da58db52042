import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CommentView } from '../../core/contract/threads.ts'
import { keptForAppeals } from '../../core/moderation/retention.ts'
import { noRules, activeRules, setRules } from '../../server/moderation/index.ts'
import { eraseExpired } from '../../server/privacy/index.ts'
import { openDesk, type Desk } from '../moderation/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.stage.close())

const expire = async () => await eraseExpired(desk.stage.db, desk.stage.demo.id, null)

/** Makes a comment, and all that was done about it, as much older. */
async function age(commentId: string, days: number): Promise<void> {
  const { db } = desk.stage
  const earlier = (column: string) => sql`${sql.ref(column)} - make_interval(days => ${days}::int)`
  await sql`
    update comment_revision set created_at = ${earlier('created_at')}, withdrawn_at = ${earlier('withdrawn_at')}
    where comment_id = ${commentId}
  `.execute(db)
  await sql`update decision set created_at = ${earlier('created_at')} where comment_id = ${commentId}`.execute(
    db,
  )
}

async function texts(commentId: string) {
  const rows = await desk.stage.db
    .selectFrom('comment_revision')
    .select(['state', 'source'])
    .where('comment_id', '=', commentId)
    .orderBy('number')
    .execute()
  return rows.map(({ state, source }) => [state, source])
}

async function withdrawn(body: string): Promise<CommentView> {
  const comment = await desk.say(desk.bela, body)
  await desk.bela.ok('POST /v1/sites/:site/comments/:comment/withdrawal', {
    params: { site: 'demo', comment: comment.id },
  })
  return comment
}

test('a withdrawn comment is erased after thirty days, and not before', async () => {
  const [old, young] = [await withdrawn('Old.'), await withdrawn('Young.')]
  await age(old.id, 31)
  await age(young.id, 29)
  const { articles, last } = await expire()
  expect({ articles, last }).toEqual({ articles: [desk.stage.article], last: null })
  expect(await texts(old.id)).toEqual([['ERASED', null]])
  expect(await texts(young.id)).toEqual([['WITHDRAWN', 'Young.']])
  expect((await expire()).articles).toEqual([])
  const row = await desk.stage.db
    .selectFrom('audit')
    .select(['actor_id', 'action', 'subject'])
    .orderBy('number', 'desc')
    .executeTakeFirstOrThrow()
  expect(row).toEqual({
    actor_id: null,
    action: 'erase',
    subject: { comment: old.id, revisions: '1', why: 'retention' },
  })
  await desk.expectWhole()
})

test('a rejected one, after the last decision about it and the time to appeal', async () => {
  const [old, young] = [await desk.held(), await desk.held()]
  for (const one of [old, young]) await desk.reject(desk.mo, one, 'abuse')
  await age(old.comment.id, 191)
  await age(young.comment.id, keptForAppeals)
  await expire()
  expect(await texts(old.comment.id)).toEqual([['ERASED', null]])
  expect(await texts(young.comment.id)).toEqual([['REJECTED', 'What a crook.']])
})

test('not while an appeal waits', async () => {
  const one = await desk.held()
  await desk.reject(desk.mo, one, 'abuse')
  await desk.ada.ok('POST /v1/sites/:site/comments/:comment/appeal', {
    params: { site: 'demo', comment: one.comment.id },
    body: { text: 'Please look again.' },
  })
  await age(one.comment.id, 1000)
  await expire()
  expect(await texts(one.comment.id)).toEqual([['REJECTED', 'What a crook.']])
})

test('a newer text stays, and readers go on seeing it', async () => {
  const one = await desk.held()
  await desk.reject(desk.mo, one, 'abuse')
  const edited = await desk.edit(desk.ada, { ...(await own(one.comment.id)) }, 'What a day.')
  await desk.approve(desk.mo, await desk.caseOf(desk.mo, edited.id))
  await age(edited.id, 1000)
  await expire()
  expect(await texts(edited.id)).toEqual([
    ['ERASED', null],
    ['APPROVED', 'What a day.'],
  ])
  expect(await desk.seen(edited.id)).toMatchObject({ state: 'live', revision: 2 })
  await desk.expectWhole()
})

async function own(commentId: string): Promise<CommentView> {
  const comment = await desk.seen(commentId, desk.ada)
  if (!comment) throw new Error('its author does not see it')
  return comment
}

test('a withdrawal that can be undone keeps its text, however old what it replaced is', async () => {
  const one = await desk.held()
  await desk.reject(desk.mo, one, 'abuse')
  await age(one.comment.id, 1000)
  await desk.edit(desk.ada, await own(one.comment.id), 'Another try.')
  const params = { site: 'demo', comment: one.comment.id }
  await desk.ada.ok('POST /v1/sites/:site/comments/:comment/withdrawal', { params })
  await expire()
  expect(await texts(one.comment.id)).toEqual([
    ['ERASED', null],
    ['WITHDRAWN', 'Another try.'],
  ])
  await desk.ada.ok('DELETE /v1/sites/:site/comments/:comment/withdrawal', { params })
  await desk.expectWhole()
})

test('where the site keeps texts for ever, none is erased', async () => {
  const { db, demo } = desk.stage
  const old = await withdrawn('For ever.')
  await age(old.id, 10_000)
  const { version } = await activeRules(db, demo.id)
  const rules = { ...noRules, retentionDays: { withdrawn: null, rejected: null } }
  await setRules(db, demo.id, null, { version, rules })
  await expire()
  expect(await texts(old.id)).toEqual([['WITHDRAWN', 'For ever.']])
})

test('rules that would take a text away before its author can appeal are refused', async () => {
  const { version } = await activeRules(desk.stage.db, desk.stage.demo.id)
  const retentionDays = { withdrawn: 1, rejected: keptForAppeals - 1 }
  const problem = await desk.pia.refused('PUT /v1/sites/:site/rules', 400, {
    params: { site: 'demo' },
    body: { version, rules: { ...noRules, retentionDays } },
  })
  expect(problem.errors?.map(({ field }) => field)).toContain('rules.retentionDays.rejected')
})
