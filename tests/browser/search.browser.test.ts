import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { articlesToKeep, keepWords } from '../../server/search/index.ts'
import { axeFindings, sideways } from './publisher.ts'
import { openStage, panel, type Stage } from './stage.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
  for (const place of await articlesToKeep(stage.db)) await keepWords(stage.db, place)
})
afterAll(() => stage.close())

const field = (page: Page) => panel(page).getByRole('searchbox', { name: 'Search this discussion' })
const found = (page: Page) => panel(page).locator('.entry')
const hits = (page: Page) => found(page).locator('mark').allInnerTexts()

async function openList(page: Page): Promise<void> {
  await page.locator('postil-discussion .mark.whole').click()
  await panel(page)
    .getByRole('button', { name: /^All passages/ })
    .click()
  await field(page).waitFor()
}

async function searchFor(page: Page, words: string): Promise<void> {
  await field(page).fill(words)
  await field(page).press('Enter')
}

describe('the search of a discussion', () => {
  let page: Page
  beforeAll(async () => {
    page = await stage.visit('/demo/', { bypassCSP: true })
    await openList(page)
  })

  it('shows what it found in the place of the list, and says how much', async () => {
    await searchFor(page, 'looked')
    await panel(page).getByRole('status').getByText('1 result', { exact: true }).waitFor()
    expect(await hits(page)).toEqual(['looked'])
    expect(await panel(page).locator('.threads').count()).toBe(0)
    expect(await axeFindings(page)).toEqual([])
    expect(await sideways(page)).toBe(0)
  })

  it('leads to a comment at its passage by the keyboard', async () => {
    await field(page).press('ArrowDown')
    await found(page).getByRole('link').and(page.locator(':focus')).waitFor()
    await page.keyboard.press('ArrowUp')
    await field(page).and(page.locator(':focus')).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await panel(page).locator('.comment.linked:focus').getByText('I looked it up').waitFor()
    expect(await page.locator('postil-discussion[data-list]').count()).toBe(0)
  })

  it('has what was found still there when the list is opened again; Escape takes it away, and then closes', async () => {
    await openList(page)
    expect(await field(page).inputValue()).toBe('looked')
    expect(await hits(page)).toEqual(['looked'])
    await field(page).press('Escape')
    await panel(page).locator('.threads').waitFor()
    expect(await field(page).inputValue()).toBe('')
    await field(page).and(page.locator(':focus')).waitFor()
    await field(page).press('Escape')
    await panel(page).waitFor({ state: 'detached' })
  })

  it('finds passages, and leads to them', async () => {
    await openList(page)
    await searchFor(page, 'newspapers')
    await found(page).locator('.passage mark').first().waitFor()
    await found(page)
      .getByRole('link', { name: /^\d+ comments?$/ })
      .first()
      .click()
    await panel(page).locator('.comment.linked:focus').waitFor()
  })

  it('says that nothing was found, and that no answer came; what was typed stays', async () => {
    await openList(page)
    await searchFor(page, 'quokka')
    await panel(page).getByRole('status').getByText('Nothing was found.').waitFor()
    await page.route('**/search?*', (route) => route.abort())
    await searchFor(page, 'looked up')
    await panel(page).getByRole('alert').waitFor()
    expect(await field(page).inputValue()).toBe('looked up')
    await page.unroute('**/search?*')
    await field(page).press('Enter')
    await panel(page).getByRole('status').getByText('1 result', { exact: true }).waitFor()
    expect(await panel(page).getByRole('alert').count()).toBe(0)
  })
})

it('works on a phone', async () => {
  const page = await stage.visit('/demo/', { ...phone, bypassCSP: true })
  await openList(page)
  await searchFor(page, 'looked')
  await found(page).first().waitFor()
  expect(await axeFindings(page)).toEqual([])
  expect(await sideways(page)).toBe(0)
  await found(page).getByRole('link').first().tap()
  await panel(page).locator('.comment.linked').getByText('I looked it up').waitFor()
})

it('works on the page without script', async () => {
  const [article] = await stage.db.selectFrom('article').select('id').execute()
  const page = await stage.visit(`/d/${article?.id ?? ''}`, { javaScriptEnabled: false })
  await page.getByRole('searchbox', { name: 'Search this discussion' }).fill('looked')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Found for “looked”' }).waitFor()
  expect(await page.locator('mark').allInnerTexts()).toEqual(['looked'])
  const withAxe = await stage.visit(page.url().replace(stage.origin, ''), { bypassCSP: true })
  expect(await axeFindings(withAxe)).toEqual([])
})
