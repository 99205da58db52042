import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describe as describePassage } from '../../core/anchoring/index.ts'
import type { Anchor } from '../../core/contract/anchor.ts'
import { Problem } from '../../core/contract/common.ts'
import type { ThreadView } from '../../core/contract/threads.ts'
import { carryArticle, verifyAnchors } from '../../server/anchoring/index.ts'
import { decideRevision, heldRevisions, importArticle, saveArticle } from '../../server/articles/index.ts'
import { findSite, type Site } from '../../server/sites/index.ts'
import { hold } from '../moderation/caller.ts'
import type { Client } from './client.ts'
import type { Line } from './line.ts'
import { open, openServer, readAll, readPage, site as slug, type Server } from './stage.ts'

const paragraphs = [
  'The ferry to the island leaves at seven in the morning, and at six in the evening it brings home whoever went across to work.',
  'Nobody has counted how many letters the captain carried in his coat during the long winter when the telegraph was broken.',
  'On the other side, the old bus stands with its doors open, and the driver reads the newspaper until the last passenger has come.',
  'By nine the harbour is as empty as before. Only the gulls remain, and the boy who sells coffee from a cart with a blue umbrella.',
  'The company says that the fare will rise in spring. The mayor says that she heard of it from the newspaper, like everyone else.',
]

let server: Server
let site: Site
let ada: Client
let mo: Client
let pia: Client
beforeAll(async () => {
  server = await openServer()
  const found = await findSite(server.db, slug)
  if (!found) throw new Error('the demo site is missing')
  site = found
  ada = await server.signedIn('ada@demo.example')
  mo = await server.signedIn('mo@demo.example')
  pia = await server.signedIn('pia@demo.example')
})
afterAll(() => server.close())

/** An article with a text, and what its publisher does to it. */
async function publish(name: string, texts = paragraphs) {
  const save = async (now: string[]) =>
    await saveArticle(
      server.db,
      site,
      importArticle({ format: 'markdown', source: [`# ${name}`, ...now].join('\n\n') }),
      { slug: name },
    )
  const { id } = await save(texts)
  return { id, save }
}

function on(words: string, texts = paragraphs): Anchor {
  const block = texts.findIndex((text) => text.includes(words))
  const start = texts[block]?.indexOf(words) ?? -1
  if (start < 0) throw new Error(`"${words}" is not in the text`)
  return describePassage(texts, { block, start, endBlock: block, end: start + words.length })
}

/** Reads along until the server says that the threads are carried. */
async function readAlong(article: string): Promise<Line> {
  const line = server.openLine()
  line.say({ type: 'subscribe', article, after: (await readPage(server.nobody, article)).seq })
  await line.until(({ type }) => type === 'caught_up')
  return line
}

const isRevised = ({ type }: { type: string }) => type === 'revised'

async function placements(article: string): Promise<Map<string, ThreadView['placement']>> {
  const threads = await readAll(server.nobody, article)
  return new Map(threads.map((thread) => [thread.anchor?.quote.exact ?? '', thread.placement]))
}

const edited = [
  'A new beginning: since last year there are two ferries, a slow one for cars and a fast one for everybody else.',
  'The ferry to the island leaves at half past six in the morning, and at six in the evening it brings home whoever went across to work.',
  'By nine the harbour is as empty as before. Only the gulls remain, and the boy who sells coffee from a cart with a blue umbrella.',
  'Nobody has counted how many letters the captain carried in his coat during the long winter when the telegraph was broken.',
  'The company says that the fare will rise in spring. The mayor says that she heard of it from the newspaper, like everyone else.',
]

