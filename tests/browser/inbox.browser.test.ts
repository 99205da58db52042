import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings, openPublisher, sideways } from './publisher.ts'
import { openBeside, openStage, panel, post, signIn, type Stage } from './stage.ts'

const passage = 'A note of this kind'
const elsewhere = 'They were finishing it.'
const other = 'This is a paragraph of another article, long enough to be talked about in its margin.'

let stage: Stage
let publisher: Awaited<ReturnType<typeof openPublisher>>
let ada: Page
let bela: Page
beforeAll(async () => {
  stage = await openStage()
  publisher = await openPublisher(stage, { '/other': { html: `<article><p>${other}</p></article>` } })
  ada = await open('ada@demo.example')
  bela = await open('bela@demo.example')
})
afterAll(async () => {
  await publisher.close()
  await stage.close()
})

/** A page with the discussion open beside a passage, and somebody signed in. */
async function open(email: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await stage.visit('/demo/', { bypassCSP: true, ...options })
  await openBeside(page, passage)
  await signIn(page, email)
  return page
}

const button = (page: Page, name: string | RegExp) => panel(page).getByRole('button', { name, exact: true })
const bell = (page: Page) => panel(page).locator('.bell')
const heading = (page: Page, name: string) => panel(page).getByRole('heading', { name, exact: true })
const entries = (page: Page) => panel(page).locator('.entry')
const comment = (page: Page, text: string) => panel(page).locator('.comment').filter({ hasText: text }).last()
const isFocused = (element: Element) => element.matches(':focus')

async function openInbox(page: Page): Promise<void> {
  await bell(page).click()
  await heading(page, 'Inbox').waitFor()
}

async function reply(page: Page, to: string, name: string, text: string): Promise<void> {
  const answered = comment(page, to)
  await answered
    .getByRole('button', { name: `Reply to ${name}` })
    .first()
    .click()
  const box = answered.getByRole('textbox', { name: `Reply to ${name}` })
  await box.fill(text)
  await box.press('Control+Enter')
  await box.waitFor({ state: 'detached' })
}

const countsTo = (page: Page, name: string) => bell(page).and(button(page, name)).waitFor()

describe('the bell', () => {
  it('is there for who is signed in only, and leads to an inbox with nothing in it', async () => {
    const chris = await stage.visit('/demo/', { bypassCSP: true })
    await openBeside(chris, passage)
    expect(await bell(chris).count()).toBe(0)
    expect(await button(chris, 'Follow').count()).toBe(0)
    await signIn(chris, 'chris@demo.example')
    await countsTo(chris, 'Inbox')
    await openInbox(chris)
    await panel(chris).getByText('Nothing here yet.').waitFor()
    expect(await button(chris, 'Mark all as read').count()).toBe(0)
    expect(await axeFindings(chris)).toEqual([])
    await button(chris, 'Back to the discussion').click()
    await button(chris, 'Sign out').click()
    await bell(chris).waitFor({ state: 'detached' })
    await chris.context().close()
  })

  it('comes with the next opening where the network did not bring it, and nothing else waits for it', async () => {
    const page = await bela.context().newPage()
    await page.route('**/assets/reader*.js*', (route) => route.abort())
    const asked = page.waitForEvent('requestfailed')
    await page.goto(`${stage.origin}/demo/`)
    await openBeside(page, passage)
    await asked
    await panel(page).getByText('Signed in as Bela').waitFor()
    expect(await bell(page).count()).toBe(0)
    await page.unroute('**/assets/reader*.js*')
    await openBeside(page, elsewhere)
    await countsTo(page, 'Inbox')
    await page.close()
  })

  it('counts what others answer, without reloading, in all windows of the reader', async () => {
    await post(bela, 'What Bela asks.')
    const second = await bela.context().newPage()
    await second.goto(`${stage.origin}/demo/`)
    await openBeside(second, elsewhere)
    await countsTo(second, 'Inbox')
    await comment(ada, 'What Bela asks.').waitFor()
    await reply(ada, 'What Bela asks.', 'Bela', 'What *Ada* answers.')
    for (const page of [bela, second]) await countsTo(page, 'Inbox, 1 unread')
    expect(await bell(bela).innerText()).toBe('1')
    await second.close()
  })
})

