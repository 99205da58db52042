import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings, openPublisher, sideways } from './publisher.ts'
import { openStage, panel, type Stage } from './stage.ts'

const arabic = 'هذه فقرة طويلة بما يكفي لتكون جزءا من مقال يتحدث عنه القراء في الهامش.'
const japanese = 'これは読者が余白で話し合えるだけの十分な長さを持つ、ある記事の一段落です。'
const finnish = 'Tämä on kappale, joka on tarpeeksi pitkä, jotta siitä voidaan keskustella.'
const article = (text: string) => text.replace(/.*/, '<h1>$&</h1><p>1. $&</p><p>2. $&</p><p>3. $&</p>')

const pages = {
  // Only the article is in the language; the page around it is English.
  '/ar': { html: `<main><article lang="ar-EG" dir="rtl">${article(arabic)}</article></main>` },
  '/ja': { lang: 'ja', html: `<main><article>${article(japanese)}</article></main>` },
  '/fi': { lang: 'fi', html: `<main><article>${article(finnish)}</article></main>` },
}

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

async function visit(
  path: string,
  options: Parameters<Stage['visit']>[1] = {},
  without?: RegExp,
): Promise<Page> {
  const context = await stage.browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(25_000)
  if (without) await page.route(without, (route) => route.abort())
  await page.goto(publisher.origin + path)
  return page
}

const host = (page: Page) => page.locator('postil-discussion')
const languageOf = (page: Page) =>
  host(page).evaluate((element: HTMLElement) => ({
    lang: element.lang,
    dir: getComputedStyle(element).direction,
  }))

async function openFirst(page: Page, name: string): Promise<void> {
  await page.locator('article p').first().hover()
  await page.getByRole('button', { name }).click()
  await panel(page).locator('textarea').waitFor()
}

const widths = [
  { name: 'on a desktop', options: { viewport: { width: 1440, height: 900 } } },
  { name: 'on a phone', options: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
]

describe.each(widths)('$name', ({ options }) => {
  it.each([
    {
      path: '/ar',
      lang: 'ar',
      dir: 'rtl',
      nav: 'التعليقات على مقاطع هذا المقال',
      mark: `التعليق على «1. ${arabic.slice(0, 20)}`,
      whole: 'مناقشة المقال كله',
      title: 'حول هذا المقطع',
      field: 'التعليق على هذا المقطع',
      signIn: 'تسجيل الدخول للتعليق',
    },
    {
      path: '/ja',
      lang: 'ja',
      dir: 'ltr',
      nav: 'この記事の各箇所へのコメント',
      mark: `「1. ${japanese.slice(0, 20)}`,
      whole: '記事全体について話し合う',
      title: 'この箇所について',
      field: 'この箇所にコメント',
      signIn: 'サインインしてコメント',
    },
    {
      path: '/fi',
      lang: 'en',
      dir: 'ltr',
      nav: 'Comments on the passages of this article',
      mark: `Comment on “1. ${finnish.slice(0, 20)}`,
      whole: 'Discuss the whole article',
      title: 'On this passage',
      field: 'Comment on this passage',
      signIn: 'Sign in to comment',
    },
  ])('marks, panel and composer of $path speak $lang', async ({ path, lang, dir, ...texts }) => {
    const page = await visit(path, options)
    await page.getByRole('navigation', { name: texts.nav }).waitFor({ state: 'attached' })
    await page.getByRole('button', { name: texts.whole }).waitFor()
    expect(await languageOf(page)).toEqual({ lang, dir })
    await openFirst(page, texts.mark)
    await panel(page).getByRole('heading', { name: texts.title }).waitFor()
    await panel(page).getByLabel(texts.field, { exact: true }).waitFor()
    await panel(page).getByRole('button', { name: texts.signIn }).waitFor()
    expect(await languageOf(page)).toEqual({ lang, dir })
    expect(await axeFindings(page)).toEqual([])
    expect(await sideways(page)).toBe(0)
    await page.context().close()
  })
})

it('one language is loaded, and nothing of another', async () => {
  const page = await visit('/ja')
  await openFirst(page, `「1. ${japanese.slice(0, 20)}`)
  const loaded = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .flatMap(({ name }) => /\/(marks|embed)-[^/]*\.js$/.exec(name)?.[1] ?? []),
  )
  expect(loaded).toEqual(['marks', 'embed'])
  await page.context().close()
})

/** The file that the build made of some texts. */
function fileOf(texts: string): RegExp {
  const built = readFileSync(new URL('../../dist/.vite/embed.json', import.meta.url), 'utf8')
  const [, file = 'none'] =
    new RegExp(`"shared/messages/${texts}\\.ts": \\{\\s*"file": "([^"]+)"`).exec(built) ?? []
  return new RegExp(file.replaceAll('.', '\\.'))
}

it.each([
  { without: 'the marks’ texts', chunk: /\/assets\/marks-/, mark: 'Comment on “1.' },
  { without: 'the view’s texts', chunk: fileOf('ja/embed'), mark: '「1. ' },
])('without $without it speaks English', async ({ chunk, mark }) => {
  const page = await visit('/ja', {}, chunk)
  await openFirst(page, mark)
  await panel(page).getByRole('heading', { name: 'On this passage' }).waitFor()
  expect(await languageOf(page)).toEqual({ lang: 'en', dir: 'ltr' })
  await page.context().close()
})

it('the sign-in window speaks the language of the page, from right to left where that does', async () => {
  const page = await visit('/ar', { bypassCSP: true })
  await openFirst(page, 'التعليق على «1.')
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    panel(page).getByRole('button', { name: 'تسجيل الدخول للتعليق' }).click(),
  ])
  await popup.getByLabel('البريد الإلكتروني').fill('ada@demo.example')
  expect(await popup.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([
    'ar',
    'rtl',
  ])
  expect(await axeFindings(popup)).toEqual([])
  await popup.getByLabel('كلمة المرور', { exact: true }).fill('margin-notes')
  await popup.locator('form').getByRole('button', { name: 'تسجيل الدخول', exact: true }).click()
  await panel(page).getByText('تم تسجيل الدخول باسم Ada').waitFor()
  await panel(page).getByLabel('التعليق على هذا المقطع').fill('- أحسنتم.')
  await panel(page).getByRole('button', { name: 'نشر' }).click()
  const said = panel(page).locator('.comment[data-comment] > .text').getByText('أحسنتم.')
  expect(await said.evaluate((words) => getComputedStyle(words.closest('ul') ?? words).direction)).toBe('rtl')
  await page.getByRole('button', { name: '1 تعليق على «1.' }).waitFor({ state: 'attached' })
  await page.context().close()
})

it('opened by itself, the sign-in window speaks the reader’s language', async () => {
  const page = await stage.visit('/signin/', { locale: 'fr-CA' })
  await page.getByRole('heading', { name: 'Se connecter à Postil' }).waitFor()
  expect(await page.title()).toBe('Se connecter – Postil')
  await page.context().close()
})
