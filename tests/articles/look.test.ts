import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeBlock } from '../../core/anchoring/index.ts'
import { blockTexts } from '../../server/articles/index.ts'
import { createSite } from '../../server/sites/index.ts'
import { Client, signIn } from '../server/client.ts'
import { open, site } from '../server/stage.ts'
import { finishJobs } from '../setup/jobs.ts'
import { servePages, type Pages } from '../setup/pages.ts'
import { serveDemo, type Served } from '../setup/serve.ts'

const first = [
  'The ferry to the island leaves at seven in the morning, and at six in the evening it brings home whoever went across.',
  'Nobody has counted how many letters the captain carried in his coat during the winter when the telegraph was broken.',
  'On the other side the old bus stands with its doors open, and the driver reads the newspaper until the last has come.',
]

let served: Served
let pages: Pages
let siteId: string
let ada: Client
/** What the publisher's page says now; null where it is not there. */
let text: string[] | null
beforeAll(async () => {
  served = await serveDemo(undefined, undefined, { fetchPrivate: true })
  pages = await servePages((request, reply) => {
    if (!text) return reply.writeHead(500).end()
    const etag = `"${text.join().length}"`
    if (request.headers['if-none-match'] === etag) return reply.writeHead(304).end()
    reply.writeHead(200, { 'content-type': 'text/html', etag })
    reply.end(
      `<!doctype html><html lang="en"><title>Ferry</title><article><h1>Ferry</h1>${text.map((one) => `<p>${one}</p>`).join('')}</article></html>`,
    )
  })
  const demo = await createSite(served.db, {
    slug: site,
    name: 'Demo',
    origins: [served.origin, pages.origin],
  })
  siteId = demo.id
  // Sites are remembered for some seconds, so what follows is sent as from Postil's own page.
  ada = await signIn(served.origin, 'ada@demo.example')
})
afterAll(async () => {
  await served.close()
  await pages.close()
})
beforeEach(() => {
  text = first
  pages.asked.length = 0
})

const register = async (path: string) => {
  const url = `${pages.origin}/${path}`
  await expect
    .poll(
      async () => {
        const said = { params: { site }, body: { url, title: 'Ferry' } }
        return (await ada.request('POST /v1/sites/:site/articles', said)).status
      },
      { timeout: 15_000 },
    )
    .toBe(200)
  const made = await ada.ok('POST /v1/sites/:site/articles', {
    params: { site },
    body: { url, title: 'Ferry' },
  })
  await finishJobs(served.db)
  return made.id
}
const textOf = (article: string) => blockTexts(served.db, siteId, article)
const tenMinutesLater = () =>
  sql`update article_look set looked_at = looked_at - interval '10 minutes'`.execute(served.db)

test('a page that a reader brings is read once; what they find changed on it is looked at, not more than once in ten minutes', async () => {
  const article = await register('story')
  expect(await textOf(article)).toEqual(first)
  expect(pages.asked).toHaveLength(1)

  const edited = [
    first[0] ?? '',
    'A new paragraph, which the page has had only since this morning.',
    ...first.slice(1),
  ]
  text = edited
  await open(ada, article, 'On a passage that the server knows.', describeBlock(first, 2))
  await finishJobs(served.db)
  expect(pages.asked).toHaveLength(1)

  await open(ada, article, 'On the new one.', describeBlock(edited, 1))
  await finishJobs(served.db)
  expect(pages.asked, 'ten minutes are not over').toHaveLength(1)

  await tenMinutesLater()
  await open(ada, article, 'On the new one again.', describeBlock(edited, 1))
  await finishJobs(served.db)
  expect(pages.asked).toHaveLength(2)
  expect(await textOf(article)).toEqual(edited)
  const { rows } = await sql<{ status: string }>`
    select status from placement where article_id = ${article} and revision = 2 order by thread_id
  `.execute(served.db)
  expect(rows.map(({ status }) => status)).toEqual(['same', 'same', 'same'])

  await tenMinutesLater()
  await open(
    ada,
    article,
    'On what is nowhere.',
    describeBlock(['Words that no page of theirs has ever had.'], 0),
  )
  await finishJobs(served.db)
  expect(pages.asked.at(-1)?.headers['if-none-match']).toBeDefined()
  expect(
    (
      await served.db
        .selectFrom('article')
        .select('revision')
        .where('id', '=', article)
        .executeTakeFirstOrThrow()
    ).revision,
  ).toBe(2)
})

test('what stands in the way is noted, and the text stays', async () => {
  text = null
  const article = await register('broken')
  expect(await textOf(article)).toEqual([])
  const look = () =>
    served.db
      .selectFrom('article_look')
      .select('problem')
      .where('article_id', '=', article)
      .executeTakeFirstOrThrow()
  expect((await look()).problem).toContain('answers 500')
  text = first
  await tenMinutesLater()
  await open(ada, article, 'Still not read, so nothing is missing.', describeBlock(first, 1))
  await finishJobs(served.db)
  expect(await textOf(article)).toEqual(first)
  expect((await look()).problem).toBeNull()
})
