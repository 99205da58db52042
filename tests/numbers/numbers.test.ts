import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describe as describePassage, describeBlock } from '../../core/anchoring/index.ts'
import type { Anchor } from '../../core/contract/anchor.ts'
import type { CommentView } from '../../core/contract/threads.ts'
import { carryArticle } from '../../server/anchoring/index.ts'
import { importArticle, saveArticle } from '../../server/articles/index.ts'
import { createAccount, setRole } from '../../server/people/index.ts'
import { eraseAccount, requestErasure } from '../../server/privacy/index.ts'
import { Caller, problemOf } from '../moderation/caller.ts'
import { openDesk, type Desk } from '../moderation/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.stage.close())

const site = 'demo'
const ofSite = 'GET /v1/sites/:site/numbers'
const ofArticle = 'GET /v1/sites/:site/articles/:article/numbers'
const day = 24 * 3600_000

const paragraphs = [
  'The ferry to the island leaves at seven in the morning, and brings home in the evening whoever went across.',
  'Nobody has counted how many letters the captain carried in his coat while the telegraph was broken.',
  'On the other side the old bus stands with its doors open, and the driver reads the newspaper.',
]

/** Keeps a text of an article, and carries its threads to it. */
async function publish(slug: string, texts = paragraphs): Promise<string> {
  const { db, demo } = desk.stage
  const source = [`# ${slug}`, ...texts].join('\n\n')
  const { id } = await saveArticle(db, demo, importArticle({ format: 'markdown', source }), { slug })
  await carryArticle(db, demo.id, id)
  return id
}

async function say(
  who: Caller,
  article: string,
  anchor: Anchor | null,
  body = 'Well.',
): Promise<CommentView> {
  const { comment } = await who.ok('POST /v1/sites/:site/articles/:article/threads', {
    params: { site, article },
    body: { body, anchor },
  })
  return comment
}

async function answer(who: Caller, to: CommentView, body = 'Well, well.'): Promise<CommentView> {
  const { comment } = await who.ok('POST /v1/sites/:site/threads/:thread/comments', {
    params: { site, thread: to.threadId },
    body: { body, parentId: to.id },
  })
  return comment
}

/** As it would be had it been written so many minutes before. */
async function wrote(comment: CommentView, minutesAgo: number): Promise<void> {
  await desk.stage.db
    .updateTable('comment')
    .set({ created_at: new Date(Date.now() - minutesAgo * 60_000) })
    .where('id', '=', comment.id)
    .execute()
}

/** A comment of so many days ago: its id is of that time. */
async function longAgo(comment: CommentView, article: string, days: number): Promise<void> {
  const at = Date.now() - days * day
  const { db, demo } = desk.stage
  const known = await db
    .selectFrom('comment')
    .selectAll()
    .where('id', '=', comment.id)
    .executeTakeFirstOrThrow()
  const id = uuid({ msecs: at })
  await db
    .insertInto('comment')
    .values({ ...known, id, article_id: article, created_at: new Date(at), client_key: null })
    .execute()
  await db
    .insertInto('comment_revision')
    .values({
      site_id: demo.id,
      comment_id: id,
      number: 1,
      state: 'LIVE',
      source: 'Old.',
      body: null,
      signals: '[]',
    })
    .execute()
}

const dateBefore = (days: number) => new Date(Date.now() - days * day).toISOString().slice(0, 10)

async function opened(article: string, readers: number, daysAgo = 0): Promise<void> {
  await desk.stage.db
    .insertInto('opened')
    .values({
      site_id: desk.stage.demo.id,
      article_id: article,
      day: dateBefore(daysAgo),
      readers,
    })
    .execute()
}

async function openedPassage(thread: string, readers: number, daysAgo = 0): Promise<void> {
  await desk.stage.db
    .insertInto('opened_passage')
    .values({
      site_id: desk.stage.demo.id,
      thread_id: thread,
      day: dateBefore(daysAgo),
      readers,
    })
    .execute()
}

const read = (article: string, days: 7 | 30 | 365 = 30) =>
  desk.pia.ok(ofArticle, { params: { site, article }, query: { days } })
const onBlock = (nth: number) => describeBlock([...paragraphs], nth)
function onWords(words: string): Anchor {
  const block = paragraphs.findIndex((text) => text.includes(words))
  const start = paragraphs[block]?.indexOf(words) ?? -1
  return describePassage(paragraphs, { block, start, endBlock: block, end: start + words.length })
}

