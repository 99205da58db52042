import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings } from './publisher.ts'
import {
  commentOnWords,
  openBeside,
  openConsole,
  openStage,
  panel,
  post,
  signIn,
  signInAt,
  type Stage,
} from './stage.ts'

const passage = 'It must be quiet'
const commented = 'A note of this kind'

let stage: Stage
let ada: Page
let bela: Page
beforeAll(async () => {
  stage = await openStage()
  ada = await stage.visit('/demo/', { bypassCSP: true })
  bela = await stage.visit('/demo/', { bypassCSP: true })
})
afterAll(() => stage.close())

const row = (page: Page) => panel(page).getByRole('group', { name: 'Reactions to this passage' })
/** The button of a reaction, with the number that it shows. */
const button = (page: Page, name: string, pressed?: boolean) =>
  row(page).getByRole('button', { name, exact: true, ...(pressed !== undefined && { pressed }) })
const mark = (page: Page, name: string | RegExp) =>
  page.getByRole('navigation', { name: 'Comments on the passages' }).getByRole('button', { name })
const isFocused = (page: Page, name: string) =>
  button(page, name).evaluate((element) => element.matches(':focus'))
const rows = (table: 'thread' | 'reaction') => stage.db.selectFrom(table).selectAll().execute()

describe('a reaction to a passage', () => {
  it('is sent once its reader has signed in, and another reader sees it at once', async () => {
    await Promise.all([openBeside(ada, passage), openBeside(bela, passage)])
    await button(bela, 'Agree', false).waitFor()
    const [popup] = await Promise.all([ada.waitForEvent('popup'), button(ada, 'Agree', false).click()])
    await signInAt(popup, 'ada@demo.example')
    await button(ada, 'Agree, 1', true).waitFor()
    await button(bela, 'Agree, 1', false).waitFor()
    expect(await rows('reaction')).toMatchObject([{ kind: 'agree' }])
  })

  it('is changed and taken back by the keyboard, which stays where it is', async () => {
    await button(ada, 'Question', false).press('Enter')
    await button(ada, 'Question, 1', true).waitFor()
    expect(await isFocused(ada, 'Question, 1')).toBe(true)
    await button(bela, 'Question, 1', false).waitFor()
    await button(bela, 'Agree', false).waitFor()
    await button(ada, 'Question, 1').press('Space')
    await button(bela, 'Question', false).waitFor()
    await button(ada, 'Question', false).waitFor()
    expect(await isFocused(ada, 'Question')).toBe(true)
    expect(await rows('reaction')).toEqual([])
  })

  it('adds up with those of others, and what was pressed last counts', async () => {
    await signIn(bela, 'bela@demo.example')
    await button(bela, 'Helpful', false).click()
    let answers = 0
    ada.on('response', (answer) => (answers += Number(/reaction$/.test(answer.url()))))
    await button(ada, 'Helpful, 1', false).click()
    // Not waiting for the answer.
    await button(ada, 'Needs a source').click()
    await button(ada, 'Helpful, 1').click()
    await button(ada, 'Helpful, 2', true).waitFor()
    await expect.poll(() => answers).toBe(3)
    await button(bela, 'Helpful, 2', true).waitFor()
    await button(ada, 'Needs a source', false).waitFor()
    expect((await rows('reaction')).map(({ kind }) => kind)).toEqual(['helpful', 'helpful'])
  })

  it('goes back to what it was where it is not saved, and says so', async () => {
    await ada.route('**/reaction', (route) => route.abort())
    await button(ada, 'Agree').click()
    await panel(ada).getByRole('alert').getByText('Not saved: the server does not answer.').waitFor()
    await button(ada, 'Helpful, 2', true).waitFor()
    await button(ada, 'Agree', false).waitFor()
    await ada.unroute('**/reaction')
    await button(ada, 'Agree').click()
    await button(ada, 'Agree, 1', true).waitFor()
    expect(await panel(ada).getByRole('alert').count()).toBe(0)
  })

  it('shows on the mark of a passage that nobody has written about, before anyone interacts', async () => {
    const reader = await stage.visit('/demo/')
    const own = mark(reader, new RegExp(`^2 reactions on “${passage}`))
    await own.waitFor()
    expect(await own.innerText()).toBe('2')
    expect(await own.getAttribute('class')).not.toContain('quiet')
    await reader.context().close()
  })

  it('has what is written about the paragraph in its thread, and the mark says both', async () => {
    const before = (await rows('thread')).length
    await post(bela, 'Hardly anyone.')
    expect((await rows('thread')).length).toBe(before)
    await mark(ada, new RegExp(`^1 comment on “${passage}.*”, 2 reactions$`)).waitFor()
    await panel(ada).getByText('Hardly anyone.').waitFor()
  })

  it('to selected words counts for their paragraph too', async () => {
    await commentOnWords(ada, 'read the article alone')
    await button(ada, 'Question', false).click()
    await button(ada, 'Question, 1', true).waitFor()
    await button(bela, 'Question, 1', false).waitFor()
    expect(await button(ada, 'Agree', false).count()).toBe(1)
    await openBeside(ada, passage)
    // The one to the paragraph is another.
    await button(ada, 'Agree, 1', true).click()
    await button(ada, 'Agree', false).waitFor()
    await button(ada, 'Question, 1', true).click()
    await button(bela, 'Question', false).waitFor()
  })

  it('that was there before signing in is not taken back by asking for it', async () => {
    const ada2 = await stage.visit('/demo/')
    await openBeside(ada2, commented)
    await openBeside(ada, commented)
    await button(ada, 'Agree', false).click()
    await button(ada2, 'Agree, 1', false).waitFor()
    const [popup] = await Promise.all([ada2.waitForEvent('popup'), button(ada2, 'Agree, 1').click()])
    await signInAt(popup, 'ada@demo.example')
    await button(ada2, 'Agree, 1', true).click()
    await button(ada, 'Agree', false).waitFor()
    await ada2.context().close()
  })
})

