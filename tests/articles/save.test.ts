import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fingerprint } from '../../core/anchoring/fingerprint.ts'
import { buildApp } from '../../server/app.ts'
import {
  blockTexts,
  decideRevision,
  heldRevisions,
  importArticle,
  readArticle,
  saveArticle,
  type ReadableArticle,
} from '../../server/articles/index.ts'
import { findArticle, readMarks } from '../../server/articles/read.ts'
import { readConfig } from '../../server/config.ts'
import { connect, type Database } from '../../server/database/connect.ts'
import { createSite, type Site } from '../../server/sites/index.ts'
import { testDatabase } from '../setup/database.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let db: Database
let site: Site
let other: Site

beforeAll(async () => {
  database = await testDatabase()
  db = connect(database.url, { connections: 12 })
  site = await createSite(db, { slug: 'gazette', name: 'Gazette', origins: ['https://gazette.example'] })
  other = await createSite(db, { slug: 'courier', name: 'Courier', origins: [] })
})

afterAll(async () => {
  await db.destroy()
  await database.drop()
})

const markdown = (title: string, ...paragraphs: string[]) =>
  importArticle({ format: 'markdown', source: [`# ${title}`, ...paragraphs].join('\n\n') })
const address = (path: string) => `https://gazette.example/${path}`

async function read(slug: string): Promise<ReadableArticle> {
  const article = await readArticle(db, slug)
  if (!article) throw new Error(`there is no article ${slug}`)
  return article
}

const revisions = async (articleId: string) =>
  await db
    .selectFrom('article_revision')
    .select(['number', 'report'])
    .where('article_id', '=', articleId)
    .orderBy('number')
    .execute()

describe('saving an article', () => {
  test('the first time makes revision 1 with its blocks, and what is known about it', async () => {
    const article = importArticle({
      format: 'markdown',
      source:
        '---\nauthor: Ida Holm\ndate: 2024-03-05\nlang: da\ndir: ltr\n---\n# First\n\n## Head\n\nSaid *so*.\n\n- one',
    })
    const saved = await saveArticle(db, site, article, { url: address('first') })
    expect(saved).toMatchObject({ slug: 'first', revision: 1, changed: true })
    expect(await read('first')).toMatchObject({
      id: saved.id,
      url: address('first'),
      title: 'First',
      byline: 'Ida Holm',
      excerpt: 'Said so.',
      published_at: new Date('2024-03-05T00:00:00Z'),
      language: 'da',
      direction: 'ltr',
      revision: 1,
      site: 'gazette',
      blocks: [
        { kind: 'heading', level: 2, text: 'Head', html: null },
        { kind: 'paragraph', level: null, text: 'Said so.', html: 'Said <em>so</em>.' },
        { kind: 'item', level: null, text: 'one', html: null },
      ],
    })
    const names = await db
      .selectFrom('block')
      .select('fingerprint')
      .where('article_id', '=', saved.id)
      .orderBy('position')
      .execute()
    expect(names.map((block) => block.fingerprint)).toEqual(['Head', 'Said so.', 'one'].map(fingerprint))
    expect(await revisions(saved.id)).toEqual([{ number: 1, report: [] }])
  })

  test('the same again makes no revision, and takes what is new about it', async () => {
    const article = markdown('Same', 'One.', 'Two.')
    const first = await saveArticle(db, site, article, {})
    const again = await saveArticle(db, site, { ...article, byline: 'Jan Brandt' }, {})
    expect(again).toEqual({ ...first, changed: false })
    expect(await revisions(first.id)).toHaveLength(1)
    expect((await read('same')).byline).toBe('Jan Brandt')
  })

  test.each([
    ['a word', ['One.', 'Two and a half.', 'Three.']],
    ['a quote sign, which anchors do not tell apart', ['One.', '“Two.”', 'Three.']],
    ['a link', ['One.', '["Two."](https://two.example)', 'Three.']],
    ['the order', ['Three.', '"Two."', 'One.']],
    ['a paragraph less', ['One.', '"Two."']],
  ])('%s changed makes the next revision, and leaves the one before', async (what, paragraphs) => {
    const before = markdown(`Edited: ${what}`, 'One.', '"Two."', 'Three.')
    const first = await saveArticle(db, site, before, {})
    const after = markdown(`Edited: ${what}`, ...paragraphs)
    expect(await saveArticle(db, site, after, {})).toEqual({ ...first, revision: 2, changed: true })
    const shown = await read(first.slug)
    expect(shown.revision).toBe(2)
    expect(shown.blocks.map(({ text, html }) => ({ text, html }))).toEqual(
      after.blocks.map(({ text, html }) => ({ text, html })),
    )
    expect(await blockTexts(db, site.id, first.id)).toEqual(after.blocks.map(({ text }) => text))
    const old = await db
      .selectFrom('block')
      .select('text')
      .where('article_id', '=', first.id)
      .where('revision', '=', 1)
      .orderBy('position')
      .execute()
    expect(old.map(({ text }) => text)).toEqual(['One.', '"Two."', 'Three.'])
  })

  test('a text that returns to an older one is a revision like any other', async () => {
    const [one, two] = [markdown('Back', 'One.'), markdown('Back', 'Two.')]
    const { id } = await saveArticle(db, site, one, {})
    await saveArticle(db, site, two, {})
    expect(await saveArticle(db, site, one, {})).toMatchObject({ id, revision: 3, changed: true })
    expect(await blockTexts(db, site.id, id)).toEqual(['One.'])
  })

  test('5,000 blocks come back in their order', async () => {
    const paragraphs = Array.from({ length: 5000 }, (_, index) => `Paragraph ${index}.`)
    const { id } = await saveArticle(db, site, markdown('Long', ...paragraphs), {})
    expect(await blockTexts(db, site.id, id)).toEqual(paragraphs)
  })

  test('what was left out of it is kept with the revision', async () => {
    const article = importArticle({ format: 'text', source: 'Kept\n\nA line.\n\nwww.gazette.example' })
    const { id } = await saveArticle(db, site, article, {})
    expect(await revisions(id)).toEqual([
      { number: 1, report: [{ kind: 'dropped', detail: 'boilerplate: www.gazette.example' }] },
    ])
  })
})

