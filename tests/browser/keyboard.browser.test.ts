import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { axeFindings, openPublisher } from './publisher.ts'
import { openBeside, openStage, panel, signIn, type Stage } from './stage.ts'

const arabic = 'هذه فقرة طويلة بما يكفي. يتحدث عنها القراء في الهامش.'
const japanese = '余白に書くのは楽しい。本は静かに待っている。'
const pages = {
  '/ar': { lang: 'ar', html: `<main><article dir="rtl"><h1>مقال</h1><p>${arabic}</p></article></main>` },
  '/ja': { lang: 'ja', html: `<main><article><h1>記事</h1><p>${japanese}</p></article></main>` },
}

let stage: Stage
let publisher: Awaited<ReturnType<typeof openPublisher>>
let open: Page[] = []
beforeAll(async () => {
  stage = await openStage()
  publisher = await openPublisher(stage, pages)
})
afterAll(async () => {
  await publisher.close()
  await stage.close()
})
afterEach(async () => {
  for (const page of open) await page.context().close()
  open = []
})

async function visit(path: string, options: Parameters<Stage['visit']>[1] = {}): Promise<Page> {
  const page = await stage.visit('/demo/', { bypassCSP: true, ...options })
  if (path !== '/demo/') await page.goto(publisher.origin + path)
  open.push(page)
  return page
}

const bar = (page: Page) => page.locator('postil-discussion .choosing')
const chosen = (page: Page) => bar(page).getByRole('status')
const lit = (page: Page) => page.evaluate(() => [...(CSS.highlights.get('postil-choice') ?? [])].map(String))
/** The choice as it is told, and as it is lit. */
async function isChosen(page: Page, words: string): Promise<void> {
  await chosen(page).getByText(words, { exact: true }).waitFor()
  expect((await lit(page)).map((text) => text.replace(/\s+/g, ' '))).toEqual([words])
}
const focusIs = (page: Page, selector: string) =>
  page.locator(`postil-discussion ${selector}`).and(page.locator(':focus')).waitFor()

async function beginOn(page: Page, paragraph: string): Promise<void> {
  await openBeside(page, paragraph)
  await panel(page).getByRole('button', { name: 'Choose words' }).press('Enter')
  await focusIs(page, '.choosing')
}

