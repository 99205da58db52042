import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { chromium, type Browser, type Page } from 'playwright-core'
import { buildApp } from '../../server/app.ts'
import { seedDemo } from '../../server/cli/demo.ts'
import { readConfig } from '../../server/config.ts'
import { connect } from '../../server/database/connect.ts'
import { embeddedPostgres } from '../../server/database/embedded.ts'
import { migrateToLatest } from '../../server/database/migrate.ts'
import { findSite } from '../../server/sites/index.ts'
import { fillQueue } from '../decide/fill.ts'

const results = fileURLToPath(new URL('../results.json', import.meta.url))
const open = 10_000
const decisions = 50

/** What a moderator's browser does on a site with ten thousand open cases: from key to next card, and the whole list scrolled through. */
async function main(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'postil-bench-'))
  await chmod(directory, 0o755)
  const postgres = await embeddedPostgres({ directory, durable: true })
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    await migrateToLatest(postgres.url)
    const db = connect(postgres.url, { connections: 10 })
    const app = await buildApp({ ...readConfig({}), logLevel: 'fatal', limitFactor: 1_000_000 }, db)
    await app.listen({ port: 0, host: 'localhost' })
    const address = app.server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    await seedDemo(db, port)
    const site = await findSite(db, 'demo')
    if (!site) throw new Error('the demo site is missing')
    await fillQueue(db, site.id, { open, decided: open })
    const page = await signIn(browser, `http://localhost:${port}`)
    const card = await decide(page)
    const list = await scrollThrough(page)
    const { rows } = await sql<{ made: number }>`select count(*) as made from decision
      join account on account.id = decided_by where name = 'Mo' and action = 'approve'
        and decision.created_at > now() - interval '10 minutes'`.execute(db)
    if (rows[0]?.made !== decisions) throw new Error(`${rows[0]?.made} decisions were made`)
    await keep({ open, decisions, card, list })
    await app.close()
    await db.destroy()
  } finally {
    await browser.close()
    await postgres.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

async function signIn(browser: Browser, origin: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(`${origin}/signin/?next=/console/`)
  await page.locator('input[type=email]').fill('mo@demo.example')
  await page.locator('input[type=password]').fill('margin-notes')
  await page.locator('form button[type=submit]').click()
  await page.locator('.card .text').waitFor()
  return page
}

/** Milliseconds from the press of a key that approves to the frame that has the next card. */
async function decide(page: Page) {
  await page.evaluate(() => {
    window.took = []
    addEventListener('keydown', ({ timeStamp }) =>
      // The frame after the one that is being made: then this one is on screen.
      requestAnimationFrame(() => setTimeout(() => window.took.push(performance.now() - timeStamp))),
    )
  })
  const title = page.locator('#card-title')
  for (let nth = 0; nth < decisions; nth += 1) {
    // By different people each: the comments are dealt out to two thousand.
    const before = await title.textContent()
    await page.keyboard.press('a')
    await page.waitForFunction((last) => document.querySelector('#card-title')?.textContent !== last, before)
  }
  return spread(await page.evaluate(() => window.took))
}

/** Milliseconds between two frames while the list is scrolled to its end, reading on as it goes. */
async function scrollThrough(page: Page) {
  const took = await page.evaluate(async () => {
    const list = document.querySelector('#cases')
    if (!list) throw new Error('there is no list')
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
    const took: number[] = []
    let last = await frame()
    for (let still = 0; still < 300;) {
      const top = list.scrollTop
      list.scrollBy(0, 600)
      still = list.scrollTop > top ? 0 : still + 1
      const now = await frame()
      took.push(now - last)
      last = now
    }
    return took
  })
  const rows = await page.locator('#cases li').last().getAttribute('aria-posinset')
  return { reached: Number(rows), rows: await page.locator('#cases li').count(), frames: spread(took) }
}

const tenth = (value: number) => Math.round(value * 10) / 10

function spread(times: number[]) {
  const ordered = times.toSorted((a, b) => a - b)
  const at = (part: number) => tenth(ordered[Math.floor(ordered.length * part)] ?? NaN)
  return { p50: at(0.5), p95: at(0.95), longest: tenth(ordered.at(-1) ?? NaN) }
}

async function keep(measured: object): Promise<void> {
  console.dir(measured, { depth: null })
  const kept: unknown = JSON.parse(await readFile(results, 'utf8'))
  const machine = {
    ...{ cpu: cpus()[0]?.model, cores: cpus().length, node: process.versions.node },
    load: loadavg()[0],
  }
  await writeFile(
    results,
    `${JSON.stringify({ ...Object(kept), console: { machine, ...measured } }, null, 2)}\n`,
  )
}

declare global {
  interface Window {
    took: number[]
  }
}

await main()