describe('a text that was held, and overtaken by a newer one', () => {
  const inLanguage = (language: string, text: string) =>
    importArticle({ format: 'markdown', source: `---\nlang: ${language}\n---\n# Overtaken\n\n${text}` })
  const german = inLanguage('de', 'Eins.')
  const doubt = 'It is in another language: de, where the article was in en.'

  /** An English article whose German text was held as revision 2, and which has another text since. */
  async function overtaken(slug: string) {
    const save = (article: typeof german) => saveArticle(db, site, article, { slug })
    const { id } = await save(inLanguage('en', 'One.'))
    expect(await save(german)).toMatchObject({ revision: 2, doubt })
    expect(await save(german)).toMatchObject({ revision: 2, changed: false })
    expect(await save(inLanguage('en', 'Two.'))).toMatchObject({ revision: 3, doubt: null })
    return { id, save }
  }

  test('waits anew when it comes again, and can be taken', async () => {
    const { id, save } = await overtaken('waits-anew')
    const again = await save(german)
    expect(again).toMatchObject({ id, revision: 4, changed: true, doubt })
    expect(await save(german)).toEqual({ ...again, changed: false })
    const held = await heldRevisions(db, site.id, 'waits-anew')
    expect(held.map(({ revision }) => revision)).toEqual([4])
    expect(await decideRevision(db, { siteId: site.id, articleId: id }, 4, 'taken')).toBe(true)
    expect(await blockTexts(db, site.id, id)).toEqual(['Eins.'])
  })

  test('is judged by what the article is now', async () => {
    const { id, save } = await overtaken('judged-anew')
    const { revision } = await save(inLanguage('de', 'Zwei.'))
    expect(await decideRevision(db, { siteId: site.id, articleId: id }, revision, 'taken')).toBe(true)
    // What is taken is the text; the language follows with the next import of it.
    await save(inLanguage('de', 'Zwei.'))
    expect(await save(german)).toMatchObject({ revision: revision + 1, changed: true, doubt: null })
    expect(await blockTexts(db, site.id, id)).toEqual(['Eins.'])
  })
})