describe('the inbox', () => {
  it('opens and closes by keyboard, and leaves the discussion as it was', async () => {
    const field = panel(bela).getByLabel('Comment on this passage')
    await field.fill('Half a thou')
    await bell(bela).press('Enter')
    await expect.poll(() => heading(bela, 'Inbox').evaluate(isFocused)).toBe(true)
    await panel(bela).getByRole('heading', { name: 'today' }).waitFor()
    expect(await field.isVisible()).toBe(false)
    const entry = entries(bela).first()
    expect(await entry.getByRole('link').innerText()).toBe('Ada answered you')
    await entry.getByText('unread').waitFor()
    expect(await entry.locator('.passage').innerText()).toContain(passage)
    expect(await entry.locator('.excerpt').innerText()).toBe('What Ada answers.')
    expect(await axeFindings(bela)).toEqual([])
    await bela.keyboard.press('Escape')
    await heading(bela, 'On this passage').waitFor()
    await expect.poll(() => bell(bela).evaluate(isFocused)).toBe(true)
    expect(await field.inputValue()).toBe('Half a thou')
    await field.fill('')
  })

  it('leads to the comment at its passage, and what was read there is read in all windows', async () => {
    const second = await bela.context().newPage()
    await second.goto(`${stage.origin}/demo/`)
    await openBeside(second, passage)
    await countsTo(second, 'Inbox, 1 unread')
    // In the background a browser draws a frame a second.
    await bela.bringToFront()
    await openBeside(bela, elsewhere)
    await openInbox(bela)
    await entries(bela).getByRole('link', { name: 'Ada answered you' }).press('Enter')
    await heading(bela, 'On this passage').waitFor()
    const answer = panel(bela).locator('.comment.linked')
    expect(await answer.locator('.text').innerText()).toBe('What Ada answers.')
    await expect.poll(() => answer.evaluate(isFocused)).toBe(true)
    for (const page of [bela, second]) await countsTo(page, 'Inbox')
    await openInbox(bela)
    await entries(bela).first().waitFor()
    expect(await entries(bela).getByText('unread').count()).toBe(0)
    await button(bela, 'Back to the discussion').click()
    await second.close()
  })

  it('is marked as read as a whole, and shows what comes while it is open', async () => {
    await openInbox(bela)
    await reply(ada, 'What Bela asks.', 'Bela', 'A second answer.')
    await entries(bela).getByText('A second answer.').waitFor()
    await button(bela, 'Mark all as read').press('Enter')
    await panel(bela).getByRole('status').getByText('All is marked as read.').waitFor()
    await button(bela, 'Mark all as read').waitFor({ state: 'detached' })
    expect(await heading(bela, 'Inbox').evaluate(isFocused)).toBe(true)
    expect(await entries(bela).getByText('unread').count()).toBe(0)
    await bela.keyboard.press('Escape')
    await countsTo(bela, 'Inbox')
  })

  it('gives way to the next unread comment, which the key n leads to', async () => {
    await openInbox(bela)
    await openBeside(ada, elsewhere)
    await post(ada, 'Said beside another passage.')
    await bela.locator('.mark.new').first().waitFor({ state: 'attached' })
    expect(await button(bela, 'Next unread (1)').count()).toBe(0)
    await bela.keyboard.press('n')
    const unread = panel(bela).locator('.comment').filter({ hasText: 'Said beside another passage.' })
    await unread.waitFor()
    await expect.poll(() => unread.evaluate(isFocused)).toBe(true)
    await heading(bela, 'On this passage').waitFor()
    await openBeside(bela, passage)
    await openBeside(ada, passage)
  })

  it('says what it could not read, and reads it when asked again', async () => {
    const page = await bela.context().newPage()
    await page.route('**/inbox?*', (route) => route.abort())
    await page.goto(`${stage.origin}/demo/`)
    await openBeside(page, passage)
    await openInbox(page)
    await panel(page).getByText('The inbox could not be loaded.').waitFor()
    await page.unroute('**/inbox?*')
    await button(page, 'Try again').click()
    await entries(page).first().waitFor()
    await page.close()
  })
})

