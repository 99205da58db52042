import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildApp } from '../../server/app.ts'
import { forgetGuests } from '../../server/guests/index.ts'
import { isLike } from '../../server/guests/likeness.ts'
import { sessions, setRole } from '../../server/people/index.ts'
import { requestErasure } from '../../server/privacy/index.ts'
import { Caller, origin, problemOf } from '../moderation/caller.ts'
import { openDesk, type Desk } from '../moderation/desk.ts'
import { publisher } from '../moderation/stage.ts'
import { ask, beGuest, takeGuests } from './stage.ts'

let desk: Desk
let signals: { stop(): Promise<void> }
const params = { site: 'demo' }
beforeAll(async () => {
  desk = await openDesk()
  // So that the server knows at once what the command line has changed.
  signals = await desk.stage.app.live.join(desk.stage.databaseUrl, null)
})
afterAll(async () => {
  await signals.stop()
  await desk.stage.close()
})

test('a site takes none at first', async () => {
  const problem = problemOf(await ask(desk.stage, 'Zoë'), 403)
  expect(problem).toMatchObject({ type: '/problems/not-allowed' })
  expect(await new Caller(desk.stage.app).ok('GET /v1/sites/:site/sign-in', { params })).toEqual({
    provider: null,
    guests: false,
  })
})