it('words are commented on from the page’s load to the posted comment in less than twenty keys', async () => {
  const page = await visit('/demo/')
  await openBeside(page, 'Open almost any book')
  await signIn(page, 'ada@demo.example')
  await page.reload()
  const mark = page.locator('postil-discussion .mark').first()
  await mark.waitFor({ state: 'attached' })
  let keys = 0
  const press = async (...all: string[]) => {
    for (const key of all) await page.keyboard.press(key)
    keys += all.length
  }
  await press('Tab')
  await focusIs(page, '.mark')
  await press('Enter')
  await focusIs(page, 'h2')
  // The bell comes a moment later; without it there is one key less.
  await panel(page)
    .getByRole('button', { name: /^Inbox/ })
    .waitFor()
  await press('Tab', 'Tab', 'Tab')
  expect(
    await panel(page).getByRole('button', { name: 'Choose words' }).and(page.locator(':focus')).count(),
  ).toBe(1)
  await press('Enter')
  await focusIs(page, '.choosing')
  await isChosen(
    page,
    'Open almost any book that was read hard before 1700 and you will find a second text in it.',
  )
  await press('ArrowLeft', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Shift+ArrowRight')
  await isChosen(page, 'book that')
  await press('Shift+ArrowLeft', 'Enter')
  await focusIs(page, '.panel textarea')
  await page.keyboard.type('Any book at all?')
  keys += 1
  await press('Control+Enter')
  const posted = panel(page).locator('.comment:not(.sending)').filter({ hasText: 'Any book at all?' })
  await posted.waitFor()
  expect(await panel(page).locator('.thread .passage').first().innerText()).toBe('book')
  expect(await lit(page)).toEqual([])
  expect(keys).toBeLessThan(20)
})

it('the choice goes over the borders of paragraphs and stays in view; Escape leads back', async () => {
  const page = await visit('/demo/', { viewport: { width: 1440, height: 500 } })
  await beginOn(page, 'A note of this kind')
  expect(await panel(page).count()).toBe(0)
  await isChosen(page, 'A note of this kind had a name.')
  for (let step = 0; step < 14; step += 1) await page.keyboard.press('ArrowDown')
  const box = await page.evaluate(() => {
    const [range] = CSS.highlights.get('postil-choice') ?? []
    const { top, bottom } = (range as Range).getBoundingClientRect()
    return { top, bottom }
  })
  const end = (await bar(page).boundingBox())?.y ?? 0
  expect(box.top).toBeGreaterThanOrEqual(0)
  expect(box.bottom).toBeLessThanOrEqual(end)
  expect(await lit(page)).not.toEqual(['A note of this kind had a name.'])
  await page.keyboard.press('Escape')
  await focusIs(page, '.panel h2')
  expect(await bar(page).count()).toBe(0)
  expect(await lit(page)).toEqual([])
  expect(await panel(page).getByRole('heading', { name: 'On this passage' }).count()).toBe(1)
})

it('the page may change meanwhile: it begins anew in the same paragraph', async () => {
  const page = await visit('/demo/')
  await beginOn(page, 'A note of this kind')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowLeft')
  await isChosen(page, 'It')
  await page.evaluate(() => {
    const first = document.querySelector('article > p')
    first?.before(
      Object.assign(document.createElement('p'), { textContent: 'A correction was added above.' }),
    )
  })
  await isChosen(page, 'A note of this kind had a name.')
  await focusIs(page, '.choosing')
  await page.keyboard.press('Enter')
  await panel(page).locator('.body > .passage').getByText('A note of this kind had a name.').waitFor()
})

it('from right to left, the left arrow leads on', async () => {
  const page = await visit('/ar')
  await page.locator('postil-discussion .mark:not(.whole)').first().focus()
  await page.keyboard.press('Enter')
  await panel(page).getByRole('button', { name: 'اختيار كلمات' }).press('Enter')
  await isChosen(page, 'هذه فقرة طويلة بما يكفي.')
  await page.keyboard.press('ArrowRight')
  await isChosen(page, 'هذه')
  await page.keyboard.press('ArrowLeft')
  await isChosen(page, 'فقرة')
  await page.keyboard.press('Shift+ArrowLeft')
  await isChosen(page, 'فقرة طويلة')
  expect(await axeFindings(page)).toEqual([])
})

it('words are found in a language that writes without spaces', async () => {
  const page = await visit('/ja')
  await page.locator('postil-discussion .mark:not(.whole)').first().focus()
  await page.keyboard.press('Enter')
  await panel(page).getByRole('button', { name: '文言を選ぶ' }).press('Enter')
  await isChosen(page, '余白に書くのは楽しい。')
  await page.keyboard.press('ArrowLeft')
  await isChosen(page, '余白')
})

it.each([
  { name: 'light', options: {} },
  { name: 'dark', options: { colorScheme: 'dark' as const } },
])('a finger chooses words with buttons, on a phone in $name', async ({ options }) => {
  const page = await visit('/demo/', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    ...options,
  })
  await openBeside(page, 'It must hold still')
  await panel(page).getByRole('button', { name: 'Choose words' }).tap()
  await isChosen(page, 'It must hold still.')
  const button = (name: string) => bar(page).getByRole('button', { name, exact: true })
  for (const one of await bar(page).getByRole('button').all()) {
    const box = await one.boundingBox()
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44)
  }
  await button('Previous word').tap()
  await isChosen(page, 'It')
  await button('Next word').tap()
  await button('Extend').tap()
  await button('Next word').tap()
  await isChosen(page, 'must hold')
  expect(await axeFindings(page)).toEqual([])
  await button('Comment on these words').tap()
  await panel(page).locator('.body > .passage').getByText('must hold', { exact: true }).waitFor()
  await focusIs(page, '.panel textarea')
})

it('a thread whose words are gone is attached to others by keyboard', async () => {
  const page = await visit('/demo/')
  await openBeside(page, 'Try it here')
  await signIn(page, 'ada@demo.example')
  await panel(page).getByRole('button', { name: 'Choose words' }).press('Enter')
  await isChosen(page, 'Try it here.')
  await page.keyboard.press('Enter')
  await page.keyboard.type('To be attached.')
  await page.keyboard.press('Control+Enter')
  await panel(page).locator('.comment:not(.sending)').filter({ hasText: 'To be attached.' }).waitFor()
  await page.reload()
  await page.evaluate(() => document.querySelector('article > p:last-child')?.remove())

  await page.locator('postil-discussion .mark.whole').press('Enter')
  const toLost = panel(page).getByRole('button', {
    name: 'Passages that are no longer found in the article',
  })
  await toLost.press('Enter')
  await panel(page).getByText('To be attached.').waitFor()
  await panel(page).getByRole('button', { name: 'Attach to other words' }).press('Enter')
  await focusIs(page, '.bar [role=region]')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  // It begins where the paragraph stood that is gone: at the last one now.
  await isChosen(page, 'There is one more thing the margin does, and it may matter most.')
  await page.keyboard.press('Escape')
  await focusIs(page, '.bar [role=region]')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await focusIs(page, '.choosing')
  await page.keyboard.press('ArrowDown')
  await isChosen(page, 'It makes the room smaller.')
  await page.keyboard.press('Enter')
  await panel(page).getByText('Attached to these words.').waitFor()
  await focusIs(page, '.panel h2')
  await panel(page).getByRole('button', { name: 'Undo' }).click()
  await page.locator('postil-discussion .mark.whole').click()
  // The list is still open; the thread is in it once more.
  await panel(page)
    .getByRole('button', { name: /Try it here/ })
    .press('Enter')
  await panel(page).getByRole('button', { name: 'Attach to other words' }).press('Enter')
  await focusIs(page, '.bar [role=region]')
  await page.keyboard.press('Escape')
  await focusIs(page, '.panel h2')
})