describe('following', () => {
  it('a thread is a press away; what is written there comes into the inbox, until one stops', async () => {
    const thread = panel(bela)
      .getByRole('group', { name: /Thread on/ })
      .filter({ hasText: 'I looked it up' })
    const follow = thread.getByRole('button', { name: 'Follow', exact: true })
    await follow.press('Space')
    await expect
      .poll(() => thread.getByRole('button', { name: 'Following' }).getAttribute('aria-pressed'))
      .toBe('true')
    await expect.poll(followed).toEqual(['thread'])
    await reply(ada, 'I looked it up', 'Ada', 'I looked again.')
    await countsTo(bela, 'Inbox, 1 unread')
    await openInbox(bela)
    await entries(bela).getByRole('link', { name: 'Ada wrote in a thread you follow' }).waitFor()
    await bela.keyboard.press('Escape')
    await thread.getByRole('button', { name: 'Following' }).click()
    await expect.poll(followed).toEqual([])
  })

  const followed = async () => {
    const rows = await stage.db.selectFrom('follow').select('kind').where('following', '=', true).execute()
    return rows.map(({ kind }) => kind)
  }

  it('what cannot be saved is taken back, and says so', async () => {
    await bela.route('**/follows', (route) => route.abort())
    const follow = button(bela, 'Follow').first()
    await follow.click()
    await panel(bela).getByRole('alert').getByText('The server does not answer.').waitFor()
    expect(await follow.getAttribute('aria-pressed')).toBe('false')
    await bela.unroute('**/follows')
  })

  it('an article is followed from its own discussion; from another article, the inbox leads back to it', async () => {
    await bela
      .getByRole('button', { name: /whole article/ })
      .last()
      .click()
    await button(bela, 'Follow this article').click()
    await expect.poll(followed).toEqual(['article'])
    // A thread of it is followed with it, and left out by its own button.
    await openBeside(bela, passage)
    await button(bela, 'Following').first().waitFor()
    await openBeside(ada, elsewhere)
    await post(ada, 'Somewhere else entirely.')
    await countsTo(bela, 'Inbox, 2 unread')

    const there = await stage.browser.newContext({ reducedMotion: 'reduce' })
    const page = await there.newPage()
    page.setDefaultTimeout(25_000)
    await page.goto(`${publisher.origin}/other`)
    await page.locator('article p').hover()
    await page.getByRole('button', { name: /^Comment on “This is a paragraph/ }).click()
    await signIn(page, 'bela@demo.example')
    await countsTo(page, 'Inbox, 2 unread')
    await openInbox(page)
    const entry = entries(page).filter({ hasText: 'Somewhere else entirely.' })
    await entry.getByText('In praise of the margin').waitFor()
    await entry.getByRole('link', { name: 'Ada wrote on an article you follow' }).click()
    await page.waitForURL(/\/demo\/#postil=/)
    await panel(page).locator('.comment.linked').getByText('Somewhere else entirely.').waitFor()
    await countsTo(bela, 'Inbox, 1 unread')
    await there.close()
  })

  it('is chosen in the settings, which offer no mail where the server sends none', async () => {
    await openInbox(bela)
    await button(bela, 'Settings').press('Enter')
    const article = panel(bela).getByLabel('All new comments on this article')
    expect(await article.isChecked()).toBe(true)
    expect(await panel(bela).locator('select').count()).toBe(0)
    expect(await axeFindings(bela)).toEqual([])
    await article.press('Space')
    await expect.poll(followed).toEqual([])
    expect(await panel(bela).getByLabel('Answers to me').isChecked()).toBe(true)
    await bela.keyboard.press('Escape')
  })
})

describe('on a phone', () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

  it.each([
    { name: 'light', options: phone },
    { name: 'dark', options: { ...phone, colorScheme: 'dark' as const } },
  ])('the inbox fits, all there is to press is large, and Tab stays inside: $name', async ({ options }) => {
    const page = await open('bela@demo.example', options)
    await bell(page).tap()
    await heading(page, 'Inbox').waitFor()
    await entries(page).first().waitFor()
    await button(page, 'Settings').tap()
    await panel(page).getByLabel('Answers to me').waitFor()
    expect(await axeFindings(page)).toEqual([])
    expect(await sideways(page)).toBe(0)
    const small = await panel(page)
      .locator('button, select, .settings label, .entry')
      .evaluateAll((targets) =>
        targets
          .map((target) => ({ is: target.getAttribute('class'), box: target.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 0 && (box.width < 44 || box.height < 44))
          .map(({ is, box }) => `${String(is)} ${box.width}x${box.height}`),
      )
    expect(small).toEqual([])
    await button(page, 'Close the discussion').focus()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Shift+Tab')
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('postil-discussion')
    await button(page, 'Back to the discussion').tap()
    await heading(page, 'On this passage').waitFor()
    await page.context().close()
  })
})
