import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { commentOnWords, openBeside, openStage, panel, type Stage } from './stage.ts'

let stage: Stage
let open: Page[] = []
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())
afterEach(async () => {
  for (const page of open) await page.context().close()
  open = []
})

/** @param change what the publisher has done to the page since it was commented on */
async function visit(change = (html: string) => html): Promise<Page> {
  const context = await stage.browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  open.push(page)
  page.setDefaultTimeout(25_000)
  await page.route(`${stage.origin}/demo/`, async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, body: change(await answer.text()) })
  })
  await page.goto(`${stage.origin}/demo/`)
  await page.locator('postil-discussion .mark:not(.quiet):not(.whole)').nth(1).waitFor({ state: 'attached' })
  return page
}

const mark = (page: Page, words: RegExp) =>
  page.getByRole('navigation', { name: 'Comments on the passages' }).getByRole('button', { name: words })
const lit = (page: Page) => page.evaluate(() => [...(CSS.highlights.get('postil-passage') ?? [])].map(String))

it('a paragraph that comes late has its mark and can be talked about', async () => {
  const page = await visit()
  await page.evaluate(() => {
    const late = document.createElement('p')
    late.textContent = 'A paragraph that was loaded later, when the reader came near.'
    document.querySelector('article')?.querySelector('p:not([data-postil-ignore])')?.before(late)
  })
  await mark(page, /A paragraph that was loaded later/).waitFor({ state: 'attached' })
  await openBeside(page, 'A paragraph that was loaded later')
  expect(await lit(page)).toEqual(['A paragraph that was loaded later, when the reader came near.'])
  await page.keyboard.press('Escape')
  // What was said stays with what it was said about.
  await openBeside(page, 'A note of this kind had a name')
  await panel(page).getByText('thirteenth-century gloss').waitFor()
})

it('when the page puts another article element, the open thread, what is typed and the place on the page stay', async () => {
  const page = await visit()
  await openBeside(page, 'A note of this kind had a name')
  await panel(page).getByText('thirteenth-century gloss').waitFor()
  const box = panel(page).getByLabel('Comment on this passage')
  await box.fill('Half a thought')
  await box.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(4, 4))
  await page.evaluate(() => {
    const article = document.querySelector('article')
    const copy = article?.cloneNode(true) as HTMLElement
    copy.id = 'again'
    article?.replaceWith(copy)
  })
  const place = await page.evaluate(() => scrollY)
  await page.waitForFunction(() =>
    [...(CSS.highlights.get('postil-passage') ?? [])].some((range) =>
      document.querySelector('#again')?.contains(range.startContainer),
    ),
  )
  expect(await page.evaluate(() => scrollY)).toBe(place)
  await panel(page).getByText('thirteenth-century gloss').waitFor()
  expect(await box.evaluate((field: HTMLTextAreaElement) => [field.value, field.selectionStart])).toEqual([
    'Half a thought',
    4,
  ])
  expect(await box.evaluate((field) => field.matches(':focus'))).toBe(true)
  expect((await lit(page)).join()).toContain('A note of this kind had a name')
})

it('when article and embed are both taken away and an article comes back, the embed does too, with its thread', async () => {
  const page = await visit()
  await openBeside(page, 'A note of this kind had a name')
  await panel(page).getByLabel('Comment on this passage').fill('Half a thought')
  await page.evaluate(() => {
    const main = document.querySelector('main')
    const copy = document.querySelector('article')?.cloneNode(true)
    main?.replaceChildren()
    requestAnimationFrame(() => requestAnimationFrame(() => copy && main?.append(copy)))
  })
  await panel(page).getByText('thirteenth-century gloss').waitFor()
  expect(await panel(page).getByLabel('Comment on this passage').inputValue()).toBe('Half a thought')
  await mark(page, /A note of this kind had a name/).waitFor({ state: 'attached' })
})

it('selected words keep their thread when frameworks move the texts on through the same elements', async () => {
  const page = await visit()
  await commentOnWords(page, 'The name says exactly')
  await page.evaluate(() => {
    const paragraphs = [...document.querySelectorAll('article > p')]
    const texts = ['Something new in the first place of all.', ...paragraphs.map((one) => one.textContent)]
    for (const [index, one] of paragraphs.entries()) one.textContent = texts[index] ?? ''
  })
  await mark(page, /Something new/).waitFor({ state: 'attached' })
  expect(await lit(page)).toEqual(['The name says exactly'])
})

it('a page that does not come to rest is read once a second at most, and one at rest not at all', async () => {
  const page = await visit()
  // What follows changes comes with the first of them.
  await page.evaluate(() => {
    const first = document.createElement('p')
    first.textContent = 'The first change of the page.'
    document.querySelector('article')?.prepend(first)
  })
  await mark(page, /The first change/).waitFor({ state: 'attached' })
  await page.clock.install()
  await page.evaluate(() => {
    const asked = { reads: 0 }
    const first = document.querySelector('article > p')
    if (!first) throw new Error('there is no paragraph')
    first.hasAttribute = (name) => {
      if (name === 'data-postil-ignore') asked.reads += 1
      return first.getAttribute(name) !== null
    }
    Object.assign(window, { asked })
  })
  const reads = () => page.evaluate(() => (window as unknown as { asked: { reads: number } }).asked.reads)
  await page.evaluate(() => {
    document.querySelector('article')?.append(document.createElement('p'))
  })
  await page.clock.runFor(1000)
  // One reading asks about an element more than once.
  const once = await reads()
  expect(once).toBeGreaterThan(0)
  await page.clock.runFor(60_000)
  expect(await reads()).toBe(once)
  await page.evaluate(() => {
    const last = document.querySelector('article')?.appendChild(document.createElement('p'))
    const text = last?.appendChild(document.createTextNode(''))
    const timer = setInterval(() => text?.appendData('.'), 50)
    setTimeout(() => clearInterval(timer), 10_000)
  })
  for (let second = 0; second < 20; second += 1) await page.clock.runFor(1000)
  expect(await reads()).toBeGreaterThanOrEqual(5 * once)
  expect(await reads()).toBeLessThanOrEqual(14 * once)
})

it('a passage whose paragraph was edited since is found without a press, and nothing opens', async () => {
  const page = await visit((html) =>
    html.replace('A note of this kind had a name.', 'Such notes have had a name.'),
  )
  await mark(page, /1 comment.*Such notes have had a name/).waitFor({ state: 'attached' })
  expect(await panel(page).count()).toBe(0)
})
