import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { CommentView } from '../../core/contract/threads.ts'
import type { Actor } from '../../server/people/index.ts'
import { restore, withdraw } from '../../server/threads/withdrawal.ts'
import { problemOf, type Caller } from './caller.ts'
import { openDesk, type Desk } from './desk.ts'

let desk: Desk
let author: Actor
beforeAll(async () => {
  desk = await openDesk()
  const row = await desk.stage.db
    .selectFrom('account')
    .select(['id', 'name'])
    .where('email', '=', 'ada@demo.example')
    .executeTakeFirstOrThrow()
  author = { ...row, role: 'reader', sections: null }
})
afterAll(() => desk.stage.close())
afterEach(() => desk.expectWhole())

const name = 'DELETE /v1/sites/:site/comments/:comment/withdrawal'
const of = (comment: { id: string }) => ({ params: { site: 'demo', comment: comment.id } })
const gone = (who: Caller, comment: { id: string }) =>
  who.ok('POST /v1/sites/:site/comments/:comment/withdrawal', of(comment))

describe('a withdrawal that its author undoes', () => {
  test('brings the comment back as it was, with what answers it, and tells the log', async () => {
    const first = await desk.say(desk.ada, 'Rash.')
    const comment = await desk.edit(desk.ada, first, 'Not so rash.')
    const reply = await desk.say(desk.bela, 'Is it?', comment.id)
    const before = [await desk.seen(comment.id), await desk.seen(reply.id)]
    await gone(desk.ada, comment)
    expect(await desk.seen(comment.id)).toMatchObject({ state: 'withdrawn', body: null })
    expect(await desk.ada.ok(name, of(comment))).toEqual(comment)
    expect([await desk.seen(comment.id), await desk.seen(reply.id)]).toEqual(before)
    expect(await desk.events(comment.id)).toEqual(['posted', 'edited', 'state', 'state'])
    const last = await desk.stage.db
      .selectFrom('audit')
      .select(['action', 'actor_id', 'subject'])
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    expect(last).toEqual({
      action: 'restore',
      actor_id: author.id,
      subject: { comment: comment.id, revision: 2 },
    })
  })

  test('is offered to the author, and to nobody else, until it is too late', async () => {
    const comment = await desk.say(desk.ada, 'Once more.')
    const start = Date.now()
    await gone(desk.ada, comment)
    const until = Date.parse((await desk.seen(comment.id, desk.ada))?.can.restore ?? '')
    expect(until - start).toBeGreaterThanOrEqual(600_000)
    expect(until - Date.now()).toBeLessThanOrEqual(600_000)
    for (const who of [desk.bela, desk.mo]) expect(await desk.seen(comment.id, who)).toBeNull()
  })

  test('can be withdrawn again, and brought back again', async () => {
    const comment = await desk.say(desk.ada, 'To and fro.')
    for (let turn = 0; turn < 3; turn += 1) {
      await gone(desk.ada, comment)
      await desk.ada.ok(name, of(comment))
    }
    expect(await desk.seen(comment.id)).not.toBeNull()
  })

  test('of a held comment has it wait again, in the same case', async () => {
    const about = await desk.held()
    await gone(desk.ada, about.comment)
    expect(await desk.seen(about.comment.id, desk.ada)).toMatchObject({ state: 'withdrawn', own: null })
    expect(await desk.ada.ok(name, of(about.comment))).toMatchObject({ state: 'held' })
    const now = await desk.caseOf(desk.mo, about.comment.id)
    expect(now).toMatchObject({ id: about.id, status: 'open', version: about.version + 2 })
    // What a moderator had before them meanwhile is stale.
    problemOf(await desk.decide(desk.mo, about), 409)
    await desk.approve(desk.mo, now)
    expect(await desk.seen(about.comment.id)).toMatchObject({ state: 'live' })
  })

  test('of a held edit shows again what readers saw', async () => {
    const first = await desk.say(desk.ada, 'Fine.')
    await desk.edit(desk.ada, first, 'What a crook.')
    await gone(desk.ada, first)
    expect(await desk.seen(first.id)).toBeNull()
    await desk.ada.ok(name, of(first))
    expect(await desk.seen(first.id)).toMatchObject({ revision: 1 })
    expect(await desk.seen(first.id, desk.ada)).toMatchObject({ revision: 2, state: 'held' })
  })

  test('of a reported comment puts the reports before the moderators again', async () => {
    const comment = await desk.say(desk.ada, 'Debatable.')
    await desk.report(desk.bela, comment.id)
    const before = await desk.caseOf(desk.mo, comment.id)
    await gone(desk.ada, comment)
    await desk.ada.ok(name, of(comment))
    expect((await desk.caseOf(desk.mo, comment.id)).reports).toEqual(before.reports)
  })
})