describe('a new revision', () => {
  test('takes every thread along, tells who reads, and says what became of the words', async () => {
    const { id, save } = await publish('Along')
    const [same, moved, changed, gone] = [
      'the fare will rise in spring',
      'letters the captain carried in his coat',
      'leaves at seven in the morning, and at six in the evening',
      'the old bus stands with its doors open',
    ]
    for (const words of [same, moved, changed, gone]) await open(mo, id, `On: ${words}`, on(words))
    for (const one of (await placements(id)).values())
      expect(one).toMatchObject({ revision: 1, status: 'same' })

    const line = await readAlong(id)
    await save(edited)
    await line.until(isRevised)
    const now = await placements(id)
    expect(now.get(same)).toMatchObject({ revision: 2, status: 'same', section: 4 })
    expect(now.get(moved)).toMatchObject({ status: 'moved', section: 3 })
    expect(now.get(changed)).toMatchObject({
      status: 'edited',
      anchor: { quote: { exact: 'leaves at half past six in the morning, and at six in the evening' } },
    })
    expect(now.get(gone)).toMatchObject({ status: 'orphaned', anchor: null })
    const { marks } = await server.nobody.ok('GET /v1/sites/:site/articles', {
      params: { site: slug },
      query: { url: `urn:uuid:${id}` },
    })
    expect(marks.map(({ index, comments }) => [index, comments])).toEqual([
      [-1, 1],
      [1, 1],
      [3, 1],
      [4, 1],
    ])
    expect((await verifyAnchors(server.db, site.id)).faults).toEqual([])
  })

  test('that is the same byte for byte costs nothing', async () => {
    const { id, save } = await publish('Unchanged')
    await open(mo, id, 'Here.', on('the fare will rise'))
    const before = await readPage(server.nobody, id)
    expect(await save(paragraphs)).toMatchObject({ revision: 1, changed: false })
    const jobs = await sql<{ n: number }>`
      select count(*)::int as n from graphile_worker.jobs where task_identifier = 'carry'
    `.execute(server.db)
    expect(jobs.rows[0]?.n).toBe(0)
    expect((await readPage(server.nobody, id)).seq).toBe(before.seq)
  })

  test('that goes back to an earlier text gives back its anchors', async () => {
    const { id, save } = await publish('Back')
    const words = 'the old bus stands with its doors open'
    await open(mo, id, 'Where did it go?', on(words))
    const first = (await placements(id)).get(words)
    let line = await readAlong(id)
    await save(edited)
    await line.until(isRevised)
    expect((await placements(id)).get(words)).toMatchObject({ status: 'orphaned' })
    line = await readAlong(id)
    await save(paragraphs)
    await line.until(isRevised)
    expect((await placements(id)).get(words)).toEqual({ ...first, revision: 3 })
    expect((await verifyAnchors(server.db, site.id)).faults).toEqual([])
  })

  test('after revision is carried in order, and doing it again changes nothing', async () => {
    const { id, save } = await publish('Order')
    const words = 'leaves at seven in the morning'
    await open(mo, id, 'Early.', on(words))
    const line = await readAlong(id)
    const third = edited.map((text) => text.replace('half past six', 'a quarter to seven'))
    await Promise.all([save(edited), save(third), save(edited.toReversed())])
    await expect.poll(async () => (await placements(id)).get(words)?.revision).toBe(4)
    const before = await placements(id)
    const { seq } = await readPage(server.nobody, id)
    expect(await carryArticle(server.db, site.id, id)).toBe(false)
    expect(await placements(id)).toEqual(before)
    expect((await readPage(server.nobody, id)).seq).toBe(seq)
    const rows = await server.db
      .selectFrom('placement')
      .innerJoin('thread', 'thread.id', 'placement.thread_id')
      .select('placement.revision')
      .where('thread.article_id', '=', id)
      .orderBy('placement.revision')
      .execute()
    expect(rows.map(({ revision }) => revision)).toEqual([1, 2, 3, 4])
    line.socket.close()
  })

  test('does not miss a thread that is opened at the same moment', async () => {
    const { id, save } = await publish('Moment')
    await open(mo, id, 'First.', on('the fare will rise'))
    await Promise.all([
      save(edited),
      ...Array.from({ length: 8 }, (_, nth) => open(mo, id, `At once ${nth}`, on('Only the gulls'))),
    ])
    await expect
      .poll(async () => (await readAll(server.nobody, id)).map(({ placement }) => placement?.revision), {
        timeout: 10_000,
      })
      .toEqual(Array<number>(9).fill(2))
  })
})

