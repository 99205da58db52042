import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser } from 'playwright-core'
import { describeBlock } from '../../core/anchoring/index.ts'
import { buildApp } from '../../server/app.ts'
import { blockTexts, importArticle, saveArticle } from '../../server/articles/index.ts'
import { seedDemo } from '../../server/cli/demo.ts'
import { readConfig } from '../../server/config.ts'
import { connect, type Database } from '../../server/database/connect.ts'
import { embeddedPostgres } from '../../server/database/embedded.ts'
import { migrateToLatest } from '../../server/database/migrate.ts'
import { findSite } from '../../server/sites/index.ts'
import { post } from '../../server/threads/index.ts'
import { median, type Figures, visit } from './visit.ts'

const results = fileURLToPath(new URL('../results.json', import.meta.url))
const runs = 7
const paragraphs = 500

/** What the embed costs a page before anyone interacts: the same page with it and without it, in turns, in one run. */
async function main(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'postil-bench-'))
  await chmod(directory, 0o755)
  const postgres = await embeddedPostgres({ directory, durable: false })
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    await migrateToLatest(postgres.url)
    const db = connect(postgres.url, { connections: 4 })
    const app = await buildApp({ ...readConfig({}), logLevel: 'fatal', limitFactor: 1_000_000 }, db)
    await app.listen({ port: 0, host: 'localhost' })
    const address = app.server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    await seedDemo(db, port)
    const long = await longArticle(db, `http://localhost:${port}`)
    const measured = {
      demo: await compare(browser, `http://localhost:${port}/demo/`),
      [`${paragraphs} marks`]: await compare(browser, long),
    }
    await app.close()
    await db.destroy()
    await keep(measured)
  } finally {
    await browser.close()
    await postgres.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

/** An article with a thread at each of its paragraphs, at its own address. */
async function longArticle(db: Database, origin: string): Promise<string> {
  const site = await findSite(db, 'demo')
  if (!site) throw new Error('the demo site is missing')
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
  const kept: unknown = JSON.parse(await readFile(results, 'utf8'))
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.versions.node, runs }
  await writeFile(results, `${JSON.stringify({ ...Object(kept), page: { machine, ...page } }, null, 2)}\n`)
}

await main()