describe('what a moderator decided stands', () => {
  test('an approval on a page that its author did not know of', async () => {
    const about = await desk.held()
    await desk.approve(desk.mo, about)
    await gone(desk.ada, about.comment)
    await desk.ada.ok(name, of(about.comment))
    expect(await stateOf(about.comment)).toBe('APPROVED')
  })

  test('a rejection: withdrawing and coming back does not get around it', async () => {
    const about = await desk.held()
    await desk.reject(desk.mo, about, 'abuse')
    await gone(desk.ada, about.comment)
    expect(await desk.ada.ok(name, of(about.comment))).toMatchObject({
      state: 'rejected',
      own: { reason: 'abuse' },
    })
    expect(await desk.seen(about.comment.id)).toBeNull()
  })

  test('at the same moment as the way back, one after the other', async () => {
    const about = await desk.held()
    await gone(desk.ada, about.comment)
    const [, decided] = await Promise.all([
      desk.ada.ok(name, of(about.comment)),
      desk.decide(desk.mo, { ...about, version: about.version + 2 }, 'abuse'),
    ])
    expect([201, 409]).toContain(decided.statusCode)
    expect(await stateOf(about.comment)).toBe(decided.statusCode === 201 ? 'REJECTED' : 'HELD')
  })
})

describe('a withdrawal stays', () => {
  const minutes = (count: number) => new Date(Date.UTC(2030, 0, 1, 12, count))
  const back = (comment: CommentView, now: Date) =>
    restore(desk.stage.db, desk.stage.demo, author, comment.id, now)

  test('after ten minutes', async () => {
    const comment = await desk.say(desk.ada, 'Slowly.')
    await withdraw(desk.stage.db, desk.stage.demo, author, comment.id, minutes(0))
    await expect(back(comment, minutes(10))).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('ten minutes') as string,
    })
    expect(await stateOf(comment)).toBe('WITHDRAWN')
    await back(comment, new Date(minutes(10).getTime() - 1))
    expect(await stateOf(comment)).toBe('LIVE')
  })

  test('where the text was erased meanwhile', async () => {
    const comment = await desk.say(desk.ada, 'Erase me.')
    await gone(desk.ada, comment)
    await desk.stage.db
      .updateTable('comment_revision')
      .set({ state: 'ERASED', source: null, body: null })
      .where('comment_id', '=', comment.id)
      .execute()
    expect((await desk.ada.refused(name, 409, of(comment))).detail).toContain('erased')
  })

  test('where there is none', async () => {
    const comment = await desk.say(desk.ada, 'Here.')
    expect((await desk.ada.refused(name, 409, of(comment))).detail).toContain('not withdrawn')
  })

  test('for anybody but its author, and on another site', async () => {
    const comment = await desk.say(desk.ada, 'Mine.')
    await gone(desk.ada, comment)
    for (const who of [desk.bela, desk.mo, desk.pia])
      expect((await who.refused(name, 403, of(comment))).type).toBe('/problems/not-allowed')
    const otto = await desk.stage.as('otto@other.example')
    await otto.refused(name, 404, { params: { site: 'other', comment: comment.id } })
    expect(await stateOf(comment)).toBe('WITHDRAWN')
  })
})

async function stateOf(comment: { id: string }): Promise<string> {
  const { state } = await desk.stage.db
    .selectFrom('comment_revision')
    .select('state')
    .where('comment_id', '=', comment.id)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return state
}