test('an article’s passages, where they stand now, with the median by hand', async () => {
  const article = await publish('by-hand')
  expect(await read(article)).toMatchObject({
    totals: { threads: 0, comments: 0, readers: 0, followers: 0, medianMinutes: null },
    passages: [],
  })
  // Answered after 10, 20 and 60 minutes; the fourth by its author alone, the fifth by nobody.
  const first = await say(desk.ada, article, onBlock(1))
  const second = await say(desk.ada, article, onWords('the captain'))
  const third = await answer(desk.bela, second)
  const fourth = await say(desk.bela, article, null)
  await wrote(first, 200)
  await wrote(await answer(desk.bela, first), 190)
  await wrote(await answer(desk.mo, first), 100)
  await wrote(second, 180)
  await wrote(third, 160)
  await wrote(await answer(desk.ada, third), 100)
  await wrote(fourth, 90)
  await wrote(await answer(desk.bela, fourth), 80)
  await opened(article, 5)
  await opened(article, 2, 6)
  await opened(article, 4, 7)
  await desk.mo.ok('PUT /v1/sites/:site/follows', {
    params: { site },
    body: {
      about: { kind: 'thread', thread: second.threadId },
      following: true,
      mail: 'off',
      language: 'en',
    },
    headers: {},
  })

  const numbers = await read(article)
  expect(numbers.totals).toEqual({ threads: 3, comments: 8, readers: 11, followers: 1, medianMinutes: 20 })
  expect((await read(article, 7)).totals.readers).toBe(7)
  expect(numbers.text.map(({ text }) => text)).toEqual(paragraphs)
  expect(numbers.passages).toEqual([
    {
      place: 'block',
      block: 1,
      quote: paragraphs[1],
      thread: first.threadId,
      threads: 2,
      comments: 6,
      readers: 0,
      followers: 1,
      medianMinutes: 20,
    },
    {
      place: 'article',
      block: null,
      quote: '',
      thread: fourth.threadId,
      threads: 1,
      comments: 2,
      readers: 0,
      followers: 0,
      medianMinutes: null,
    },
  ])

  // A paragraph before it; then the passage goes.
  await publish('by-hand', ['A new beginning, of which nobody has said anything yet.', ...paragraphs])
  const moved = await read(article)
  expect(moved.passages[0]).toMatchObject({ place: 'block', block: 2, comments: 6 })
  expect(moved.text[2]?.text).toBe(paragraphs[1])
  await publish('by-hand', [paragraphs[0] ?? '', paragraphs[2] ?? ''])
  const lost = await read(article)
  expect(lost.passages[0]).toMatchObject({ place: 'lost', comments: 6, quote: paragraphs[1] })
  expect(lost.totals).toEqual(numbers.totals)
})

test('the readers of a passage go with it over an edit; one that was only read is there, too', async () => {
  const article = await publish('read')
  const [first, second] = [await say(desk.ada, article, onBlock(1)), await say(desk.ada, article, onBlock(2))]
  const whole = await say(desk.ada, article, null)
  await longAgo(second, article, 20)
  await openedPassage(first.threadId, 2)
  await openedPassage(first.threadId, 3, 6)
  await openedPassage(first.threadId, 4, 7)
  await openedPassage(second.threadId, 5)
  await openedPassage(whole.threadId, 1)
  const passages = async (days: 7 | 30 = 30) =>
    (await read(article, days)).passages.map(({ place, block, comments, readers, thread }) => [
      place,
      block,
      comments,
      readers,
      thread,
    ])
  expect((await passages()).find(([, block]) => block === 1)).toEqual(['block', 1, 1, 9, first.threadId])
  await publish('read', ['A new beginning, of which nobody has said anything yet.', ...paragraphs])
  const week = await passages(7)
  expect(week).toContainEqual(['block', 2, 1, 5, first.threadId])
  expect(week.find(([, block]) => block === 3)?.[3]).toBe(5)
  expect(week).toContainEqual(['article', null, 1, 1, whole.threadId])
})

