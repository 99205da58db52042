import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Rules } from '../../core/contract/rules.ts'
import { deleteOldSketches, noRules } from '../../server/moderation/index.ts'
import { openDesk, type Desk } from './desk.ts'

const site = 'demo'
const params = { site }
const anything: Rules = { ...noRules, holdFirst: 0 }

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.stage.close())

const trial = (rules: Partial<Rules>) =>
  desk.pia.ok('POST /v1/sites/:site/rules/trial', { params, body: { rules: { ...anything, ...rules } } })

describe('rules that are tried', () => {
  test('say how many comments they would have held, and what was decided about them', async () => {
    const held = async (text: string) => await desk.caseOf(desk.mo, (await desk.say(desk.ada, text)).id)
    await desk.approve(desk.mo, await held('An idiot is a crook.'))
    await desk.approve(desk.mo, await held('Idiot one.'))
    await desk.reject(desk.mo, await held('Idiot two.'), 'abuse')
    await held('Idiot three.')
    await desk.say(desk.ada, 'A fool, live.')
    await desk.say(desk.mo, 'Idiot, says Mo.')
    const found = await trial({ words: ['idiot', 'fool'] })
    expect(found).toMatchObject({ held: 5, approved: 2, rejected: 1, waiting: 1, live: 1 })
    expect(found.looked).toBeGreaterThan(5)
    expect(found.examples[0]).toMatchObject({
      author: 'Ada',
      excerpt: 'A fool, live.',
      state: 'LIVE',
      signals: [{ kind: 'word_list', detail: 'fool' }],
    })
    expect(found.examples.at(-1)?.excerpt).toBe('An idiot is a crook.')
    // Nothing has changed.
    expect((await desk.say(desk.ada, 'A fool again.')).state).toBe('live')
  })

  test('go by what was known when each comment came', async () => {
    const first = await trial({ holdFirst: 1 })
    expect(first.examples.map(({ author }) => author).sort()).toEqual(['Ada', 'Bela'])
    const chris = await desk.stage.as('chris@demo.example')
    await desk.say(chris, 'My first one.')
    expect(await trial({ holdFirst: 1 })).toMatchObject({ held: first.held + 1, waiting: first.waiting + 1 })
    const rate = await trial({ rate: { comments: 3, minutes: 60 } })
    expect(rate.examples.every(({ signals }) => signals.every(({ kind }) => kind === 'rate'))).toBe(true)
    expect(rate.examples.at(-1)).toMatchObject({ author: 'Ada', signals: [{ detail: '4' }] })
  })

  test('show twenty examples at the most, of a thousand comments at the most', async () => {
    const { db, demo, thread, article } = desk.stage
    const { author_id } = await db
      .selectFrom('comment')
      .select('author_id')
      .where('thread_id', '=', thread)
      .orderBy('id')
      .executeTakeFirstOrThrow()
    const ids = Array.from(
      { length: 1100 },
      (_, n) => `01990000-0000-7000-8000-${String(n).padStart(12, '0')}`,
    )
    const at = { site_id: demo.id, article_id: article, thread_id: thread, author_id, parent_id: null }
    await db
      .insertInto('comment')
      .values(ids.map((id) => ({ ...at, id, client_key: null, shown_revision: 1 })))
      .execute()
    const body = JSON.stringify([{ type: 'paragraph', children: [{ type: 'text', text: 'A villain.' }] }])
    await db
      .insertInto('comment_revision')
      .values(
        ids.map((id) => ({
          site_id: demo.id,
          comment_id: id,
          number: 1,
          state: 'LIVE' as const,
          source: 'A villain.',
          body,
          signals: '[]',
          language: null,
        })),
      )
      .execute()
    await db.updateTable('membership').set({ role: 'reader' }).where('account_id', '=', author_id).execute()
    const { looked, examples } = await trial({ words: ['villain'] })
    expect(looked).toBe(1000)
    expect(examples).toHaveLength(20)
  })
})

describe('copies', () => {
  const text = (n: number) =>
    `Everybody should know by now that this newspaper has been bought by its enemies, says reader ${n}.`

  test('by others and on other articles are found once somebody has said it', async () => {
    const { version } = await desk.pia.ok('GET /v1/sites/:site/rules', { params })
    const rules: Rules = { ...anything, duplicates: { copies: 2, hours: 24 } }
    await desk.pia.ok('PUT /v1/sites/:site/rules', { params, body: { version, rules } })
    expect((await desk.say(desk.ada, text(1))).state).toBe('live')
    expect(
      (await desk.say(desk.bela, 'Something else that has as many words, about this passage and no other.'))
        .state,
    ).toBe('live')
    expect((await desk.say(desk.bela, text(2))).state).toBe('live')
    const other = await desk.ada.ok('POST /v1/sites/:site/articles', {
      params,
      body: { url: 'http://localhost:4000/another', title: 'Another' },
    })
    const chris = await desk.stage.as('chris@demo.example')
    const { comment } = await chris.ok('POST /v1/sites/:site/articles/:article/threads', {
      params: { site, article: other.id },
      // In disguise.
      body: {
        body: text(3).replaceAll('o', '\u043e').replace('paper', 'pa\u200bper').toUpperCase(),
        anchor: null,
      },
    })
    expect(comment).toMatchObject({ state: 'held', own: { heldFor: ['duplicate'] } })
    expect((await desk.caseOf(desk.mo, comment.id)).signals).toEqual([{ kind: 'duplicate', detail: '2' }])
    expect((await trial({ duplicates: { copies: 2, hours: 24 } })).examples[0]).toMatchObject({
      comment: comment.id,
      signals: [{ kind: 'duplicate', detail: '2' }],
    })
  })

  test('of one’s own comment do not count when it is edited, and what it says then does', async () => {
    const one = await desk.say(
      desk.ada,
      'A comment that nobody has written before, with a good many words in it.',
    )
    const edited = await desk.edit(
      desk.ada,
      one,
      'A comment that nobody has written before, with a good many words in it!',
    )
    expect(edited.state).toBe('live')
    await desk.edit(desk.ada, edited, text(4).replace('newspaper', 'newspaper'))
    const rows = await desk.stage.db
      .selectFrom('sketch')
      .select('band')
      .where('comment_id', '=', one.id)
      .execute()
    expect(rows).toHaveLength(12)
  })

  test('are forgotten after three days', async () => {
    const { db } = desk.stage
    const before = await db.selectFrom('sketch').select('band').execute()
    expect(before.length).toBeGreaterThan(16)
    await deleteOldSketches(db)
    expect(await db.selectFrom('sketch').select('band').execute()).toHaveLength(before.length)
    await db
      .updateTable('sketch')
      .set({ created_at: new Date(Date.now() - 73 * 3600_000) })
      .execute()
    await deleteOldSketches(db)
    expect(await db.selectFrom('sketch').select('band').execute()).toEqual([])
  })
})
