import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commentOnWords, openBeside, openStage, panel, post, signIn, type Stage } from './stage.ts'

const paragraph = 'They were finishing it.'

let stage: Stage
let ada: Page
let bela: Page
beforeAll(async () => {
  stage = await openStage()
  // Small windows, so that a few comments are more than fits.
  ada = await stage.visit('/demo/', { viewport: { width: 1440, height: 600 } })
  bela = await stage.visit('/demo/', { viewport: { width: 1440, height: 600 } })
  await commentOnWords(ada, 'spoiling the book')
  await signIn(ada, 'ada@demo.example')
  for (const text of ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth'])
    await post(ada, `${text} of all.`)
  await openBeside(bela, paragraph)
  await panel(bela).getByText('Sixth of all.').waitFor()
})
afterAll(() => stage.close())

const scroller = (page: Page) => panel(page).locator('.scroll')
const comment = (page: Page, text: string) => panel(page).locator('.comment').filter({ hasText: text }).last()
const button = (page: Page) => panel(page).getByRole('button', { name: /^Show \d+ new comments?$/ })
const topOf = async (page: Page, text: string) => (await comment(page, text).boundingBox())?.y

async function reply(page: Page, to: string, text: string): Promise<void> {
  const answered = comment(page, to)
  await answered.getByRole('button', { name: 'Reply to Ada' }).first().click()
  const box = answered.getByLabel('Reply to Ada', { exact: true }).and(page.locator('textarea'))
  await box.fill(text)
  await box.press('Control+Enter')
  await panel(page).locator('.comment[data-comment] > .text').filter({ hasText: text }).last().waitFor()
}

describe('a reader in the middle of a long thread', () => {
  it('is not moved by what others answer above: it is counted, and shown when asked for', async () => {
    await scroller(bela).evaluate((element) => (element.scrollTop = element.scrollHeight / 2))
    const before = await topOf(bela, 'Fourth of all.')
    for (const text of ['Answer one.', 'Answer two.', 'Answer three.'])
      await reply(ada, 'First of all.', text)
    await button(bela).and(bela.getByText('3 new')).waitFor()
    expect(await panel(bela).getByText('Answer one.').count()).toBe(0)
    expect(await topOf(bela, 'Fourth of all.')).toBe(before)
    await bela.locator('postil-discussion [role=status]').getByText('Show 3 new comments').waitFor()
    const bar = await button(bela).boundingBox()
    const room = await panel(bela).boundingBox()
    expect((bar?.y ?? NaN) + (bar?.height ?? NaN)).toBeLessThan((room?.y ?? NaN) + (room?.height ?? NaN))
  })

  it('sees at once that something shown was withdrawn or changed', async () => {
    const own = comment(ada, 'Sixth of all.')
    await own.getByRole('button', { name: 'Edit', exact: true }).click()
    await panel(ada).getByLabel('Change your comment').fill('Sixth, changed.')
    await panel(ada).getByRole('button', { name: 'Save' }).click()
    await panel(bela).getByText('Sixth, changed.').waitFor()
    await button(bela).and(bela.getByText('3 new')).waitFor()
    const answer = comment(ada, 'Answer three.')
    await answer.getByRole('button', { name: 'Withdraw', exact: true }).click()
    await button(bela).and(bela.getByText('2 new')).waitFor()
  })

  it('asks for it, and is at the first of it', async () => {
    await button(bela).focus()
    await bela.keyboard.press('Enter')
    await panel(bela).getByText('Answer one.').waitFor()
    expect(await button(bela).count()).toBe(0)
    const first = comment(bela, 'Answer one.')
    expect(await first.evaluate((element) => element.matches(':focus'))).toBe(true)
    const room = await scroller(bela).boundingBox()
    const top = await topOf(bela, 'Answer one.')
    expect(top).toBeGreaterThanOrEqual(room?.y ?? NaN)
    expect(top).toBeLessThan((room?.y ?? NaN) + 60)
  })
})

describe('a reader who types', () => {
  it('is not moved by what comes above the field, and posts without losing it', async () => {
    await signIn(bela, 'bela@demo.example')
    const field = panel(bela).getByLabel('Comment on this passage')
    await field.fill('Half a thought')
    const before = await field.boundingBox()
    await post(ada, 'Seventh of all.', 'Comment on this passage')
    await button(bela).waitFor()
    expect(await field.boundingBox()).toEqual(before)
    await field.press('Control+Enter')
    await panel(bela)
      .locator('.comment[data-comment] > .text')
      .filter({ hasText: 'Half a thought' })
      .waitFor()
    await button(bela).click()
    await panel(bela).getByText('Seventh of all.').waitFor()
  })
})

describe('a reader at the end', () => {
  it('sees what comes there at once', async () => {
    await scroller(bela).evaluate((element) => (element.scrollTop = element.scrollHeight))
    await post(ada, 'Eighth of all.', 'Comment on this passage')
    await panel(bela).getByText('Eighth of all.').waitFor()
    expect(await button(bela).count()).toBe(0)
  })
})
