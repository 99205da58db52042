import { chromium, type Browser } from 'playwright-core'
import { describeBlock } from '../../core/anchoring/index.ts'
import { blockTexts, importArticle, saveArticle } from '../../server/articles/index.ts'
import type { Database } from '../../server/database/connect.ts'
import type { Site } from '../../server/sites/index.ts'
import { post } from '../../server/threads/index.ts'
import { sized } from '../options.ts'
import { keepRows } from '../results.ts'
import { middle, row } from '../rows.ts'
import { served } from '../served.ts'
import { timeAnchoring } from './anchoring.ts'
import { median, type Figures, visit } from './visit.ts'

const runs = sized(7, 1)
const paragraphs = sized(500, 20)

/** What the embed costs a page before anyone interacts: the same page with it and without it, in turns, in one run. */
async function main(): Promise<void> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    await served({ durable: false, connections: 4 }, async ({ db, site, origin }) => {
      const long = await longArticle(db, site, origin)
      const anchoring: number[] = []
      for (let run = 0; run < runs; run += 1) anchoring.push(await timeAnchoring(browser, paragraphs))
      const pages = {
        demo: await compare(browser, `${origin}/demo/`),
        [`${paragraphs} marks`]: await compare(browser, long),
      }
      await keep(pages, anchoring)
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

async function keep(
  page: Record<string, Record<'with' | 'without', Figures>>,
  anchoring: number[],
): Promise<void> {
  for (const [name, figures] of Object.entries(page)) {
    console.log(name)
    console.table(figures)
  }
  const all = Object.values(page)
  const most = (key: keyof Figures) => Math.max(...all.map((one) => one.with[key]))
  const long = page[`${paragraphs} marks`]
  const none = { is: '≤', value: 0 } as const
  const rows = [
    row('layout shift by the embed', { unit: '', ours: most('shift'), limit: none }),
    row('cookies before anyone interacts', { unit: '', ours: most('cookies'), limit: none }),
    row(`blocked by ${paragraphs} marks, processor four times as slow`, {
      ...{ unit: 'ms', bare: long?.without.blocking ?? NaN, ours: long?.with.blocking ?? NaN },
    }),
    row(`anchoring ${paragraphs} anchors on a page of 5,000 words, in the browser`, {
      ...{ unit: 'ms', ours: middle(anchoring).median, spread: middle(anchoring).spread },
      limit: { is: '≤', value: 50 },
    }),
  ]
  await keepRows('page', rows, { ...page, runs })
}

await main()
