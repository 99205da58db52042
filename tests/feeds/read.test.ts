import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { blockTexts, findArticle } from '../../server/articles/index.ts'
import { addFeed, dropFeed, dueFeeds, feedsOf, readFeed } from '../../server/feeds/index.ts'
import { addJob } from '../../server/jobs/index.ts'
import { createSite, type Site } from '../../server/sites/index.ts'
import { finishJobs } from '../setup/jobs.ts'
import { servePages, type Pages } from '../setup/pages.ts'
import { serveDemo, type Served } from '../setup/serve.ts'

const words = [
  'The ferry to the island leaves at seven in the morning, and at six in the evening it brings home whoever went across.',
  'Nobody has counted how many letters the captain carried in his coat during the winter when the telegraph was broken.',
  'On the other side the old bus stands with its doors open, and the driver reads the newspaper until the last has come.',
]
const html = (title: string, text: string[]) =>
  `<!doctype html><html lang="en"><title>${title}</title><article><h1>${title}</h1>${text.map((one) => `<p>${one}</p>`).join('')}</article></html>`

let served: Served
let pages: Pages
let site: Site
/** What the publisher's server answers, by path: a page's paragraphs, or a feed. */
let there: Record<string, string[] | string | number>
let asked: string[]
beforeAll(async () => {
  served = await serveDemo(undefined, undefined, { fetchPrivate: true })
  pages = await servePages((request, reply) => {
    const path = request.url ?? ''
    asked.push(path)
    const what = there[path] ?? 404
    if (typeof what === 'number') return reply.writeHead(what).end()
    const [type, body] =
      typeof what === 'string' ? ['application/xml', what] : ['text/html', html(`Page ${path}`, what)]
    const etag = `"${createHash('sha256').update(body).digest('hex')}"`
    if (request.headers['if-none-match'] === etag) return reply.writeHead(304).end()
    reply.writeHead(200, { 'content-type': type, etag }).end(body)
  })
})
afterAll(async () => {
  await served.close()
  await pages.close()
})
beforeEach(async () => {
  there = {}
  asked = []
  await served.db.deleteFrom('feed').execute()
  await served.db.deleteFrom('article').where('url', 'like', `${pages.origin}/%`).execute()
  site = await createSite(served.db, { slug: 'demo', name: 'Demo', origins: [served.origin, pages.origin] })
})

const today = Date.now()
const daysAgo = (days: number) => new Date(today - days * 86_400_000).toISOString()
const sitemap = (...entries: [path: string, at: string | null][]) =>
  `<urlset>${entries.map(([path, at]) => `<url><loc>${path.startsWith('http') ? path : pages.origin + path}</loc>${at === null ? '' : `<lastmod>${at}</lastmod>`}</url>`).join('')}</urlset>`
/** A feed that the clock leaves alone: the test reads it. */
async function add() {
  const feedId = await addFeed(served.db, site, null, `${pages.origin}/sitemap.xml`)
  await sql`update feed set next_at = now() + interval '1 hour'`.execute(served.db)
  return { siteId: site.id, feedId }
}
const may = () => true
const articleAt = (path: string) => findArticle(served.db, site, pages.origin + path)
const textAt = async (path: string) => {
  const article = await articleAt(path)
  return article && (await blockTexts(served.db, site.id, article.id))
}
const only = async () => {
  const [feed] = await feedsOf(served.db, site.id)
  if (!feed) throw new Error('there is no feed')
  return feed
}

