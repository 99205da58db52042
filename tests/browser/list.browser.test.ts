import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeBlock } from '../../core/anchoring/index.ts'
import { blockTexts, importArticle, saveArticle } from '../../server/articles/index.ts'
import { findSite } from '../../server/sites/index.ts'
import { post as say } from '../../server/threads/index.ts'
import { axeFindings, openPublisher, sideways } from './publisher.ts'
import { commentOnWords, openBeside, openStage, panel, post, signIn, type Stage } from './stage.ts'

const sentence = 'A sentence that is long enough to be a paragraph of an article and to be talked about.'
const article = `<article><h1>Beside</h1><p>${sentence}</p></article><aside>News</aside>`
const styled = (style: string, html = article) => ({
  html: `<style>main { ${style} } aside { inline-size: 200px }</style><main>${html}</main>`,
})
const pages = {
  '/grid': styled('display: grid; grid-template-columns: 500px 200px'),
  '/floats': styled('', article.replace('<article>', '<article style="float: left; inline-size: 500px">')),
  '/stacked': styled('display: flex; flex-direction: column; inline-size: 600px; margin: auto'),
  '/rtl': styled(
    'inline-size: 600px; margin-left: 400px',
    article.replace('<article>', '<article dir="rtl">'),
  ),
}
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

let stage: Stage
let publisher: Awaited<ReturnType<typeof openPublisher>>
beforeAll(async () => {
  stage = await openStage()
  publisher = await openPublisher(stage, pages)
})
afterAll(async () => {
  await publisher.close()
  await stage.close()
})

const all = (page: Page) => panel(page).getByRole('button', { name: /^All passages/ })
const items = (page: Page) => panel(page).locator('.item')
const quotes = async (page: Page) =>
  (await items(page).locator('> :first-child').allInnerTexts()).map((text) => text.slice(0, 16))

async function openList(page: Page): Promise<void> {
  await page.locator('postil-discussion .mark.whole').click()
  await all(page).click()
  await items(page).first().waitFor()
}