describe('a text that looks like another article’s', () => {
  const other = Array.from(
    { length: 6 },
    (_, nth) =>
      `Chapter ${nth}: of bees, their houses and their queens, what they gather and how they find home again.`,
  )
  test.each([
    ['of another page', other, 'another page'],
    [
      'ten times as long',
      Array.from({ length: 60 }, (_, nth) => `${paragraphs.join(' ')} ${nth}`),
      'times as long',
    ],
    ['a stub', ['Subscribe to read on.'], 'The article was'],
  ])('%s is kept for its publisher, and moves no thread', async (name, texts, why) => {
    const { id, save } = await publish(`Doubt ${name}`)
    const words = 'the fare will rise in spring'
    await open(mo, id, 'Here.', on(words))
    const before = await placements(id)
    const saved = await save(texts)
    expect(saved).toMatchObject({ revision: 2, changed: true })
    expect(saved.doubt).toContain(why)
    expect(await save(texts)).toMatchObject({ revision: 2, changed: false, doubt: saved.doubt })
    const held = await heldRevisions(server.db, site.id)
    expect(held.map(({ article }) => article.slug)).toContain(saved.slug)
    expect(await placements(id)).toEqual(before)

    const at = { siteId: site.id, articleId: id }
    expect(await decideRevision(server.db, at, 2, 'dropped')).toBe(true)
    expect(await decideRevision(server.db, at, 2, 'taken')).toBe(false)
    expect(await placements(id)).toEqual(before)
  })

  test('becomes the article’s when its publisher takes it', async () => {
    const { id, save } = await publish('Taken')
    const words = 'the fare will rise in spring'
    await open(mo, id, 'Here.', on(words))
    await save(other)
    const line = await readAlong(id)
    const { revisions } = await pia.ok('GET /v1/sites/:site/revisions', { params: { site: slug } })
    expect(revisions).toContainEqual(
      expect.objectContaining({ article: { id, slug: 'Taken', title: 'Taken' }, revision: 2 }),
    )
    const take = (who: Client) =>
      who.request('POST /v1/sites/:site/articles/:article/revisions/:revision', {
        params: { site: slug, article: id, revision: 2 },
        body: { decision: 'take' },
      })
    expect((await take(mo)).status).toBe(403)
    expect((await take(pia)).status).toBe(204)
    expect((await take(pia)).status).toBe(409)
    await line.until(isRevised)
    expect((await placements(id)).get(words)).toMatchObject({ revision: 2, status: 'orphaned' })
  })
})