test('an article that the server has no text of has its passages by what they were opened on', async () => {
  const { id: article } = await desk.ada.ok('POST /v1/sites/:site/articles', {
    params: { site },
    body: { url: 'https://news.example/unread', title: 'Unread' },
  })
  await say(desk.ada, article, onWords('the driver reads'))
  const numbers = await read(article)
  expect(numbers.text).toEqual([])
  expect(numbers.passages).toMatchObject([
    { place: 'block', block: 2, quote: 'the driver reads', comments: 1 },
  ])
})

test('what readers do not see is not counted: held, rejected, withdrawn, erased', async () => {
  const article = await publish('unseen')
  const shown = await say(desk.ada, article, onBlock(0))
  const held = await say(desk.ada, article, onBlock(1), 'What a crook.')
  expect(held.state).toBe('held')
  const heldAnswer = await answer(desk.bela, shown, 'A crook.')
  expect(heldAnswer.state).toBe('held')
  const rejected = await answer(desk.bela, shown, 'Off the point.')
  await desk.report(desk.ada, rejected.id)
  await desk.reject(desk.mo, await desk.caseOf(desk.mo, rejected.id), 'off_topic')
  const withdrawn = await answer(desk.bela, shown, 'Never mind.')
  await desk.bela.ok('POST /v1/sites/:site/comments/:comment/withdrawal', {
    params: { site, comment: withdrawn.id },
  })
  expect((await read(article)).totals).toMatchObject({ threads: 1, comments: 1, medianMinutes: null })
  const row = (await all()).find((one) => one.article.id === article)
  expect(row).toMatchObject({ threads: 1, comments: 1, medianMinutes: null })
})

test('what an erased account wrote is counted no longer, nor whom it followed', async () => {
  const { db, demo } = desk.stage
  const id = await createAccount(db, { email: 'gone@demo.example', name: 'Gone', password: 'margin-notes' })
  await setRole(db, demo.id, id, 'reader')
  const gone = await desk.stage.as('gone@demo.example')
  const article = await publish('erased')
  const kept = await say(desk.ada, article, onBlock(0))
  const first = await answer(gone, kept)
  await desk.approve(desk.mo, await desk.caseOf(desk.mo, first.id))
  await gone.ok('PUT /v1/sites/:site/follows', {
    params: { site },
    body: { about: { kind: 'article', article }, following: true, mail: 'off', language: 'en' },
  })
  expect((await read(article)).totals).toMatchObject({ comments: 2, followers: 1 })
  const erasureId = await requestErasure(db, id, 'erase')
  await eraseAccount(db, { erasureId, after: null, isLate: false })
  expect((await read(article)).totals).toMatchObject({ comments: 1, followers: 0, medianMinutes: null })
})

/** All articles of the last 30 days, read in pages of two. */
async function all(order: 'comments' | 'newest' = 'comments') {
  const rows = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query = { order, limit: 2, ...(cursor !== undefined && { cursor }) }
    const page = await desk.pia.ok(ofSite, { params: { site }, query })
    expect(page.totals === null).toBe(cursor !== undefined)
    rows.push(...page.articles)
    cursor = page.next
  }
  return rows
}

