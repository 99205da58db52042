import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Rules, RuleSet } from '../../core/contract/rules.ts'
import { createAccount, setRole } from '../../server/people/index.ts'
import { noRules } from '../../server/moderation/index.ts'
import { problemOf, type Caller } from './caller.ts'
import { openDesk, type Desk } from './desk.ts'
import { password } from './stage.ts'

const site = 'demo'
const params = { site }
const rulesRoute = 'PUT /v1/sites/:site/rules'
const newComment = 'POST /v1/sites/:site/threads/:thread/comments'

let desk: Desk
let lead: Caller
beforeAll(async () => {
  desk = await openDesk()
  const { db, demo } = desk.stage
  const id = await createAccount(db, { email: 'lea@demo.example', name: 'Lea', password })
  await setRole(db, demo.id, id, 'lead')
  lead = await desk.stage.as('lea@demo.example')
})
afterAll(() => desk.stage.close())

const read = () => lead.ok('GET /v1/sites/:site/rules', { params })

/** Switches rules on that ask for nothing but this. */
async function ask(rules: Partial<Rules>): Promise<RuleSet> {
  const { version } = await read()
  return await lead.ok(rulesRoute, {
    params,
    body: { version, rules: { ...noRules, holdFirst: 0, ...rules } },
  })
}

const attempt = (who: Caller, body: string, key?: string) =>
  who.request(newComment, {
    params: { site, thread: desk.stage.thread },
    body: { body },
    ...(key !== undefined && { headers: { 'idempotency-key': key } }),
  })

const article = (changes: object) => ({
  articles: [
    {
      article: desk.stage.article,
      sensitive: false,
      slowMode: 0,
      readOnly: false,
      schedules: [],
      closeAfterDays: null,
      ...changes,
    },
  ],
})

/** What a comment waits for, as its moderator has it. */
async function signalsOf(who: Caller, body: string) {
  const { id, state } = await desk.say(who, body)
  return state === 'held' ? (await desk.caseOf(desk.mo, id)).signals : []
}

