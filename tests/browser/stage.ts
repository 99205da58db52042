import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core'
import type { FastifyInstance } from 'fastify'
import { expect } from 'vitest'
import type { Config } from '../../server/config.ts'
import type { Database } from '../../server/database/connect.ts'
import { serveDemo } from '../setup/serve.ts'

/** The real application with its demo site, on a database and a port of its own, and a real browser. */
export interface Stage {
  app: FastifyInstance
  db: Database
  browser: Browser
  origin: string
  /** A page of a reader's own, with nobody signed in. */
  visit(path: string, options?: BrowserContextOptions): Promise<Page>
  close(): Promise<void>
}

const password = 'margin-notes'

/** How every test starts Chromium. */
export const launching = {
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

export const openBrowser = (): Promise<Browser> => chromium.launch(launching)

/**
 * @param smtpUrl where the server sends its mail; without it, none is sent
 * @param changes of its other settings
 */
export async function openStage(
  smtpUrl: string | null = null,
  changes: Partial<Config> = {},
): Promise<Stage> {
  const served = await serveDemo(undefined, smtpUrl, changes)
  const { app, db, origin } = served
  const browser = await openBrowser()
  return {
    app,
    db,
    browser,
    origin,
    async visit(path, options = {}) {
      // Nothing still glides when a test looks where it is.
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        reducedMotion: 'reduce',
        ...options,
      })
      const page = await context.newPage()
      page.setDefaultTimeout(25_000)
      await page.goto(origin + path)
      return page
    },
    async close() {
      await browser.close()
      await served.close()
    },
  }
}

/** Opens the discussion beside the paragraph that holds these words. */
export async function openBeside(page: Page, words: string): Promise<void> {
  const paragraph = page.locator('article p, article li').filter({ hasText: words }).first()
  await paragraph.scrollIntoViewIfNeeded()
  await paragraph.hover()
  const passage = (await paragraph.innerText()).replace(/\s+/g, ' ').trim().slice(0, 40)
  await page
    .getByRole('navigation', { name: 'Comments on the passages' })
    .getByRole('button', { name: passage })
    .click()
  await panel(page).waitFor()
}

/** Selects words as a mouse would, and opens the discussion on them. */
export async function commentOnWords(page: Page, words: string): Promise<void> {
  await page.evaluate((wanted) => {
    const walker = document.createTreeWalker(
      document.querySelector('article') ?? document.body,
      NodeFilter.SHOW_TEXT,
    )
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = (node.nodeValue ?? '').replace(/\s/g, ' ').indexOf(wanted)
      if (at < 0) continue
      node.parentElement?.scrollIntoView({ block: 'center' })
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + wanted.length)
      document.getSelection()?.removeAllRanges()
      document.getSelection()?.addRange(range)
      return
    }
    throw new Error(`“${wanted}” is not on the page`)
  }, words)
  await page.getByRole('button', { name: 'Comment', exact: true }).click()
  await panel(page).waitFor()
}

/** Cuts the network of a reader, the live line too. */
export async function cut({ app }: Stage, page: Page): Promise<void> {
  await page.context().setOffline(true)
  for (const client of app.websocketServer.clients) client.terminate()
}

/**
 * Cuts the network of a reader whose discussion is open, until it says so.
 * @param words by which it says so
 */
export async function cutUntilSaid(stage: Stage, page: Page, words = 'Reconnecting'): Promise<void> {
  // A line that was still being opened comes up once more before the network is gone.
  const isSaid = async () => {
    await cut(stage, page)
    return await panel(page).getByText(words).isVisible()
  }
  await expect.poll(isSaid).toBe(true)
}

/** The open discussion. */
export const panel = (page: Page): Locator => page.locator('postil-discussion .panel')

/** Signs in by the window that the embed opens. */
export async function signIn(page: Page, email: string): Promise<void> {
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    panel(page).getByRole('button', { name: 'Sign in to comment' }).first().click(),
  ])
  await signInAt(popup, email)
  await panel(page).getByText('Signed in as').waitFor()
}

/** Fills in the sign-in window. */
export async function signInAt(popup: Page, email: string): Promise<void> {
  await popup.getByLabel('E-mail').fill(email)
  await popup.getByLabel('Password', { exact: true }).fill(password)
  await popup
    .locator('form')
    .getByRole('button', { name: 'Sign in', exact: true })
    .click()
    .catch((error: unknown) => {
      // The window may have closed itself before the browser said that the click was done; what came of it shows on the page.
      if (!popup.isClosed()) throw error
    })
}

/** Writes in the box with this label and posts. */
export async function post(page: Page, text: string, label = 'Comment on this passage'): Promise<void> {
  const box = panel(page).getByLabel(label)
  await box.fill(text)
  await box.press('Control+Enter')
  await panel(page).locator('.comment[data-comment] > .text').filter({ hasText: text }).waitFor()
}

/** Signs a moderator in at the console. */
export async function openConsole(
  stage: Stage,
  email: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await stage.visit('/signin/?next=/console/', options)
  // In whatever language the browser has it.
  await page.locator('input[type=email]').fill(email)
  await page.locator('input[type=password]').fill(password)
  await page.locator('form button[type=submit]').click()
  await page.waitForURL('**/console/')
  return page
}