describe('where a site takes guests', () => {
  beforeEach(() => takeGuests(desk.stage, true))

  test('one has a name there, in the embed of this site, and nowhere else', async () => {
    const { guest, id } = await beGuest(desk.stage, 'Zoë')
    expect(await guest.ok('GET /v1/sites/:site/session', { params })).toEqual({
      viewer: { id, name: 'Zoë', role: 'guest' },
    })
    guest.cookies['postil-other'] = guest.cookies['postil-demo'] ?? ''
    guest.cookies['postil'] = guest.cookies['postil-demo'] ?? ''
    expect(await guest.ok('GET /v1/sites/:site/session', { params: { site: 'other' } })).toEqual({
      viewer: null,
    })
    expect(await guest.ok('GET /v1/session')).toEqual({ account: null })
  })

  test('what they write is held whatever the rules, and nobody else sees it until a moderator has', async () => {
    const { guest } = await beGuest(desk.stage, 'Yuki')
    const { guest: other } = await beGuest(desk.stage, 'Yann')
    const comment = await desk.say(guest, 'Nothing that any rule has to do with.')
    expect(comment).toMatchObject({
      state: 'held',
      author: { name: 'Yuki', guest: true },
      own: { heldFor: ['guest'] },
    })
    expect(await desk.seen(comment.id)).toBeNull()
    expect(await desk.seen(comment.id, other)).toBeNull()
    expect(await desk.seen(comment.id, guest)).toMatchObject({ state: 'held' })
    const waiting = await desk.caseOf(desk.mo, comment.id)
    expect(waiting).toMatchObject({
      signals: [{ kind: 'guest', detail: '' }],
      comment: { author: { name: 'Yuki', guest: true } },
    })
    await desk.approve(desk.mo, waiting)
    expect(await desk.seen(comment.id)).toMatchObject({ state: 'live', author: { guest: true } })
  })

  test('an edit is held too, also of what was approved, and so is the tenth comment', async () => {
    const { guest, id } = await beGuest(desk.stage, 'Xenia')
    const comment = await desk.say(guest, 'At first.')
    await desk.approve(desk.mo, await desk.caseOf(desk.mo, comment.id))
    const edited = await desk.edit(guest, comment, 'And then something else.')
    expect(edited).toMatchObject({ state: 'held', revision: 2, own: { heldFor: ['guest'] } })
    expect((await desk.seen(comment.id))?.revision).toBe(1)
    for (let nth = 2; nth < 10; nth += 1) {
      const one = await desk.say(guest, `Number ${nth}.`)
      await desk.approve(desk.mo, await desk.caseOf(desk.mo, one.id))
    }
    expect(await desk.say(guest, 'The tenth.')).toMatchObject({ state: 'held', author: { id } })
  })

  test('a thread of theirs is held, and they cannot put its passage elsewhere', async () => {
    const { guest } = await beGuest(desk.stage, 'Wim')
    const article = { ...params, article: desk.stage.article }
    const { thread, comment } = await guest.ok('POST /v1/sites/:site/articles/:article/threads', {
      params: article,
      body: { body: 'On the whole.', anchor: null },
    })
    expect(comment.state).toBe('held')
    const { threads } = await guest.ok('GET /v1/sites/:site/articles/:article/threads', { params: article })
    expect(threads.find(({ id }) => id === thread.id)).toMatchObject({ can: { reattach: false } })
  })

  test('they take back what they wrote, and report, for no more than a new account', async () => {
    const { guest, id } = await beGuest(desk.stage, 'Vera')
    const comment = await desk.say(guest, 'Better not.')
    await guest.ok('POST /v1/sites/:site/comments/:comment/withdrawal', {
      params: { ...params, comment: comment.id },
    })
    const record = { reports_upheld: 20, reports_dismissed: 0 }
    await desk.stage.db
      .insertInto('record')
      .values({ site_id: desk.stage.demo.id, account_id: id, approved: 0, rejected: 0, ...record })
      .execute()
    const [mine, theirs] = [await desk.say(desk.mo, 'Mine.'), await desk.say(desk.mo, 'Another.')]
    await desk.report(guest, mine.id)
    const { guest: newest } = await beGuest(desk.stage, 'Vito')
    await desk.report(newest, theirs.id)
    const [one, other] = [await desk.caseOf(desk.pia, mine.id), await desk.caseOf(desk.pia, theirs.id)]
    expect(one.weights).toEqual(other.weights)
    expect(one.weights.map(({ cause }) => cause)).toContain('reports')
  })

  test('their reactions do not count, and they get no mail', async () => {
    const { guest } = await beGuest(desk.stage, 'Ugo')
    const thread = { ...params, thread: desk.stage.thread }
    for (const kind of ['agree', 'typo'] as const) {
      const said = { params: thread, body: { kind } }
      const { detail } = await guest.refused('PUT /v1/sites/:site/threads/:thread/reaction', 403, said)
      expect(detail).toContain('Reactions of guests do not count')
    }
    const about = { kind: 'replies' } as const
    const wanted = { about, following: true, mail: 'now', language: 'en' } as const
    const problem = await guest.refused('PUT /v1/sites/:site/follows', 400, { params, body: wanted })
    expect(problem.errors?.[0]?.field).toBe('mail')
    await guest.ok('PUT /v1/sites/:site/follows', { params, body: { ...wanted, mail: 'off' } })
  })

  test.each(['moderator', 'publisher', 'reader'] as const)('they cannot be made a %s', async (role) => {
    const { id, guest } = await beGuest(desk.stage, 'Tess')
    for (const { id: site } of [desk.stage.demo, desk.stage.other])
      await expect(setRole(desk.stage.db, site, id, role)).rejects.toThrow('This is a guest')
    const standing = { role: 'moderator', sections: null, was: { role: 'reader', sections: null } } as const
    await desk.pia.refused('PUT /v1/sites/:site/members/:account', 409, {
      params: { ...params, account: id },
      body: standing,
    })
    await guest.refused('GET /v1/sites/:site/cases', 401, { params, origin })
    const { members } = await desk.pia.ok('GET /v1/sites/:site/members', { params, query: {} })
    expect(members.map((one) => one.id)).not.toContain(id)
  })

  test.each([
    ['Mo', 'as it is'],
    ['mo', 'in small letters'],
    ['  M o ', 'with spaces'],
    ['Мо', 'in Cyrillic'],
    ['Mо', 'with one Cyrillic letter'],
    ['Ｍｏ', 'in wide letters'],
    ['M\u200bo', 'with something that nobody sees'],
    ['Mó', 'with an accent'],
    ['M0', 'with a digit'],
    ['.Mo.', 'with signs'],
    ['PIa', 'as Pia, with a capital I'],
  ])('nobody takes the name of who works for the site: %s, %s', async (name) => {
    expect(problemOf(await ask(desk.stage, name), 400).errors).toEqual([
      { field: 'name', detail: 'is like the name of somebody who works for this site. Choose another' },
    ])
  })

  test('in a name, letters of ASCII are held against each other too', () => {
    for (const [name, other] of [
      ['OIu', 'Olu'],
      ['0lu', 'Olu'],
      ['rnoira', 'Moira'],
    ] as const)
      expect(isLike(name, other), name).toBe(true)
    expect(isLike('Pla', 'Pia')).toBe(false)
    expect(isLike('...', '!')).toBe(false)
  })

  test('others’ names may be the same, since a guest is told apart', async () => {
    await beGuest(desk.stage, 'Ada')
    await beGuest(desk.stage, 'Ada')
    await beGuest(desk.stage, 'Molly')
  })

  test('a name has something to see', async () => {
    for (const name of ['\u200b', '\u202e\u2066'])
      expect(problemOf(await ask(desk.stage, name), 400).errors?.[0]?.field).toBe('name')
    problemOf(await ask(desk.stage, ''), 400)
    problemOf(await ask(desk.stage, 'n'.repeat(81)), 400)
  })

  test('the code is for a page of the site, asked for on our own pages', async () => {
    for (const from of ['https://evil.example', 'https://other.example', 'null', ''])
      expect(problemOf(await ask(desk.stage, 'Zoë', from), 403).type).toBe('/problems/wrong-origin')
    const body = { name: 'Zoë', origin: publisher }
    await new Caller(desk.stage.app).refused('POST /v1/sites/:site/guests', 403, {
      params,
      body,
      origin: publisher,
    })
    problemOf(await ask(desk.stage, 'Zoë', publisher, 'nowhere'), 404)
  })

  test('later switched off, they write no more; what is there stays, and can be taken back', async () => {
    const { guest } = await beGuest(desk.stage, 'Sven')
    const [kept, back] = [await desk.say(guest, 'To stay.'), await desk.say(guest, 'To go.')]
    await desk.approve(desk.mo, await desk.caseOf(desk.mo, kept.id))
    await takeGuests(desk.stage, false)
    const thread = { ...params, thread: desk.stage.thread }
    const said = { params: thread, body: { body: 'One more.' } }
    const refused = await guest.refused('POST /v1/sites/:site/threads/:thread/comments', 403, said)
    expect(refused.detail).toContain('Guests are no longer taken')
    const change = { body: 'Changed.', revision: 1 }
    await guest.refused('PATCH /v1/sites/:site/comments/:comment', 403, {
      params: { ...params, comment: kept.id },
      body: change,
    })
    expect(await desk.seen(kept.id)).toMatchObject({ state: 'live', author: { name: 'Sven', guest: true } })
    await guest.ok('POST /v1/sites/:site/comments/:comment/withdrawal', {
      params: { ...params, comment: back.id },
    })
    problemOf(await ask(desk.stage, 'Late'), 403)
  })

  test('an operator erases one like everybody', async () => {
    const { guest, id } = await beGuest(desk.stage, 'Rosa')
    await desk.say(guest, 'Of Rosa.')
    await requestErasure(desk.stage.db, id, 'erase')
    expect(await guest.ok('GET /v1/sites/:site/session', { params })).toEqual({ viewer: null })
  })

  test('at night those are forgotten who left nothing and cannot come back', async () => {
    const { db } = desk.stage
    const [silent, present, writer] = [
      await beGuest(desk.stage, 'Silent'),
      await beGuest(desk.stage, 'Present'),
      await beGuest(desk.stage, 'Writer'),
    ]
    await desk.say(writer.guest, 'Something.')
    const today = await beGuest(desk.stage, 'Today')
    for (const { id } of [silent, writer, today]) await sessions(db).invalidateUserSessions(id)
    const ids = [silent, present, writer].map(({ id }) => id)
    const longAgo = new Date(Date.now() - 2 * 24 * 3600_000)
    await db.updateTable('account').set({ created_at: longAgo }).where('id', 'in', ids).execute()
    await forgetGuests(db)
    const names = await db
      .selectFrom('account')
      .select('name')
      .where('id', 'in', [...ids, today.id])
      .orderBy('id')
      .execute()
    expect(names.map(({ name }) => name)).toEqual(['Deleted reader', 'Present', 'Writer', 'Today'])
  })
})

test('from one address come so many in an hour, and what they write counts together', async () => {
  const app = await buildApp({ ...desk.stage.config, limitFactor: 1 }, desk.stage.db)
  await takeGuests(desk.stage, true)
  const stage = { ...desk.stage, app }
  const from = (address: string, name: string) =>
    app.inject({
      method: 'POST',
      url: '/v1/sites/demo/guests',
      headers: { host: 'localhost:4000', origin },
      remoteAddress: address,
      payload: { name, origin: publisher },
    })
  for (let nth = 0; nth < 10; nth += 1)
    expect((await from(`2001:db8:1:2::${nth}`, `Guest ${nth}`)).statusCode).toBe(201)
  expect((await from('2001:db8:1:2:ffff::1', 'Another')).statusCode).toBe(429)
  expect((await from('2001:db8:1:3::1', 'Neighbour')).statusCode).toBe(201)
  const [one, other] = [await beGuest(stage, 'One'), await beGuest(stage, 'Other')]
  const left = async ({ guest }: typeof one) =>
    Number(
      (await guest.request('GET /v1/sites/:site/sanctions', { params })).headers['x-ratelimit-remaining'],
    )
  const first = await left(one)
  expect(await left(other)).toBe(first - 1)
  await app.close()
})