describe('rules', () => {
  test('of the demo are those it was made with', async () => {
    expect(await read()).toMatchObject({
      version: 1,
      rules: { holdFirst: 1, words: ['crook', 'idiot', 'viagra'] },
      by: null,
    })
  })

  test('are seen and changed by those who lead, and by nobody below them', async () => {
    for (const who of [desk.ada, desk.mo, await desk.stage.as('otto@other.example')]) {
      await who.refused('GET /v1/sites/:site/rules', 403, { params })
      await who.refused(rulesRoute, 403, { params, body: { version: 1, rules: noRules } })
      await who.refused('GET /v1/sites/:site/rules/versions', 403, { params })
      await who.refused('POST /v1/sites/:site/rules/trial', 403, { params, body: { rules: noRules } })
    }
    expect((await read()).version).toBe(1)
  })

  test('hold from the next comment on, and each change is written into the record', async () => {
    expect((await desk.say(desk.ada, 'A scoundrel.')).state).toBe('live')
    const { version, by } = await ask({ words: ['scoundrel'] })
    expect(by).toBe('Lea')
    expect((await desk.say(desk.ada, 'A scoundrel.')).state).toBe('held')
    const row = await desk.stage.db
      .selectFrom('audit')
      .select('subject')
      .where('action', '=', 'rules')
      .orderBy('number', 'desc')
      .executeTakeFirstOrThrow()
    expect(row.subject).toEqual({ version })
    await desk.expectWhole()
  })

  test('are not overwritten by somebody who read older ones', async () => {
    const { version } = await ask({})
    const both = [1, 2].map((holdFirst) =>
      lead.request(rulesRoute, { params, body: { version, rules: { ...noRules, holdFirst } } }),
    )
    const statuses = (await Promise.all(both)).map(({ statusCode }) => statusCode)
    expect(statuses.sort()).toEqual([200, 409])
    await lead.refused(rulesRoute, 409, { params, body: { version, rules: noRules } })
    expect((await read()).version).toBe(version + 1)
  })

  test('are kept, so that one can go back to them', async () => {
    const before = await ask({ words: ['first'] })
    await ask({ words: ['first', 'second'] })
    const page = await lead.ok('GET /v1/sites/:site/rules/versions', { params, query: { limit: 2 } })
    expect(page.versions.map(({ words, by }) => [words, by])).toEqual([
      [2, 'Lea'],
      [1, 'Lea'],
    ])
    const older = await lead.ok('GET /v1/sites/:site/rules/versions', {
      params,
      query: { cursor: page.next ?? '', limit: 100 },
    })
    expect(older.versions.at(-1)).toMatchObject({ version: 1, by: null, words: 3 })
    const old = await lead.ok('GET /v1/sites/:site/rules', { params, query: { version: before.version } })
    expect(old.rules.words).toEqual(['first'])
    await lead.refused('GET /v1/sites/:site/rules', 404, { params, query: { version: 9999 } })
  })

  test('with lines that cannot be used are refused, with the lines', async () => {
    const { version } = await read()
    const rules = { ...noRules, words: ['fine', '/(a/', '', '/(?=a)/'] }
    for (const [name, body] of [
      [rulesRoute, { version, rules }],
      ['POST /v1/sites/:site/rules/trial', { rules }],
    ] as const) {
      const { errors } = await lead.refused(name, 400, { params, body })
      expect(errors?.map(({ field }) => field)).toEqual(['rules.words.1', 'rules.words.3'])
      expect(errors?.[0]?.detail).toContain('“/(a/” is no regular expression')
    }
  })

  test('about an article of another site, or none, are refused', async () => {
    const { version } = await read()
    const elsewhere = '01890000-0000-7000-8000-000000000000'
    const articles = [
      {
        article: elsewhere,
        sensitive: true,
        slowMode: 0,
        readOnly: false,
        schedules: [],
        closeAfterDays: null,
      },
    ]
    await lead.refused(rulesRoute, 400, { params, body: { version, rules: { ...noRules, articles } } })
  })

  test('may have 50,000 words of four bytes a letter, and no more', async () => {
    const words = Array.from({ length: 50_000 }, (_, n) => `𐐀𐐁𐐂𐐃 ${n}`)
    const { version, rules } = await ask({ words })
    expect(rules.words).toHaveLength(50_000)
    expect(await signalsOf(desk.ada, 'Well, 𐐨𐐩𐐪𐐫-49999.')).toEqual([
      { kind: 'word_list', detail: '𐐀𐐁𐐂𐐃 49999 (𐐨𐐩𐐪𐐫-49999)' },
    ])
    await lead.refused(rulesRoute, 400, {
      params,
      body: { version, rules: { ...noRules, words: [...words, 'one more'] } },
    })
    await lead.refused(rulesRoute, 413, {
      params,
      body: { version, rules: { ...noRules, words: words.map((word) => word + '-'.repeat(150)) } },
    })
  })
})