describe('the list of all threads', () => {
  let ada: Page
  let bela: Page
  beforeAll(async () => {
    ada = await stage.visit('/demo/', { bypassCSP: true })
    bela = await stage.visit('/demo/', { bypassCSP: true })
    await openBeside(ada, 'It must be honest')
    await signIn(ada, 'ada@demo.example')
    await commentOnWords(ada, 'the easiest thing to build')
    await post(ada, 'Easy for whom?')
    await post(ada, 'On the paragraph.')
    await ada.locator('postil-discussion .mark.whole').click()
    await post(ada, 'On all of it.', 'Comment on the article')
  })

  it('stands under the article, in the page, once somebody opens it', async () => {
    const end = () => bela.evaluate(() => document.documentElement.scrollHeight)
    const before = await end()
    await openList(bela)
    expect(await bela.locator('postil-discussion .panel.list').count()).toBe(1)
    expect(await end()).toBeGreaterThan(before)
    const [text, list, whole] = [
      await bela.locator('article p').last().boundingBox(),
      await panel(bela).boundingBox(),
      await bela.locator('postil-discussion .mark.whole').boundingBox(),
    ]
    expect(Math.abs((list?.x ?? 0) - (text?.x ?? NaN))).toBeLessThan(2)
    expect(Math.abs((list?.width ?? 0) - (text?.width ?? NaN))).toBeLessThan(2)
    expect(list?.y).toBeGreaterThan((whole?.y ?? NaN) + (whole?.height ?? NaN))
    expect(await axeFindings(bela)).toEqual([])
    expect(await sideways(bela)).toBe(0)
    const mark = bela.locator('postil-discussion .mark:not(.quiet)').first()
    const block = await bela.locator('article p', { hasText: 'A note of this kind' }).boundingBox()
    await expect.poll(async () => (await mark.boundingBox())?.y).toBeCloseTo((block?.y ?? NaN) - 8, -1)
  })

  it('has them in the order of the text, the whole article first', async () => {
    expect(await quotes(bela)).toEqual([
      'The whole articl',
      'A note of this k',
      'When newspapers ',
      'When newspapers ',
      'the easiest thin',
    ])
    await items(bela).nth(1).getByText('1 comment').waitFor()
  })

  it('shows what another reader writes, without moving what is open', async () => {
    await items(bela).nth(1).press('Enter')
    const opened = panel(bela).locator('.threads > li').nth(1)
    await opened.getByText('I looked it up').waitFor()
    const before = await items(bela)
      .nth(1)
      .evaluate((item) => item.getBoundingClientRect().top)
    await openBeside(ada, 'A note of this kind')
    await panel(ada).getByRole('button', { name: 'Reply to Ada' }).click()
    const box = panel(ada).getByRole('textbox', { name: 'Reply to Ada' })
    await box.fill('Written by the other.')
    await box.press('Control+Enter')
    await opened.getByText('Written by the other.').waitFor()
    await items(bela).nth(1).getByText('2 comments').waitFor()
    expect(
      await items(bela)
        .nth(1)
        .evaluate((item) => item.getBoundingClientRect().top),
    ).toBe(before)
    await commentOnWords(ada, 'a small drawn hand')
    await post(ada, 'A new thread.')
    await panel(bela).getByRole('button', { name: 'All passages (6)' }).waitFor()
    expect((await quotes(bela))[1]).toBe('a small drawn ha')
  })

  it('is sorted by what was said last, or most about; the choice is kept', async () => {
    const sort = panel(bela).getByLabel('Sort by')
    await sort.selectOption('latest comment')
    expect((await quotes(bela)).slice(0, 2)).toEqual(['a small drawn ha', 'A note of this k'])
    await sort.selectOption('most discussed')
    expect((await quotes(bela))[0]).toBe('A note of this k')
    await bela.reload()
    await openList(bela)
    expect(await panel(bela).getByLabel('Sort by').inputValue()).toBe('discussed')
    expect((await quotes(bela))[0]).toBe('A note of this k')
  })

  it('takes a reply, kept as a draft under the thread wherever it is open', async () => {
    await items(bela).first().click()
    await panel(bela).getByRole('button', { name: 'Write a reply' }).click()
    await panel(bela).getByLabel('Write a reply').fill('Half a reply')
    await openBeside(bela, 'A note of this kind')
    await panel(bela).getByRole('button', { name: 'Write a reply' }).click()
    expect(await panel(bela).getByLabel('Write a reply').inputValue()).toBe('Half a reply')
    expect(await bela.locator('postil-discussion[data-list]').count()).toBe(0)
  })

  it('leads to a passage in the article', async () => {
    await bela.locator('postil-discussion .mark.whole').click()
    const item = panel(bela)
      .locator('.threads > li')
      .filter({ hasText: /^the easiest thing to build/ })
    await item.locator('.item').click()
    await item.getByRole('button', { name: 'Show in the article' }).click()
    await panel(bela).getByRole('heading', { name: 'On this passage' }).and(bela.locator(':focus')).waitFor()
    await panel(bela).getByText('Easy for whom?').waitFor()
    const words = bela.locator('article p').filter({ hasText: 'the easiest thing to build' })
    await expect
      .poll(() =>
        words.evaluate((element) => {
          const { top, bottom } = element.getBoundingClientRect()
          return top >= 0 && bottom <= innerHeight
        }),
      )
      .toBe(true)
  })

  it('closes with Escape, and the focus is on its button, in sight', async () => {
    await openList(bela)
    await all(bela).press('Escape')
    const button = bela.locator('postil-discussion .mark.whole').and(bela.locator(':focus'))
    await button.waitFor()
    const top = (await button.boundingBox())?.y
    expect(top).toBeGreaterThanOrEqual(0)
    expect(top).toBeLessThan(900)
  })

  it.each(['light', 'dark'] as const)('fills the sheet on a phone, in %s', async (colorScheme) => {
    const page = await stage.visit('/demo/', { ...phone, bypassCSP: true, colorScheme })
    await openList(page)
    expect(await page.locator('postil-discussion .panel.sheet').count()).toBe(1)
    await expect.poll(() => panel(page).evaluate((sheet) => sheet.getBoundingClientRect().height)).toBe(820)
    const opened = items(page).filter({ hasText: /^the easiest thing to build/ })
    await opened.tap()
    await panel(page).getByText('Easy for whom?').waitFor()
    expect(await axeFindings(page)).toEqual([])
    expect(await sideways(page)).toBe(0)
    await panel(page).getByRole('button', { name: 'Show in the article' }).tap()
    await panel(page).getByRole('heading', { name: 'On this passage' }).waitFor()
    await page.context().close()
  })
})

