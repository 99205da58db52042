import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importArticle, saveArticle } from '../../server/articles/index.ts'
import { importComments, readers } from '../../server/importing/index.ts'
import {
  commento,
  disqus,
  folderForFiles,
  generic,
  page,
  quote,
  remark42,
  wordpress,
  writeIsso,
} from './files.ts'
import { emptySite, faultsOf, written } from './world.ts'

const files = await folderForFiles()
afterAll(() => files.remove())

const samples = {
  disqus: () => files.file('disqus.xml', disqus),
  wordpress: () => files.file('wordpress.xml', wordpress),
  commento: () => files.file('commento.json', commento),
  remark42: () => files.file('remark42.json', remark42),
  isso: () => Promise.resolve(writeIsso(files.path('isso.db'))),
  generic: () => files.file('generic.json', generic),
}

describe.each(['disqus', 'wordpress', 'commento', 'remark42', 'isso', 'generic'] as const)('%s', (source) => {
  let world: Awaited<ReturnType<typeof emptySite>>
  let file: string

  beforeAll(async () => {
    world = await emptySite()
    file = await samples[source]()
    const text = `Tides\n\nAt most coasts ${quote}.\n\nNobody has asked the moon what she thinks of all that.`
    await saveArticle(world.db, world.site, importArticle({ source: text, format: 'text' }), { url: page })
  })
  afterAll(() => world.close())

  test('a dry run says what would come, and writes nothing', async () => {
    const { db, site } = world
    const done = await importComments(db, site, source, file, { dryRun: true })
    expect(done.written.approved).toBe(2)
    expect(await written(db, site)).toEqual([])
    expect(await db.selectFrom('account').selectAll().execute()).toEqual([])
    expect(await db.selectFrom('audit').selectAll().execute()).toEqual([])
  })

  test('comments come with tree, dates, authors and states, the quoting one at its passage', async () => {
    const { db, site } = world
    const done = await importComments(db, site, source, file)
    expect(done).toMatchObject({
      articles: { known: 1, made: 0 },
      known: 0,
      anchored: 1,
      faults: [],
      strangers: [],
    })
    const hidden = source === 'isso' || source === 'remark42' ? 'WITHDRAWN' : 'REJECTED'
    const [first, second, third] = await written(db, site)
    expect(first).toMatchObject({
      name: 'Ada',
      state: 'APPROVED',
      parent_id: null,
      url: page,
      present_replies: 1,
    })
    expect(first?.created_at.toISOString()).toBe('2012-01-02T00:00:00.000Z')
    expect(first?.anchor?.quote.exact).toBe(quote)
    expect(first?.source).toContain(quote)
    expect(first?.source).not.toMatch(/alert\(1\)<|javascript:|<b>/)
    expect(second).toMatchObject({
      name: 'Bo',
      parent_id: first?.id,
      thread_id: first?.thread_id,
      comment_count: 2,
    })
    expect(third).toMatchObject({ state: hidden, anchor: null, shown_revision: null, comment_count: 0 })
    expect(await faultsOf(db, site)).toEqual([])
  })

  test('a second run changes nothing', async () => {
    const { db, site } = world
    const before = await written(db, site)
    const done = await importComments(db, site, source, file)
    expect(done).toMatchObject({ written: { approved: 0, pending: 0, spam: 0, deleted: 0 }, known: 3 })
    expect(await written(db, site)).toEqual(before)
    expect(await db.selectFrom('audit').select('number').execute()).toHaveLength(1)
  })

  test('nobody is told, and no address of the file is an account’s', async () => {
    const { db } = world
    expect(await db.selectFrom('notification').selectAll().execute()).toEqual([])
    const accounts = await db.selectFrom('account').selectAll().execute()
    for (const account of accounts) {
      expect(account.password_hash).toBeNull()
      expect(account.email).toMatch(/@imported\.invalid$/)
      expect(account.mail_stopped_at).not.toBeNull()
    }
    const emails = await db
      .selectFrom('import_author')
      .select('email')
      .where('email', 'is not', null)
      .execute()
    expect(emails).toEqual(source === 'remark42' ? [] : [{ email: 'ada@mail.example' }])
  })
})

const corpus = fileURLToPath(new URL('../../../shared/imports/', import.meta.url))

/** What stands in the files: how many comments of which state, answers, articles, and the first and last date. */
const expected = {
  disqus: {
    approved: 4,
    deleted: 1,
    answers: 2,
    articles: 2,
    from: '2013-10-10T19:20:29',
    to: '2013-10-11T06:52:33',
  },
  wordpress: {
    approved: 8,
    deleted: 0,
    answers: 3,
    articles: 2,
    from: '2014-01-14T17:32:12',
    to: '2022-06-07T15:21:56',
  },
  generic: {
    approved: 2,
    deleted: 0,
    answers: 0,
    articles: 2,
    from: '2005-02-24T04:03:37',
    to: '2005-05-08T06:50:26',
  },
}

describe.skipIf(!existsSync(corpus))('real files', () => {
  test.each(['disqus', 'wordpress', 'generic'] as const)('%s', async (source) => {
    const { db, site, close } = await emptySite()
    const file = `${corpus}${source}.${source === 'generic' ? 'json' : 'xml'}`
    const done = await importComments(db, site, source, file)
    const { approved, deleted, answers, articles, from, to } = expected[source]
    expect(done.written).toEqual({ approved, deleted, pending: 0, spam: 0 })
    expect(done.articles).toEqual({ made: articles, known: 0 })
    const rows = await written(db, site)
    expect(rows.filter(({ parent_id }) => parent_id !== null)).toHaveLength(answers)
    const dates = rows.map(({ created_at }) => created_at.toISOString().slice(0, 19)).sort()
    expect([dates[0], dates.at(-1)]).toEqual([from, to])
    expect(await faultsOf(db, site)).toEqual([])
    await importComments(db, site, source, file)
    expect(await written(db, site)).toEqual(rows)
    await close()
  })
})

test('every format is tried above', () => {
  expect(Object.keys(samples)).toEqual(Object.keys(readers))
})
