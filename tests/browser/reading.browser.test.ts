import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findSite } from '../../server/sites/index.ts'
import { post as write } from '../../server/threads/index.ts'
import { axeFindings } from './publisher.ts'
import { openBeside, openStage, panel, signIn, type Stage } from './stage.ts'

const gloss = 'A note of this kind'
const newsrooms = 'When newspapers came'

/** As patient as everything else here. */
const eventually = <Value>(look: () => Promise<Value>) => expect.poll(look)

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** What was written first in the thread that begins with these words. */
async function opening(words: string): Promise<{ id: string; thread_id: string }> {
  return await stage.db
    .selectFrom('comment as c')
    .innerJoin('comment_revision as r', (join) =>
      join.onRef('r.site_id', '=', 'c.site_id').onRef('r.comment_id', '=', 'c.id'),
    )
    .select(['c.id', 'c.thread_id'])
    .where('r.source', 'like', `${words}%`)
    .executeTakeFirstOrThrow()
}

/** Somebody writes an answer on another machine; those who look see it. */
async function answer(to: string, body: string, name = 'Ada'): Promise<string> {
  const site = await findSite(stage.db, 'demo')
  const { id } = await stage.db
    .selectFrom('account')
    .select('id')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  if (!site) throw new Error('the demo site is missing')
  const { thread_id: threadId, id: parentId } = await opening(to)
  const actor = { id, name, role: 'moderator' as const, sections: null }
  const { articleId, posted } = await write(
    stage.db,
    site,
    actor,
    { kind: 'reply', threadId, parentId },
    { body },
    null,
  )
  stage.app.live.published(articleId)
  return posted.comment.id
}

const comment = (page: Page, words: string): Locator =>
  panel(page)
    .locator('.comment')
    .filter({ has: page.locator('> .text > p').filter({ hasText: words }) })
const button = (page: Page, name: string | RegExp) => panel(page).getByRole('button', { name })
const isFocused = (locator: Locator) => locator.evaluate((element) => element.matches(':focus'))
const mark = (page: Page, words: string | RegExp) =>
  page.getByRole('navigation', { name: 'Comments on the passages' }).getByRole('button', { name: words })
const dots = (page: Page) => panel(page).getByRole('img', { name: 'Unread' })
/** Another page of the same reader. */
async function again(page: Page, path = '/demo/'): Promise<Page> {
  const next = await page.context().newPage()
  next.setDefaultTimeout(25_000)
  await next.goto(stage.origin + path)
  return next
}

describe('a thread that is deeper than it can be indented', () => {
  let reader: Page
  let deepest = ''
  beforeAll(async () => {
    await answer('I looked it up', 'Level one.')
    for (const [at, name] of ['two', 'three', 'four', 'five', 'six', 'seven', 'eight'].entries())
      deepest = await answer(
        `Level ${['one', 'two', 'three', 'four', 'five', 'six', 'seven'][at] ?? ''}.`,
        `Level ${name}.`,
      )
    reader = await stage.visit('/demo/')
    await openBeside(reader, gloss)
  })

  it('goes on in a branch of its own, as often as there is more', async () => {
    await comment(reader, 'Level three.').waitFor()
    expect(await comment(reader, 'Level four.').count()).toBe(0)
    await button(reader, 'Continue this thread (5)').press('Enter')
    await comment(reader, 'Level six.').waitFor()
    await eventually(() => isFocused(comment(reader, 'Level three.'))).toBe(true)
    expect(await comment(reader, 'Level two.').count()).toBe(0)
    expect(await axeFindings(reader)).toEqual([])
    await button(reader, 'Continue this thread (2)').press('Enter')
    await comment(reader, 'Level eight.').waitFor()
    await eventually(() => isFocused(comment(reader, 'Level six.'))).toBe(true)
    expect(await button(reader, /Continue/).count()).toBe(0)
  })

  it('is shown whole again, where one came from', async () => {
    await button(reader, 'Back to the whole thread').press('Enter')
    await comment(reader, 'I looked it up').waitFor()
    await eventually(() => isFocused(comment(reader, 'Level three.'))).toBe(true)
    expect(await button(reader, 'Back to the whole thread').count()).toBe(0)
  })

  it('opens at the comment that a link leads to', async () => {
    const { thread_id: thread } = await opening('I looked it up')
    const linked = await stage.visit(`/demo/#postil=${thread}/${deepest}`)
    await panel(linked).locator('.comment.linked').getByText('Level eight.').waitFor()
    await eventually(() => isFocused(comment(linked, 'Level eight.'))).toBe(true)
    await button(linked, 'Back to the whole thread').waitFor()
  })

  it('counts what comes where it is not shown, and opens at one’s own answer', async () => {
    await answer('Level six.', 'Another seven.')
    await button(reader, 'Continue this thread (6) 1 new').waitFor()
    await signIn(reader, 'ada@demo.example')
    await comment(reader, 'Level three.').getByRole('button', { name: 'Reply to Ada' }).first().click()
    const field = panel(reader).locator('.comment textarea')
    await field.fill('My own four.')
    await field.press('Control+Enter')
    await comment(reader, 'My own four.').waitFor()
    await button(reader, 'Back to the whole thread').waitFor()
    await eventually(() => isFocused(comment(reader, 'My own four.'))).toBe(true)
  })
})