describe('on a page', () => {
  /** With something said on its paragraph, and the list open. */
  async function visit(path: string): Promise<Page> {
    const context = await stage.browser.newContext({
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
      bypassCSP: true,
    })
    const page = await context.newPage()
    page.setDefaultTimeout(25_000)
    await page.goto(publisher.origin + path)
    await openBeside(page, 'A sentence that')
    await signIn(page, 'bela@demo.example')
    await post(page, 'On a page of its own.')
    await panel(page).press('Escape')
    return page
  }
  const where = (page: Page) =>
    page.evaluate(() => {
      const of = (found: Element | null | undefined) => {
        const { left = 0, right = 0, top = 0, bottom = 0 } = found?.getBoundingClientRect() ?? {}
        return {
          left: Math.round(left),
          right: Math.round(right),
          top: Math.round(top),
          bottom: Math.round(bottom),
        }
      }
      const inside = document.querySelector('postil-discussion')?.shadowRoot
      return {
        text: of(document.querySelector('article p')),
        aside: of(document.querySelector('aside')),
        list: of(inside?.querySelector('.panel')),
        mark: of(inside?.querySelector('.mark:not(.quiet, .whole)')),
      }
    })

  it.each(['/grid', '/floats'])(
    'whose article stands beside something, it is where the panel is, and moves nothing: %s',
    async (path) => {
      const page = await visit(path)
      const before = await where(page)
      await openList(page)
      expect(await page.locator('postil-discussion .panel.list').count()).toBe(0)
      const { text, aside } = await where(page)
      expect({ text, aside }).toEqual({ text: before.text, aside: before.aside })
      await page.context().close()
    },
  )

  it.each(['/stacked', '/rtl'])('it stands below the article, and the marks stay: %s', async (path) => {
    const page = await visit(path)
    const before = await where(page)
    await openList(page)
    await page.locator('postil-discussion .panel.list').waitFor()
    await expect
      .poll(async () => {
        const { text, mark } = await where(page)
        return { top: mark.top - text.top, left: mark.left - text.left }
      })
      .toEqual({ top: before.mark.top - before.text.top, left: before.mark.left - before.text.left })
    const { text, list, aside } = await where(page)
    expect({ left: list.left, right: list.right }).toEqual({ left: text.left, right: text.right })
    expect(list.top).toBeGreaterThan(text.bottom)
    expect(aside.top).toBeGreaterThanOrEqual(list.bottom)
    expect(await axeFindings(page)).toEqual([])
    expect(await sideways(page)).toBe(0)
    await page.context().close()
  })
})

it('many threads are shown fifty at a time, and the focus goes on to the next', async () => {
  const site = await findSite(stage.db, 'demo')
  if (!site) throw new Error('the demo site is missing')
  const source = Array.from({ length: 60 }, (_, index) => `${index}. ${sentence}`).join('\n\n')
  const { id } = await saveArticle(stage.db, site, importArticle({ source, format: 'text' }), {
    slug: 'many',
  })
  const texts = await blockTexts(stage.db, site.id, id)
  const ada = await stage.db
    .selectFrom('account')
    .select('id')
    .where('email', '=', 'ada@demo.example')
    .executeTakeFirstOrThrow()
  const actor = { id: ada.id, name: 'Ada', role: 'moderator' as const, sections: null }
  for (const [block, text] of texts.entries())
    await say(
      stage.db,
      site,
      actor,
      { kind: 'new thread', articleId: id, anchor: describeBlock(texts, block) },
      { body: text },
      null,
    )
  const page = await stage.visit('/a/many')
  await openList(page)
  expect(await items(page).count()).toBe(50)
  await panel(page).getByRole('button', { name: 'Show more threads' }).press('Enter')
  expect(await items(page).count()).toBe(60)
  await items(page).nth(50).and(page.locator(':focus')).waitFor()
  await page.context().close()
})

it('the marks are hidden for this site on this device, and brought back', async () => {
  const page = await stage.visit('/demo/')
  const marks = page.locator('postil-discussion .mark:not(.whole)')
  await openBeside(page, 'A note of this kind')
  await panel(page).getByRole('button', { name: 'Hide the marks in the margin' }).click()
  await expect.poll(() => marks.filter({ visible: true }).count()).toBe(0)
  await panel(page).press('Escape')
  await page.locator('postil-discussion .mark.whole').and(page.locator(':focus')).waitFor()
  expect(await page.evaluate(() => localStorage.getItem('postil:marks:demo'))).toBe('off')
  await page.reload()
  await openList(page)
  expect(await marks.filter({ visible: true }).count()).toBe(0)
  await panel(page).getByRole('button', { name: 'Show the marks in the margin' }).click()
  await marks.filter({ visible: true }).first().waitFor()
  expect(await page.evaluate(() => localStorage.getItem('postil:marks:demo'))).toBeNull()
  await page.context().close()
})