describe('a comment is held', () => {
  test('for links, and for any link of a new author', async () => {
    await ask({ links: { most: 1, newAuthors: 0 } })
    expect(await signalsOf(desk.ada, '[one](https://a.example)')).toEqual([])
    expect(await signalsOf(desk.ada, '> [one](https://a.example)\n\n- *[two](https://b.example)*')).toEqual([
      { kind: 'links', detail: '2' },
    ])
    await ask({ links: { most: null, newAuthors: 1 } })
    const chris = await desk.stage.as('chris@demo.example')
    expect(await signalsOf(chris, 'No link.')).toEqual([])
    await ask({ links: { most: null, newAuthors: 2 } })
    expect(await signalsOf(chris, '[one](https://a.example)')).toEqual([{ kind: 'links', detail: '1' }])
  })

  test('on an article that is sensitive, or old', async () => {
    await ask(article({ sensitive: true }))
    const held = await desk.say(desk.ada, 'On a sensitive article.')
    expect(held).toMatchObject({ state: 'held', own: { heldFor: ['article'] } })
    await desk.stage.db
      .updateTable('article')
      .set({ published_at: new Date(Date.now() - 40.5 * 86_400_000) })
      .where('id', '=', desk.stage.article)
      .execute()
    await ask({ olderThanDays: 41 })
    expect(await signalsOf(desk.ada, 'Not old enough.')).toEqual([])
    await ask({ olderThanDays: 40 })
    expect(await signalsOf(desk.ada, 'Old.')).toEqual([{ kind: 'article', detail: '40' }])
    // Who works for the site is never held.
    expect((await desk.say(desk.mo, 'Old, says Mo.')).state).toBe('live')
  })

  test('for what its author writes too fast; far beyond, it is refused', async () => {
    await ask({ rate: { comments: 2, minutes: 5 } })
    const { bela } = desk
    // The first is that of the demo.
    expect(await signalsOf(bela, 'Fast 2.')).toEqual([])
    for (const n of [3, 4, 5, 6])
      expect(await signalsOf(bela, `Fast ${n}.`)).toEqual([{ kind: 'rate', detail: String(n) }])
    const answer = await attempt(bela, 'Fast 7.')
    const { type, detail } = problemOf(answer, 429)
    expect(type).toBe('/problems/too-soon')
    expect(detail).toMatch(/written 6 comments in 5 minutes.*again in 5 minutes/)
  })
})

describe('where comments are closed', () => {
  test.each([
    ['on the site', () => ({ readOnly: true })],
    ['on the article', () => article({ readOnly: true })],
  ])('%s, nobody writes or edits but those who work there, and withdrawing goes', async (_, rules) => {
    await ask({})
    const written = await desk.say(desk.ada, 'Before it was closed.')
    await ask(rules())
    const answer = await attempt(desk.ada, 'After.')
    expect(answer.json()).toMatchObject({ status: 403, type: '/problems/closed' })
    await desk.ada.refused('PATCH /v1/sites/:site/comments/:comment', 403, {
      params: { site, comment: written.id },
      body: { body: 'Changed.', revision: 1 },
    })
    expect((await desk.say(desk.mo, 'It is closed.')).state).toBe('live')
    await desk.ada.ok('POST /v1/sites/:site/comments/:comment/withdrawal', {
      params: { site, comment: written.id },
    })
  })

  test('a try whose answer was lost is still answered', async () => {
    await ask({})
    const key = 'a-key-of-one-post'
    const first = await attempt(desk.ada, 'Lost answer.', key)
    expect(first.statusCode).toBe(201)
    await ask({ readOnly: true })
    expect((await attempt(desk.ada, 'Lost answer.', key)).json()).toMatchObject({
      comment: { id: first.json<{ comment: { id: string } }>().comment.id },
    })
    expect((await attempt(desk.ada, 'Another.', 'another-key')).statusCode).toBe(403)
    expect((await attempt(desk.ada, 'Another text.', key)).statusCode).toBe(409)
  })
})

describe('in slow mode', () => {
  test.each([
    ['of the site', () => ({ slowMode: 3600 })],
    ['of the article', () => article({ slowMode: 3600 })],
  ])('%s, a comment comes after a while, and says when; an edit at once', async (_, rules) => {
    await ask({})
    const last = await desk.say(desk.ada, 'One.')
    await ask(rules())
    const answer = await attempt(desk.ada, 'Two, too soon.')
    expect(answer.json()).toMatchObject({
      status: 429,
      type: '/problems/too-soon',
      until: new Date(Date.parse(last.createdAt) + 3600_000).toISOString(),
    })
    expect((await desk.edit(desk.ada, last, 'One, changed.')).state).toBe('live')
    expect((await desk.say(desk.mo, 'One.')).state).toBe('live')
    expect((await desk.say(desk.mo, 'Two.')).state).toBe('live')
  })

  test('of an article, others are not slower', async () => {
    await ask({})
    const other = await desk.ada.ok('POST /v1/sites/:site/articles', {
      params,
      body: { url: 'http://localhost:4000/another', title: 'Another' },
    })
    await desk.say(desk.ada, 'Here.')
    await ask(article({ slowMode: 3600 }))
    const there = { params: { site, article: other.id }, body: { body: 'There.', anchor: null } }
    await desk.ada.ok('POST /v1/sites/:site/articles/:article/threads', there)
    await ask({ slowMode: 3600 })
    await desk.ada.refused('POST /v1/sites/:site/articles/:article/threads', 429, there)
  })
})

