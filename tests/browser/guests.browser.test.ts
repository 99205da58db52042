import { mkdirSync } from 'node:fs'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { setBadges } from '../../server/people/index.ts'
import { createSite, type Site } from '../../server/sites/index.ts'
import { axeFindings, sideways } from './publisher.ts'
import { button, openSettings } from './settings.ts'
import { openBeside, openConsole, openStage, panel, post, signIn, type Stage } from './stage.ts'

/** Where pictures of the pages are kept, for whoever wants to look at them. */
const pictures = process.env['PICTURES']
const words = 'When newspapers came to the web'
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }

let stage: Stage
let site: Site
beforeAll(async () => {
  stage = await openStage()
  site = await createSite(stage.db, { slug: 'demo' })
})
afterAll(() => stage.close())

async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: `${pictures}/${name}.png` })
}

/** A reader's page with the discussion open, and the sign-in window that it opens. */
async function openWindow(options: BrowserContextOptions = {}): Promise<{ page: Page; popup: Page }> {
  const page = await stage.visit('/demo/', options)
  await openBeside(page, words)
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    panel(page).getByRole('button', { name: 'Sign in to comment' }).first().click(),
  ])
  await popup.getByLabel('E-mail').waitFor()
  return { page, popup }
}

const guestForm = (popup: Page) => popup.getByRole('region', { name: 'Comment without an account' })

async function beGuest(popup: Page, name: string): Promise<void> {
  await guestForm(popup).getByLabel('Name').fill(name)
  await guestForm(popup).getByRole('button', { name: 'Continue as a guest' }).click()
}

test('a publisher has guests taken, and undoes it', async () => {
  const { page: before, popup } = await openWindow()
  expect(await guestForm(popup).count()).toBe(0)
  await before.close()
  const page = await openSettings(stage, 'site')
  const box = page.getByLabel('Guests may comment')
  expect(await box.isChecked()).toBe(false)
  await box.check()
  await button(page, 'Save').click()
  await page.getByText('Saved.', { exact: true }).waitFor()
  await picture(page, 'settings')
  await button(page, 'Undo').click()
  await page.getByText('Undone: it is as it was before.').waitFor()
  expect(await box.isChecked()).toBe(false)
  await box.check()
  await button(page, 'Save').click()
  await page.getByText('Saved.', { exact: true }).waitFor()
  await page.reload()
  await expect.poll(() => box.isChecked()).toBe(true)
  await page.close()
})

test.each([
  ['a phone', phone, 'dark'],
  ['a desktop', {}, 'light'],
] as const)('on %s, a guest comments, and is told apart', async (where, options, colorScheme) => {
  await createSite(stage.db, { slug: 'demo', takesGuests: true })
  const { page, popup } = await openWindow({ ...options, colorScheme })
  await guestForm(popup).waitFor()
  expect(await axeFindings(popup)).toEqual([])
  expect(await sideways(popup)).toBe(0)
  await picture(popup, `window on ${where}`)

  await beGuest(popup, ' ')
  await popup.getByText('Type the name to show beside your comments.').waitFor()
  await beGuest(popup, 'Мо')
  await popup.getByText('This name is like that of somebody who works for this site.').waitFor()
  const name = guestForm(popup).getByLabel('Name')
  expect(await name.evaluate((field) => field === document.activeElement)).toBe(true)
  expect(await name.inputValue()).toBe('Мо')
  expect(await axeFindings(popup)).toEqual([])
  await picture(popup, `refused on ${where}`)
  await name.fill(`Zoë on ${where}`)
  await Promise.all([popup.waitForEvent('close'), name.press('Enter')])

  await panel(page).getByText(`Signed in as Zoë on ${where}`).waitFor()
  const text = `What a guest says on ${where}.`
  await post(page, text)
  const comment = (on: Page) => panel(on).locator('.comment[data-comment]').filter({ hasText: text }).last()
  await comment(page).getByText('Only you see this: it waits for a moderator.').waitFor()
  expect(await comment(page).locator('.by bdi').allInnerTexts()).toEqual(['guest'])
  expect(await axeFindings(page)).toEqual([])
  await picture(page, `held on ${where}`)

  await panel(page).getByRole('button', { name: 'Agree' }).first().click()
  await panel(page).getByText('Reacting needs an account.').waitFor()

  const mo = await openConsole(stage, 'mo@demo.example')
  await mo.getByRole('heading', { name: `Zoë on ${where} guest` }).waitFor()
  await mo.getByText('By a guest, without an account').waitFor()
  expect(await axeFindings(mo)).toEqual([])
  await picture(mo, `card of ${where}`)
  await mo.keyboard.press('a')
  const reader = await stage.visit('/demo/')
  await openBeside(reader, words)
  await comment(reader).waitFor()
  expect(await comment(reader).locator('.by bdi').allInnerTexts()).toEqual(['guest'])
  for (const one of [mo, reader, page]) await one.context().close()
})

test('switched off while the window is open, it says so, and keeps the name', async () => {
  await createSite(stage.db, { slug: 'demo', takesGuests: true })
  const { page, popup } = await openWindow()
  await createSite(stage.db, { slug: 'demo', takesGuests: false })
  await beGuest(popup, 'Late')
  await popup.getByText('This site no longer takes comments without an account.').waitFor()
  expect(await guestForm(popup).getByLabel('Name').inputValue()).toBe('Late')
  await page.close()
})

test('badges stand beside the name, as text', async () => {
  const ada = await stage.db
    .selectFrom('account')
    .select('id')
    .where('email', '=', 'ada@demo.example')
    .executeTakeFirstOrThrow()
  await setBadges(stage.db, site.id, ada.id, ['Subscriber', '<b>Économiste</b>', 'مشتركة'])
  const page = await stage.visit('/demo/', phone)
  await openBeside(page, words)
  await signIn(page, 'ada@demo.example')
  await post(page, 'With badges.')
  const comment = panel(page).locator('.comment[data-comment]').filter({ hasText: 'With badges.' }).last()
  expect(await comment.locator('.by bdi').innerText()).toBe('Subscriber · <b>Économiste</b> · مشتركة')
  expect(await axeFindings(page)).toEqual([])
  expect(await sideways(page)).toBe(0)
  await picture(page, 'badges')
  await page.close()
})