describe('the row of reactions', () => {
  it('moves nothing when it comes', async () => {
    const reader = await stage.visit('/demo/')
    let bring = () => {}
    const held = new Promise<void>((resolve) => (bring = resolve))
    await reader.route('**/assets/Reactions-*.js', async (route) => {
      await held
      await route.continue()
    })
    await openBeside(reader, commented)
    const comment = panel(reader).getByText('I looked it up')
    await comment.waitFor()
    const before = await comment.boundingBox()
    expect(await row(reader).count()).toBe(0)
    bring()
    await row(reader).waitFor()
    expect(await comment.boundingBox()).toEqual(before)
    await reader.context().close()
  })

  it('is not there on the article as a whole', async () => {
    await bela.locator('postil-discussion .mark.whole').click()
    await panel(bela).getByText('On the whole article').waitFor()
    await panel(bela).getByLabel('Comment on the article').waitFor()
    expect(await panel(bela).locator('.reactions').count()).toBe(0)
  })
})

describe('in another window of the same reader', () => {
  it('what they react or report shows, and goes, at once', async () => {
    const other = await ada.context().newPage()
    await other.goto(`${stage.origin}/demo/`)
    await Promise.all([openBeside(ada, commented), openBeside(other, commented)])
    await button(other, 'Agree', false).waitFor()
    await button(ada, 'Agree', false).click()
    await button(other, 'Agree, 1', true).waitFor()
    await button(other, 'Question', false).click()
    await button(ada, 'Question, 1', true).waitFor()
    await row(ada).getByRole('button', { name: 'Typo…' }).click()
    await panel(ada).getByRole('button', { name: 'Send' }).click()
    await row(other).getByRole('button', { name: 'Typo reported' }).waitFor()
    // Both stand, and each goes without the other.
    await button(other, 'Question, 1', true).click()
    await button(ada, 'Question', false).waitFor()
    await row(ada).getByRole('button', { name: 'Typo reported' }).waitFor()
    await panel(ada).getByRole('button', { name: 'Take it back' }).click()
    await row(other).getByRole('button', { name: 'Typo…' }).waitFor()
    const left = (await rows('reaction')).map(({ kind }) => kind)
    expect(left.filter((kind) => kind === 'question' || kind === 'typo')).toEqual([])
    await other.close()
  })
})