describe('by schedule', () => {
  const always = { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '00:00' }
  const long = { from: '2020-01-01T00:00', until: '2099-01-01T00:00' }
  const threads = 'GET /v1/sites/:site/articles/:article/threads'
  const hoursFor = async (who: Caller) =>
    (await who.ok(threads, { params: { site, article: desk.stage.article } })).hours

  test('comments are closed, and it is said until when', async () => {
    await ask({ timeZone: 'Asia/Kolkata', schedules: [{ when: long, slowMode: null }] })
    const answer = await attempt(desk.ada, 'At night.')
    const until = '2098-12-31T18:30:00.000Z'
    expect(answer.json()).toMatchObject({ status: 403, type: '/problems/closed', until })
    expect(await hoursFor(desk.ada)).toMatchObject({
      exempt: false,
      periods: [{ closed: true }, { from: until, closed: false }],
    })
    expect((await hoursFor(desk.mo)).exempt).toBe(true)
    expect((await desk.say(desk.mo, 'At night.')).state).toBe('live')
  })

  test('comments are slow', async () => {
    await ask(article({ schedules: [{ when: always, slowMode: 3600 }] }))
    expect((await attempt(desk.ada, 'Slowly, one.')).statusCode).toBe(429)
    expect((await hoursFor(desk.ada)).periods).toMatchObject([{ closed: false, slowMode: 3600 }])
  })

  test('an article closes when it is old', async () => {
    await ask({ closeAfterDays: 39 })
    expect((await attempt(desk.ada, 'Late.')).statusCode).toBe(403)
    await ask({ closeAfterDays: 39, ...article({ closeAfterDays: 4000 }) })
    expect((await attempt(desk.ada, 'Late.')).statusCode).toBe(201)
  })

  test('an article that is not known yet has the hours of its site', async () => {
    await ask({ readOnly: true })
    const { hours } = await desk.ada.ok('GET /v1/sites/:site/articles', {
      params,
      query: { url: 'http://localhost:4000/unknown' },
    })
    expect(hours).toMatchObject({ exempt: false, periods: [{ closed: true }] })
  })

  test('what cannot be is refused, with its place', async () => {
    const { version } = await read()
    const schedules = [
      { when: { from: '2026-04-31T10:00', until: '2026-05-02T10:00' }, slowMode: null },
      { when: { from: '2026-05-02T10:00', until: '2026-05-02T10:00' }, slowMode: null },
    ]
    const rules = { ...noRules, timeZone: 'Europe/Atlantis', schedules }
    const { errors } = await lead.refused(rulesRoute, 400, { params, body: { version, rules } })
    expect(errors?.map(({ field }) => field)).toEqual([
      'rules.timeZone',
      'rules.schedules.0.when.from',
      'rules.schedules.1.when.until',
    ])
  })

  test('a try says when comments would be open', async () => {
    const rules = { ...noRules, ...article({ readOnly: true }) }
    const { hours } = await lead.ok('POST /v1/sites/:site/rules/trial', { params, body: { rules } })
    expect(hours).toMatchObject({
      periods: [{ closed: false }],
      articles: [{ article: desk.stage.article, periods: [{ closed: true }] }],
    })
  })
})
