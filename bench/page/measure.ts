import { chromium, type Browser } from 'playwright-core'
import { describeBlock } from '../../core/anchoring/index.ts'
import { blockTexts, importArticle, saveArticle } from '../../server/articles/index.ts'
import type { Database } from '../../server/database/connect.ts'
import type { Site } from '../../server/sites/index.ts'
import { post } from '../../server/threads/index.ts'
import { keepResults } from '../results.ts'
import { served } from '../served.ts'
import { median, type Figures, visit } from './visit.ts'

const runs = 7
const paragraphs = 500

/** What the embed costs a page before anyone interacts: the same page with it and without it, in turns, in one run. */
async function main(): Promise<void> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    await served({ durable: false, connections: 4 }, async ({ db, site, origin }) => {
      const long = await longArticle(db, site, origin)
      await keep({
        demo: await compare(browser, `${origin}/demo/`),
        [`${paragraphs} marks`]: await compare(browser, long),
      })
    })
  } finally {
    await browser.close()
  }
}

/** An article with a thread at each of its paragraphs, at its own address. */
async function longArticle(db: Database, site: Site, origin: string): Promise<string> {
  const source = Array.from(
    { length: paragraphs },
    (_, index) =>
      `<p>Paragraph ${index} of a long article, with words enough to take two lines on a phone.</p>`,
  ).join('\n')
  const html = `<!doctype html><html lang="en"><title>Long</title><article><h1>Long</h1>${source}</article>`
  const article = await saveArticle(db, site, importArticle({ source: html, format: 'html' }), {
    slug: 'long',
  })
  const texts = await blockTexts(db, site.id, article.id)
  const { id } = await db
    .selectFrom('account')
    .select('id')
    .where('name', '=', 'Mo')
    .executeTakeFirstOrThrow()
  const mo = { id, name: 'Mo', role: 'moderator' as const, sections: null }
  for (const [block, text] of texts.entries()) {
    if (!text.startsWith('Paragraph')) continue
    const place = { kind: 'new thread', articleId: article.id, anchor: describeBlock(texts, block) } as const
    await post(db, site, mo, place, { body: 'A comment.' }, null)
  }
  return `${origin}/a/long`
}

async function compare(browser: Browser, url: string): Promise<Record<'with' | 'without', Figures>> {
  const seen: Record<'with' | 'without', Figures[]> = { with: [], without: [] }
  for (let run = 0; run < runs; run += 1)
    for (const kind of ['with', 'without'] as const)
      seen[kind].push(await visit(browser, url, kind === 'with'))
  return { with: median(seen.with), without: median(seen.without) }
}

async function keep(page: Record<string, Record<'with' | 'without', Figures>>): Promise<void> {
  for (const [name, figures] of Object.entries(page)) {
    console.log(name)
    console.table(figures)
  }
  await keepResults('page', page, { runs })
}

await main()