describe('a typo', () => {
  const report = async (page: Page, words: string, text: string) => {
    await openBeside(page, words)
    await row(page).getByRole('button', { name: 'Typo…' }).press('Enter')
    const field = panel(page).getByLabel('What should it say? (optional)')
    expect(await field.evaluate((element) => element.matches(':focus'))).toBe(true)
    await page.keyboard.type(text)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await panel(page).getByText('Thank you. Only the publisher sees this.').waitFor()
  }

  it('is told by the keyboard alone, and no other reader sees anything of it', async () => {
    await openBeside(ada, commented)
    await report(bela, commented, 'It was known as a postil')
    expect(await axeFindings(bela)).toEqual([])
    await row(bela).getByRole('button', { name: 'Typo reported' }).waitFor()
    // Whatever came by then is on screen: this came after it.
    await button(bela, 'Agree').waitFor()
    await post(bela, 'After the typo.')
    await panel(ada).getByText('After the typo.').waitFor()
    for (const name of ['Agree', 'Helpful', 'Question', 'Needs a source', 'Typo…'])
      expect(await button(ada, name).count(), name).toBe(1)
    const answer = await ada.request.get(`${stage.origin}/v1/sites/demo/typos`)
    expect(answer.status()).toBe(403)
  })

  it('is there after a reload, is taken back, and the focus is at its button', async () => {
    await bela.reload()
    await openBeside(bela, commented)
    await row(bela).getByRole('button', { name: 'Typo reported' }).press('Enter')
    await panel(bela).getByRole('button', { name: 'Take it back' }).press('Enter')
    await row(bela).getByRole('button', { name: 'Typo…' }).waitFor()
    expect(await isFocused(bela, 'Typo…')).toBe(true)
    expect((await rows('reaction')).filter(({ kind }) => kind === 'typo')).toEqual([])
  })

  it('waits for the publisher in the console, who ticks it off by the keyboard', async () => {
    await report(bela, commented, 'It was known as a postil')
    await report(ada, 'Paper gets the first', '')
    const pia = await openConsole(stage, 'pia@demo.example', { bypassCSP: true })
    await pia.getByRole('button', { name: 'Typos' }).click()
    const item = (text: string) => pia.getByRole('listitem').filter({ hasText: text })
    await item(commented).getByText('It was known as a postil').waitFor()
    await item('Paper gets the first').getByText('did not say what it should say').waitFor()
    expect(await axeFindings(pia)).toEqual([])
    await item('Paper gets the first')
      .getByRole('button', { name: 'Done: Paper gets the first' })
      .press('Enter')
    await pia.getByRole('status').getByText('Ticked off.').waitFor()
    const other = item(commented).getByRole('button', { name: 'Done: It was known as a postil' })
    await expect.poll(() => other.evaluate((element) => element.matches(':focus'))).toBe(true)
    await pia.keyboard.press('Enter')
    await pia.getByText('No typo waits for you.').waitFor()
    const heading = pia.getByRole('heading', { name: 'Typos' })
    await expect.poll(() => heading.evaluate((element) => element.matches(':focus'))).toBe(true)
    await pia.context().close()
  })

  it('that was taken back meanwhile leaves the list with a word of why', async () => {
    await openBeside(bela, commented)
    await row(bela).getByRole('button', { name: 'Typo reported' }).click()
    await panel(bela).getByRole('button', { name: 'Take it back' }).click()
    await report(bela, commented, 'Another wording')
    const pia = await openConsole(stage, 'pia@demo.example')
    await pia.getByRole('button', { name: 'Typos' }).click()
    await pia.getByText('Another wording').waitFor()
    await panel(bela).getByRole('button', { name: 'Take it back' }).click()
    await row(bela).getByRole('button', { name: 'Typo…' }).waitFor()
    await pia.getByRole('button', { name: /^Done: Another/ }).click()
    await pia.getByRole('alert').getByText('its reader has changed it or taken it back').waitFor()
    expect(await pia.getByText('Another wording').count()).toBe(0)
    await pia.context().close()
  })

  it('is no view of those who only moderate', async () => {
    const mo = await openConsole(stage, 'mo@demo.example')
    await mo.getByRole('button', { name: 'Queue' }).waitFor()
    expect(await mo.getByRole('button', { name: 'Typos' }).count()).toBe(0)
    await mo.context().close()
  })
})

describe("a thread's mark", () => {
  it('is set and taken back in a menu by who may, and readers see it at once', async () => {
    await openBeside(ada, commented)
    expect(await panel(ada).getByRole('button', { name: 'Mark this thread' }).count()).toBe(0)
    const mo = await stage.visit('/demo/', { bypassCSP: true })
    await openBeside(mo, commented)
    await signIn(mo, 'mo@demo.example')
    const thread = (page: Page) =>
      panel(page)
        .getByRole('group', { name: /^Thread on/ })
        .first()
    const menu = thread(mo).getByRole('button', { name: 'Mark this thread' })
    await menu.press('Enter')
    expect(await axeFindings(mo)).toEqual([])
    const readBefore = await panel(ada).getByText('I looked it up').boundingBox()
    await thread(mo).getByRole('button', { name: 'Answered' }).press('Enter')
    await thread(mo).getByRole('status').getByText('Answered').waitFor()
    expect(await menu.evaluate((element) => element.matches(':focus'))).toBe(true)
    expect(await menu.getAttribute('aria-expanded')).toBe('false')
    await thread(ada).getByText('Answered').waitFor()
    expect(await panel(ada).getByText('I looked it up').boundingBox()).toEqual(readBefore)
    expect(await axeFindings(ada)).toEqual([])
    await menu.press('Enter')
    await thread(mo).getByRole('button', { name: 'Corrected' }).press('Enter')
    await thread(ada).getByText('Corrected').waitFor()
    await menu.press('Enter')
    await thread(mo).getByRole('button', { name: 'Take the mark back' }).press('Enter')
    await thread(ada).getByText('Corrected').waitFor({ state: 'detached' })
    await mo.context().close()
  })
})

it('on a phone, in the dark, axe finds nothing in the row and the form, and all can be touched', async () => {
  const phone = await stage.visit('/demo/', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    colorScheme: 'dark',
    bypassCSP: true,
  })
  await openBeside(phone, commented)
  await row(phone).getByRole('button', { name: 'Typo…' }).tap()
  await panel(phone).getByLabel('What should it say? (optional)').waitFor()
  expect(await axeFindings(phone)).toEqual([])
  for (const one of await row(phone).getByRole('button').all()) {
    const box = await one.boundingBox()
    expect(box?.height).toBeGreaterThanOrEqual(44)
    expect(box?.width).toBeGreaterThanOrEqual(44)
  }
  await phone.context().close()
})