describe('answers that are folded', () => {
  let reader: Page
  beforeAll(async () => {
    await answer('This is the part', 'First answer.')
    await answer('First answer.', 'Below the first.')
    await answer('This is the part', 'Second answer.')
    reader = await stage.visit('/demo/', { viewport: { width: 1440, height: 620 } })
    await openBeside(reader, newsrooms)
    await comment(reader, 'Second answer.').waitFor()
  })
  const fold = (words: string) =>
    comment(reader, words)
      .getByRole('button', { name: /repl(y|ies)/ })
      .first()

  it('say how many they are, and whether one sees them', async () => {
    await eventually(() => fold('First answer.').getAttribute('aria-expanded')).toBe('true')
    await fold('First answer.').press('Enter')
    expect(await comment(reader, 'Below the first.').count()).toBe(0)
    expect(await fold('First answer.').getAttribute('aria-expanded')).toBe('false')
    expect(await fold('First answer.').innerText()).toBe('1 reply')
    expect(await isFocused(fold('First answer.'))).toBe(true)
    expect(await axeFindings(reader)).toEqual([])
  })

  it('count what comes to them, and move nothing', async () => {
    await panel(reader)
      .locator('.scroll')
      .evaluate((element) => (element.scrollTop = 0))
    await answer('First answer.', 'Also below the first.')
    await eventually(() => fold('First answer.').innerText()).toMatch(/^2 replies\s*1 new$/)
    expect(await button(reader, /^Show \d+ new/).count()).toBe(0)
    await fold('First answer.').click()
    await comment(reader, 'Also below the first.').waitFor()
  })

  it('unfold by themselves where something new is to be shown', async () => {
    await panel(reader)
      .locator('.scroll')
      .evaluate((element) => (element.scrollTop = 0))
    await answer('First answer.', 'A third below the first.')
    await button(reader, 'Show 1 new comment').waitFor()
    await fold('This is the part').click()
    expect(await comment(reader, 'First answer.').count()).toBe(0)
    await button(reader, 'Show 1 new comment').click()
    await comment(reader, 'A third below the first.').waitFor()
    expect(await isFocused(comment(reader, 'A third below the first.'))).toBe(true)
  })
})