describe('which article it is', () => {
  test('the one at the address, whatever its title is by now', async () => {
    const first = await saveArticle(db, site, markdown('Working title', 'One.'), { url: address('moved') })
    const again = await saveArticle(db, site, markdown('Real title', 'One.'), {
      url: `${address('moved')}#top`,
    })
    expect(again).toEqual({ ...first, changed: false })
    expect(await read('working-title')).toMatchObject({ title: 'Real title', url: address('moved') })
    expect(await readArticle(db, 'real-title')).toBeNull()
  })

  test('the one with the given short name, which moves to the new address', async () => {
    const first = await saveArticle(db, site, markdown('Named', 'One.'), { url: address('a'), slug: 'name' })
    const again = await saveArticle(db, site, markdown('Named', 'One.'), { url: address('b'), slug: 'name' })
    expect(again).toEqual({ ...first, changed: false })
    expect((await read('name')).url).toBe(address('b'))
  })

  test('not the one of the same title at another address', async () => {
    const first = await saveArticle(db, site, markdown('Editorial', 'May.'), { url: address('may') })
    const second = await saveArticle(db, site, markdown('Editorial', 'June.'), { url: address('june') })
    expect(second.id).not.toBe(first.id)
    expect(second.slug).toMatch(/^editorial-[0-9a-f]{6}$/)
    expect(await blockTexts(db, site.id, first.id)).toEqual(['May.'])
    expect((await read(second.slug)).blocks.map(({ text }) => text)).toEqual(['June.'])
  })

  test('not the one of another site', async () => {
    const here = await saveArticle(db, site, markdown('Both', 'Here.'), { url: address('both') })
    const there = await saveArticle(db, other, markdown('Both', 'There.'), { url: address('both') })
    expect(there).toMatchObject({ slug: 'both', revision: 1 })
    expect(await blockTexts(db, site.id, here.id)).toEqual(['Here.'])
    expect(await blockTexts(db, other.id, there.id)).toEqual(['There.'])
    expect((await findArticle(db, other, address('both')))?.id).toBe(there.id)
  })
})

describe('at the same time', () => {
  test.each([
    ['one address', { url: 'https://gazette.example/at-once' }],
    ['one short name', { slug: 'at-once-by-name' }],
  ])('ten first saves for %s make one article, with one revision for each text', async (_, where) => {
    const texts = Array.from({ length: 10 }, (_unused, index) => `Text ${index}.`)
    const saved = await Promise.all(
      texts.map((text) => saveArticle(db, site, markdown('At once', text), where)),
    )
    expect(new Set(saved.map(({ id }) => id)).size).toBe(1)
    expect(saved.map(({ revision }) => revision).sort((a, b) => a - b)).toEqual(
      texts.map((_unused, i) => i + 1),
    )
    const last = saved.findIndex(({ revision }) => revision === 10)
    expect(await blockTexts(db, site.id, saved[0]?.id ?? '')).toEqual([texts[last]])
  })

  test('ten saves of one text make one revision', async () => {
    const article = markdown('Once', 'The text.')
    const saved = await Promise.all(Array.from({ length: 10 }, () => saveArticle(db, site, article, {})))
    expect(saved.filter(({ changed }) => changed)).toHaveLength(1)
    expect(await revisions(saved[0]?.id ?? '')).toHaveLength(1)
  })
})

describe('what is not there', () => {
  test('is null, and 404 for who asks over HTTP', async () => {
    expect(await readArticle(db, 'nothing')).toBeNull()
    expect(await findArticle(db, site, address('nothing'))).toBeNull()
    expect(await findArticle(db, site, 'urn:uuid:not-a-uuid')).toBeNull()
    expect(await readMarks(db, site, address('nothing'))).toEqual({ article: null, marks: [] })
    const app = await buildApp(readConfig({ LOG_LEVEL: 'silent' }), db)
    try {
      await saveArticle(db, site, markdown('Something', 'One.'), {})
      expect((await app.inject('/a/something')).statusCode).toBe(200)
      expect((await app.inject('/a/nothing')).statusCode).toBe(404)
    } finally {
      await app.close()
    }
  })

  test('an article whose text is not known here is not shown', async () => {
    await db
      .insertInto('article')
      .values({
        site_id: site.id,
        id: crypto.randomUUID(),
        slug: 'unread',
        title: 'Unread',
        direction: 'auto',
      })
      .execute()
    expect(await readArticle(db, 'unread')).toBeNull()
  })
})