describe('the articles of a site', () => {
  let busy: string
  let quiet: string
  let onlyRead: string
  beforeAll(async () => {
    busy = await publish('busy')
    quiet = await publish('quiet')
    onlyRead = await publish('only-read')
    const opening = await say(desk.ada, busy, onBlock(0))
    for (let nth = 0; nth < 9; nth += 1) await answer(desk.bela, opening)
    await wrote(await say(desk.ada, quiet, null), -60)
    await longAgo(opening, busy, 40)
    await opened(onlyRead, 3, 29)
    await opened(onlyRead, 8, 30)
  })

  test('the most discussed first, each once, in pages', async () => {
    const rows = await all()
    expect(rows[0]).toMatchObject({ article: { id: busy, slug: 'busy' }, comments: 10, threads: 1 })
    expect(rows.map(({ comments }) => comments)).toEqual(
      rows.map(({ comments }) => comments).sort((a, b) => b - a),
    )
    expect(new Set(rows.map(({ article }) => article.id)).size).toBe(rows.length)
    expect(rows.find(({ article }) => article.id === onlyRead)).toMatchObject({
      comments: 0,
      readers: 3,
      lastAt: null,
    })
    expect(rows.find(({ article }) => article.id === quiet)).toMatchObject({ comments: 1, readers: 0 })
  })

  test('or those with the newest comment', async () => {
    const rows = await all('newest')
    expect(rows[0]?.article.id).toBe(quiet)
    expect(rows.at(-1)?.article.id).toBe(onlyRead)
    expect(rows.map(({ article }) => article.id).sort()).toEqual(
      (await all()).map(({ article }) => article.id).sort(),
    )
  })

  test('of so many days, with what they come to', async () => {
    const of = async (days: 7 | 30 | 365) => {
      const page = await desk.pia.ok(ofSite, { params: { site }, query: { days, limit: 100 } })
      const row = page.articles.find(({ article }) => article.id === busy)
      const sum = (of: 'comments' | 'threads' | 'readers') =>
        page.articles.reduce((total, one) => total + one[of], 0)
      expect(page.totals).toMatchObject({
        articles: page.articles.length,
        comments: sum('comments'),
        threads: sum('threads'),
        readers: sum('readers'),
      })
      return row?.comments
    }
    expect(await of(7)).toBe(10)
    expect(await of(30)).toBe(10)
    expect(await of(365)).toBe(11)
    const week = await desk.pia.ok(ofSite, { params: { site }, query: { days: 7 } })
    expect(week.from).toBe(new Date(Date.now() - 6 * day).toISOString().slice(0, 10))
    expect(week.articles.map(({ article }) => article.id)).not.toContain(onlyRead)
  })

  test.each([
    { days: 8 },
    { days: 'all' },
    { order: 'title' },
    { cursor: 'AAAA' },
    { cursor: 'x'.repeat(32) },
    { limit: 0 },
  ])('not by %o', async (query) => {
    const { errors } = problemOf(await desk.pia.request(ofSite, { params: { site }, query }), 400)
    expect(errors?.[0]?.field).toBe(Object.keys(query)[0])
  })
})

test('as files, in which no title is a formula', async () => {
  const article = await publish('formulas', ['=HYPERLINK("x"), he wrote,\nand "left".', ...paragraphs])
  await desk.stage.db
    .updateTable('article')
    .set({ title: '=1+1, "twice"' })
    .where('id', '=', article)
    .execute()
  const texts = ['=HYPERLINK("x"), he wrote,\nand "left".', ...paragraphs]
  const opening = await say(desk.ada, article, describeBlock(texts, 0))
  await openedPassage(opening.threadId, 3)
  const files = [
    await desk.pia.request(`${ofSite}.csv`, { params: { site } }),
    await desk.pia.request(`${ofArticle}.csv`, { params: { site, article } }),
  ]
  for (const { headers, statusCode } of files) {
    expect(statusCode).toBe(200)
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(headers['content-disposition']).toMatch(/^attachment; filename="numbers-demo-[\w-]+\.csv"$/)
  }
  expect(files[0]?.body).toContain(`\r\n${article},"'=1+1, ""twice""",,1,1,0,0,,2`)
  expect(files[1]?.body.split('\r\n').slice(0, 3)).toEqual([
    'place,block,quote,thread,threads,comments,readers,followers,medianMinutes',
    'all,,,,1,1,0,0,',
    `block,0,"'=HYPERLINK(""x""), he wrote, and ""left"".",${opening.threadId},1,1,3,0,`,
  ])
})

test('are for those who lead and publish, of their own site', async () => {
  const article = desk.stage.article
  const { db, other } = desk.stage
  const nobody = new Caller(desk.stage.app)
  const otto = await desk.stage.as('otto@other.example')
  for (const name of [ofSite, `${ofSite}.csv`, ofArticle, `${ofArticle}.csv`] as const) {
    const said = { params: { site, article } }
    for (const who of [desk.ada, desk.mo, otto])
      expect((await who.request(name, said)).statusCode, name).toBe(403)
    expect((await nobody.request(name, said)).statusCode, name).toBe(401)
  }
  // Whoever leads another site asks for an article of this one, by its id.
  const { id } = await db
    .selectFrom('account')
    .select('id')
    .where('email', '=', 'otto@other.example')
    .executeTakeFirstOrThrow()
  await setRole(db, other.id, id, 'lead')
  expect(await otto.ok(ofSite, { params: { site: 'other' } })).toMatchObject({
    totals: { articles: 0, comments: 0, readers: 0, followers: 0, medianMinutes: null },
    articles: [],
    next: null,
  })
  await otto.refused(ofArticle, 404, { params: { site: 'other', article } })
})