describe('what a reader has not read', () => {
  let first: Page
  let bela: Page
  beforeAll(async () => {
    first = await stage.visit('/demo/')
    await openBeside(first, gloss)
  })

  it('is nothing on the first visit', async () => {
    await comment(first, 'I looked it up').waitFor()
    expect(await dots(first).count()).toBe(0)
    expect(await button(first, /unread/).count()).toBe(0)
    const isKept = () => Object.keys(localStorage).some((key) => key.startsWith('postil:read:'))
    await eventually(() => first.evaluate(isKept)).toBe(true)
    await first.close()
  })

  it('is counted on the next, and one is led from one to the other', async () => {
    await answer('I looked it up', 'Since your visit, here.')
    await answer('This is the part', 'Since your visit, there.')
    await answer('This is the part', 'And one more there.')
    bela = await again(first)
    await mark(bela, 'The whole article').focus()
    await bela.keyboard.press('Enter')
    await button(bela, 'Next unread (3)').waitFor()
    expect(await axeFindings(bela)).toEqual([])

    await panel(bela).getByRole('heading').first().focus()
    await bela.keyboard.press('n')
    await comment(bela, 'Since your visit, here.').waitFor()
    await eventually(() => isFocused(comment(bela, 'Since your visit, here.'))).toBe(true)
    await button(bela, 'Next unread (2)').waitFor()
    // The dot stays while one is there.
    await comment(bela, 'Since your visit, here.').getByRole('img', { name: 'Unread' }).waitFor()
  })

  it('is not gone through while one types', async () => {
    const field = panel(bela).getByLabel('Comment on this passage')
    await field.pressSequentially('no news')
    expect(await field.inputValue()).toBe('no news')
    await field.fill('')
    await panel(bela).getByRole('heading').first().press('Control+n')
    expect(await comment(bela, 'Since your visit, here.').count()).toBe(1)
  })

  it('is led to by buttons too, and is read once it was on screen', async () => {
    await button(bela, 'Next unread (2)').click()
    await eventually(() => isFocused(comment(bela, 'Since your visit, there.'))).toBe(true)
    await eventually(() => button(bela, /unread/).count()).toBe(0)
    const other = await again(bela)
    await openBeside(other, gloss)
    await comment(other, 'Since your visit, here.').waitFor()
    expect(await dots(other).count()).toBe(0)
    await other.close()
  })

  it('agrees with what is held back, and between two pages of one reader', async () => {
    const other = await again(bela)
    await openBeside(other, gloss)
    await comment(other, 'Since your visit, here.').waitFor()
    await panel(bela)
      .locator('.scroll')
      .evaluate((element) => (element.scrollTop = element.scrollHeight))
    await panel(bela).getByLabel('Comment on this passage').fill('Half a thought')
    await answer('First answer.', 'Held back for now.')
    await button(bela, 'Show 1 new comment').waitFor()
    await button(bela, 'Next unread (1)').waitFor()
    await button(other, 'Next unread (1)').waitFor()
    await button(bela, 'Next unread (1)').click()
    await comment(bela, 'Held back for now.').waitFor()
    expect(await button(bela, 'Show 1 new comment').count()).toBe(0)
    await eventually(() => button(bela, /unread/).count()).toBe(0)
    await eventually(() => button(other, /unread/).count()).toBe(0)
    await other.close()
    await panel(bela).getByLabel('Comment on this passage').fill('')
  })

  it('is marked as read all at once, and stays so', async () => {
    await answer('I looked it up', 'While you look elsewhere.')
    await button(bela, 'Next unread (1)').waitFor()
    await button(bela, 'Mark all as read').press('Enter')
    await panel(bela).getByText('Everything is read.').waitFor()
    expect(await isFocused(panel(bela).getByText('Everything is read.'))).toBe(true)
    expect(await button(bela, /unread/).count()).toBe(0)
    const other = await again(bela)
    await openBeside(other, gloss)
    await comment(other, 'While you look elsewhere.').waitFor()
    expect(await dots(other).count()).toBe(0)
    await other.close()
  })

  it('is told beside the text on coming back; where nothing is new, no more than the marks is loaded', async () => {
    const other = await again(bela)
    await bela.close()
    const requests: string[] = []
    other.on('request', (request) => requests.push(request.url()))
    await other.reload()
    await mark(other, 'A note of this kind').waitFor({ state: 'attached' })
    await other.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)))
    expect(requests.filter((url) => url.includes('/assets/view'))).toEqual([])
    await answer('I looked it up', 'While you were away.')
    await other.reload()
    await mark(other, /A note of this kind.*1 unread/).waitFor({ state: 'attached' })
    expect(await panel(other).count()).toBe(0)
    await other.close()
  })

  it('is nothing, and breaks nothing, where storage is forbidden', async () => {
    const context = await stage.browser.newContext({ viewport: { width: 1440, height: 900 } })
    await context.addInitScript(() =>
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('The operation is insecure.', 'SecurityError')
        },
      }),
    )
    const page = await context.newPage()
    page.setDefaultTimeout(25_000)
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(String(error)))
    await page.goto(`${stage.origin}/demo/`)
    await openBeside(page, gloss)
    await comment(page, 'I looked it up').waitFor()
    expect(await dots(page).count()).toBe(0)
    await answer('I looked it up', 'For somebody without storage.')
    await comment(page, 'For somebody without storage.')
      .or(button(page, /Show 1 new/))
      .waitFor()
    expect(faults).toEqual([])
    await context.close()
  })
})