describe('a passage that is gone', () => {
  const words = 'the old bus stands with its doors open'
  const better = 'the boy who sells coffee from a cart'
  async function lose(name: string, who: Client) {
    const { id, save } = await publish(name)
    const { thread } = await open(who, id, 'What about it?', on(words))
    const line = await readAlong(id)
    await save(edited)
    await line.until(isRevised)
    return { id, thread: thread.id, line }
  }
  const put = (who: Client, thread: string, anchor: Anchor, revision = 2) =>
    who.request('POST /v1/sites/:site/threads/:thread/passage', {
      params: { site: slug, thread },
      body: { anchor, revision },
    })
  const undo = (who: Client, thread: string) =>
    who.request('DELETE /v1/sites/:site/threads/:thread/passage', { params: { site: slug, thread } })

  test('is put right by who opened the thread, for everybody at once, and can be undone', async () => {
    const { id, thread, line } = await lose('Mine', mo)
    const mine = await readAll(mo, id)
    expect(mine[0]?.can).toEqual({ reattach: true, mark: true })
    expect((await readAll(ada, id))[0]?.can).toEqual({ reattach: false, mark: false })
    expect((await put(mo, thread, on(better, edited))).status).toBe(201)
    const told = await line.until(({ type }) => type === 'thread')
    expect(told).toMatchObject({
      threadId: thread,
      thread: { placement: { anchor: { quote: { exact: better } } } },
    })
    expect((await undo(mo, thread)).status).toBe(200)
    expect((await readAll(server.nobody, id))[0]?.placement).toMatchObject({ status: 'orphaned' })
    expect((await undo(mo, thread)).status).toBe(409)
    const { rows } = await sql<{ action: string }>`
      select action from audit where subject ->> 'thread' = ${thread} order by number
    `.execute(server.db)
    expect(rows.map(({ action }) => action)).toEqual(['reattach', 'undo reattach'])
  })

  test('is put right by nobody else but a moderator, and only on words of the text as it is now', async () => {
    const { thread } = await lose('Theirs', mo)
    expect((await put(ada, thread, on(better, edited))).status).toBe(403)
    expect((await put(server.nobody, thread, on(better, edited))).status).toBe(401)
    expect((await put(mo, thread, on(better, edited), 1)).status).toBe(409)
    const elsewhere = [
      'A wholly different text about bees and their queens, which nobody here has ever written.',
    ]
    expect((await put(mo, thread, on('bees and their queens', elsewhere))).status).toBe(400)
    expect((await undo(ada, thread)).status).toBe(403)
  })

  test('is on the moderators’ list of the article’s orphans, with its words and where it was', async () => {
    const { id, thread } = await lose('Listed', mo)
    const { orphans } = await mo.ok('GET /v1/sites/:site/orphans', {
      params: { site: slug },
      query: { article: id },
    })
    expect(orphans).toMatchObject([{ threadId: thread, quote: words, article: { id, title: 'Listed' } }])
    expect(orphans[0]?.section).toContain('letters the captain carried')
    const refused = await ada.request('GET /v1/sites/:site/orphans', { params: { site: slug }, query: {} })
    expect(refused.status).toBe(403)
  })
})

describe('an anchor that could be nowhere', () => {
  const good = on('the fare will rise in spring')
  test.each([
    ['an empty quote', { ...good, quote: { ...good.quote, exact: '' } }, 'anchor.quote.exact'],
    [
      'a quote of white space',
      { ...good, quote: { ...good.quote, exact: ' \u00a0\n' } },
      'anchor.quote.exact',
    ],
    [
      'a quote that is too long',
      { ...good, quote: { ...good.quote, exact: 'a'.repeat(2001) } },
      'anchor.quote.exact',
    ],
    ['an end before the start', { ...good, position: { start: 5, end: 5 } }, 'anchor.position'],
    ['a start below nought', { ...good, position: { start: -1, end: 5 } }, 'anchor.position.start'],
  ])('with %s is refused, naming the field', async (_, anchor, field) => {
    const { id } = await publish('Nowhere')
    const answer = await mo.request('POST /v1/sites/:site/articles/:article/threads', {
      params: { site: slug, article: id },
      body: { body: 'Where?', anchor },
    })
    expect(answer.status).toBe(400)
    const { errors = [] } = hold(Problem, JSON.parse(answer.text))
    expect(errors.map((one) => one.field)).toContain(field)
  })

  test('by its offsets alone is found by its words', async () => {
    const { id } = await publish('Offsets')
    const far = { ...good, position: { start: 9_000_000, end: 9_000_010 } }
    const { thread } = await open(mo, id, 'Here.', far)
    expect(thread.placement).toMatchObject({ status: 'same', section: 4 })
  })

  test('with words that are not in the article is held for a moderator, and attached nowhere', async () => {
    const { id } = await publish('Not there')
    const words = 'this was never written here by anybody at all'
    const texts = [`So far: ${words}.`]
    const { thread, comment } = await open(ada, id, 'Hm.', on(words, texts))
    expect(comment.state).toBe('held')
    expect(thread.placement).toMatchObject({ status: 'orphaned', anchor: null })
  })
})

test('a thread opened on words that the server does not know yet is placed when its text comes', async () => {
  const { id, save } = await publish('Newer')
  const { thread } = await open(mo, id, 'New here.', on('a slow one for cars', edited))
  expect(thread.placement).toMatchObject({ revision: 1, status: 'orphaned' })
  const line = await readAlong(id)
  await save(edited)
  await line.until(isRevised)
  expect((await readAll(server.nobody, id))[0]?.placement).toMatchObject({ status: 'same', section: 0 })
})
