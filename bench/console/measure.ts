import { sql } from 'kysely'
import { chromium, type Browser, type Page } from 'playwright-core'
import type { Database } from '../../server/database/connect.ts'
import { sized } from '../options.ts'
import { keepRows, quantilesOf } from '../results.ts'
import { row } from '../rows.ts'
import { served } from '../served.ts'
import { fillQueue } from '../decide/fill.ts'

const open = sized(10_000, 200)
const decisions = sized(50, 3)

/** What a moderator's browser does on a site with ten thousand open cases: from key to next card, and the whole list scrolled through. */
async function main(): Promise<void> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    await served({ durable: true, connections: 10 }, async ({ db, site, origin }) => {
      await fillQueue(db, site.id, { open, decided: open })
      const page = await signIn(browser, origin)
      const card = await decide(page)
      const list = await scrollThrough(page)
      await expectMade(db)
      const measured = { open, decisions, card, list }
      console.dir(measured, { depth: null })
      const rows = [
        row('console: key to next card, p95', { unit: 'ms', ours: card.p95 }),
        row(`console: frame while ${list.reached} cases are scrolled, p95`, {
          unit: 'ms',
          ours: list.frames.p95,
        }),
      ]
      await keepRows('console', rows, measured)
    })
  } finally {
    await browser.close()
  }
}

/** That the keys did what was timed. */
async function expectMade(db: Database): Promise<void> {
  const { rows } = await sql<{ made: number }>`select count(*) as made from decision
    join account on account.id = decided_by where name = 'Mo' and action = 'approve'
      and decision.created_at > now() - interval '10 minutes'`.execute(db)
  if (rows[0]?.made !== decisions) throw new Error(`${rows[0]?.made} decisions were made`)
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

function spread(times: number[]) {
  const at = quantilesOf(times)
  return { p50: at(0.5), p95: at(0.95), longest: at(1) }
}

declare global {
  interface Window {
    took: number[]
  }
}

await main()