describe('a feed of a site', () => {
  test('is read by the clock, and its pages become articles; what is older than a week is left to readers', async () => {
    there = {
      '/sitemap.xml': sitemap(['/new', daysAgo(1)], ['/undated', null], ['/old', daysAgo(30)]),
      '/new': words,
      '/undated': words,
      '/old': words,
    }
    await add()
    await sql`update feed set next_at = now()`.execute(served.db)
    await addJob(served.db, 'findFeeds', {})
    await finishJobs(served.db)
    expect(await textAt('/new')).toEqual(words)
    expect(await textAt('/undated')).toEqual(words)
    expect(await articleAt('/old')).toBeNull()
    expect(await only()).toMatchObject({ problem: null, pages: 3, waiting: 0 })
    expect(await dueFeeds(served.db), 'not before ten minutes are over').toEqual([])
  })

  test('is asked only whether it changed; then what has a later date is read again, and nothing else', async () => {
    there = {
      '/sitemap.xml': sitemap(['/one', daysAgo(2)], ['/two', daysAgo(2)]),
      '/one': words,
      '/two': words,
    }
    const key = await add()
    await readFeed(served.db, key, { may })
    asked = []
    await readFeed(served.db, key, { may })
    expect(asked).toEqual(['/sitemap.xml'])

    const edited = [...words, 'A paragraph more, since this noon.']
    there = { ...there, '/sitemap.xml': sitemap(['/one', daysAgo(0)], ['/two', daysAgo(2)]), '/one': edited }
    await sql`update article_look set looked_at = looked_at - interval '1 hour'`.execute(served.db)
    await sql`update feed_entry set looked_at = looked_at - interval '1 hour'`.execute(served.db)
    asked = []
    await readFeed(served.db, key, { may })
    expect(asked).toEqual(['/sitemap.xml', '/one'])
    expect(await textAt('/one')).toEqual(edited)
  })

  test('is not believed about other origins, nor about pages that are none', async () => {
    there = {
      '/sitemap.xml': sitemap(
        ['https://elsewhere.example/one', null],
        ['/gone', null],
        ['/feed-in-feed', null],
        ['/one', null],
      ),
      '/feed-in-feed': sitemap(),
      '/one': words,
    }
    const key = await add()
    await readFeed(served.db, key, { may })
    expect(asked.toSorted()).toEqual(['/feed-in-feed', '/gone', '/one', '/sitemap.xml'])
    expect(await articleAt('/gone')).toBeNull()
    expect(await textAt('/one')).toEqual(words)
    const { rows } = await sql<{ problem: string }>`
      select problem from feed_entry where problem is not null order by url`.execute(served.db)
    expect(rows.map(({ problem }) => problem)).toEqual([
      expect.stringContaining('not text/html'),
      expect.stringContaining('answers 404'),
    ])
    asked = []
    await readFeed(served.db, key, { may })
    expect(asked, 'what failed is not tried over and over').toEqual(['/sitemap.xml'])
  })

  test('fetches twenty pages after one reading, and goes on a minute later', async () => {
    const paths = Array.from({ length: 23 }, (_, nth) => `/page-${nth}`)
    there = {
      '/sitemap.xml': sitemap(...paths.map((path): [string, null] => [path, null])),
      ...Object.fromEntries(
        paths.map((path, nth) => [path, [...words, `Number ${nth} has this paragraph.`]]),
      ),
    }
    const key = await add()
    await readFeed(served.db, key, { may })
    expect(asked).toHaveLength(21)
    expect(await only()).toMatchObject({ pages: 23, waiting: 3 })
    const { soon } = await served.db
      .selectFrom('feed')
      .select(sql<boolean>`next_at < now() + interval '2 minutes'`.as('soon'))
      .executeTakeFirstOrThrow()
    expect(soon).toBe(true)
    await readFeed(served.db, key, { may })
    expect(await only()).toMatchObject({ pages: 23, waiting: 0 })
  })

  test('of sitemaps is read by those that have changed', async () => {
    const index = (october: string) =>
      `<sitemapindex><sitemap><loc>${pages.origin}/september.xml</loc><lastmod>${daysAgo(2)}</lastmod></sitemap>
        <sitemap><loc>${pages.origin}/october.xml</loc><lastmod>${october}</lastmod></sitemap></sitemapindex>`
    there = {
      '/sitemap.xml': index(daysAgo(1)),
      '/september.xml': sitemap(['/one', daysAgo(2)]),
      '/october.xml': sitemap(['/two', daysAgo(1)]),
      '/one': words,
      '/two': words,
      '/three': words,
    }
    const key = await add()
    await readFeed(served.db, key, { may })
    expect(await only()).toMatchObject({ pages: 2, waiting: 0 })
    const later = new Date(Date.now() + 60_000).toISOString()
    there['/sitemap.xml'] = `${index(later)}<!-- changed -->`
    there['/october.xml'] = sitemap(['/two', daysAgo(1)], ['/three', later])
    asked = []
    await readFeed(served.db, key, { may })
    expect(asked).toEqual(['/sitemap.xml', '/october.xml', '/three'])
    expect(await only(), 'the other sitemap still has its page').toMatchObject({ pages: 3 })
  })

  test('that fails says so, keeps what it has, and is tried less and less often', async () => {
    there = { '/sitemap.xml': 500 }
    const key = await add()
    const wait = async () => {
      await readFeed(served.db, key, { may })
      const { minutes } = await served.db
        .selectFrom('feed')
        .select(sql<number>`round(extract(epoch from next_at - now()) / 60)::int`.as('minutes'))
        .executeTakeFirstOrThrow()
      return minutes
    }
    expect(await wait()).toBe(20)
    expect(await wait()).toBe(40)
    expect((await only()).problem).toContain('answers 500')
    await served.db.updateTable('feed').set({ failures: 20 }).execute()
    expect(await wait()).toBe(24 * 60)
    there = { '/sitemap.xml': '<html><body>No feed.</body></html>' }
    await wait()
    expect((await only()).problem).toContain('no RSS or Atom feed, and no sitemap')
    there = { '/sitemap.xml': sitemap(['/one', null]), '/one': words }
    expect(await wait()).toBe(10)
    expect(await only()).toMatchObject({ problem: null, pages: 1 })
  })

  test('is only one on the site’s own origins, once, and can be dropped; its articles stay', async () => {
    await expect(addFeed(served.db, site, null, 'https://elsewhere.example/feed')).rejects.toMatchObject({
      kind: 'wrong-origin',
    })
    await expect(addFeed(served.db, site, null, 'no address')).rejects.toMatchObject({
      kind: 'invalid-field',
    })
    there = { '/sitemap.xml': sitemap(['/one', null]), '/one': words }
    const key = await add()
    expect(await add()).toEqual(key)
    await readFeed(served.db, key, { may })
    await dropFeed(served.db, site, null, `${pages.origin}/sitemap.xml`)
    expect(await feedsOf(served.db, site.id)).toEqual([])
    expect(await textAt('/one')).toEqual(words)
    await expect(dropFeed(served.db, site, null, `${pages.origin}/sitemap.xml`)).rejects.toMatchObject({
      kind: 'not-found',
    })
    const rows = await served.db
      .selectFrom('audit')
      .select('action')
      .orderBy('number', 'desc')
      .limit(2)
      .execute()
    expect(rows.map(({ action }) => action)).toEqual(['drop_feed', 'add_feed'])
  })

  test('is not read from addresses of this network', async () => {
    there = { '/sitemap.xml': sitemap(['/one', null]), '/one': words }
    const key = await add()
    await readFeed(served.db, key)
    expect(asked).toEqual([])
    expect((await only()).problem).toContain('not an address of the public internet')
  })
})