describe('the menu of a comment', () => {
  let reader: Page
  const menuOf = async (words: string, name: string) => {
    const open = comment(reader, words)
      .getByRole('button', { name: `More about the comment by ${name}` })
      .first()
    if ((await open.getAttribute('aria-expanded')) === 'false') await open.click()
  }
  const folded = () => panel(reader).getByText('A comment by somebody you hid.')
  beforeAll(async () => {
    await answer('I looked it up', 'A remark of Bela’s.', 'Bela')
    await answer('A remark of Bela’s.', 'An answer to Bela.')
    await answer('This is the part', 'By somebody else.')
    reader = await stage.visit('/demo/')
    await openBeside(reader, gloss)
    await comment(reader, 'A remark of Bela’s.').waitFor()
  })
  it('hides a person, not those who answer them, and takes it back at once', async () => {
    await menuOf('A remark of Bela’s.', 'Bela')
    await button(reader, 'Hide comments by Bela').press('Enter')
    await panel(reader).getByText('Comments by Bela are hidden on this device.').waitFor()
    expect(await comment(reader, 'A remark of Bela’s.').count()).toBe(0)
    await comment(reader, 'An answer to Bela.').waitFor()
    expect(await isFocused(button(reader, 'Undo'))).toBe(true)
    expect(await axeFindings(reader)).toEqual([])
    await button(reader, 'Undo').press('Enter')
    await comment(reader, 'A remark of Bela’s.').waitFor()
    expect(await isFocused(button(reader, 'Hide comments by Bela'))).toBe(true)
  })

  it('keeps them hidden on all pages of the site, until they are shown again', async () => {
    await button(reader, 'Hide comments by Bela').click()
    await folded().waitFor()
    const other = await again(reader)
    await openBeside(other, newsrooms)
    await panel(other).getByText('A comment by somebody you hid.').waitFor()
    await panel(other).getByText('By somebody else.', { exact: true }).waitFor()
    await button(other, 'Show').click()
    await comment(other, 'This is the part').waitFor()
    expect(await isFocused(comment(other, 'This is the part'))).toBe(true)
    await comment(other, 'This is the part')
      .getByRole('button', { name: 'More about the comment by Bela' })
      .first()
      .click()
    await button(other, 'Show comments by Bela again').click()
    await comment(reader, 'A remark of Bela’s.').waitFor()
    expect(await folded().count()).toBe(0)
    await other.close()
  })

  it('is not for hiding oneself', async () => {
    await signIn(reader, 'bela@demo.example')
    await menuOf('A remark of Bela’s.', 'Bela')
    await button(reader, 'Copy link').first().waitFor()
    expect(await button(reader, 'Hide comments by Bela').count()).toBe(0)
  })

  it('quotes the words that are selected, else the first paragraph, below what is typed already', async () => {
    const field = comment(reader, 'I looked it up').locator('> .composer textarea')
    await menuOf('I looked it up', 'Ada')
    await comment(reader, 'I looked it up').locator('> .menu').getByRole('button', { name: 'Quote' }).click()
    expect(await field.inputValue()).toBe(
      '> I looked it up: postilla is in a thirteenth-century gloss already. The name is older than printing.\n\n',
    )
    expect(await isFocused(field)).toBe(true)
    await reader.keyboard.type('So it is.')
    expect((await field.inputValue()).endsWith('\n\nSo it is.')).toBe(true)
    // As a mouse does it: pressing the buttons must not clear what is selected.
    await comment(reader, 'I looked it up').locator('> .text em').dblclick()
    await menuOf('I looked it up', 'Ada')
    await comment(reader, 'I looked it up').locator('> .menu').getByRole('button', { name: 'Quote' }).click()
    expect((await field.inputValue()).endsWith('\n\nSo it is.\n\n> postilla\n\n')).toBe(true)
    await field.press('Control+Enter')
    await panel(reader)
      .locator('.comment:not(.sending) blockquote')
      .getByText('postilla', { exact: true })
      .waitFor()
  })
})

it('on a phone all of it fits, in targets that a finger hits', async () => {
  const bela = await stage.visit('/demo/', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  await openBeside(bela, gloss)
  await comment(bela, 'I looked it up').waitFor()
  await eventually(() => bela.evaluate(() => localStorage.length)).toBeGreaterThan(0)
  await answer('This is the part', 'For the one on the phone.')
  await button(bela, 'Next unread (1)').waitFor()
  for (const one of await panel(bela).getByRole('button').all()) {
    const box = await one.boundingBox()
    if (box) expect(Math.min(box.width, box.height), await one.innerText()).toBeGreaterThanOrEqual(44)
  }
  expect(await axeFindings(bela)).toEqual([])
  await button(bela, 'Next unread (1)').tap()
  await comment(bela, 'For the one on the phone.').waitFor()
})
