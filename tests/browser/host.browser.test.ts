import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings, openPublisher, sideways } from './publisher.ts'
import { openBeside, openConsole, openStage, panel, post, signIn, type Stage } from './stage.ts'

const sentence = 'A sentence that is long enough to be a paragraph of an article and to be talked about. '
const paragraphs = (count: number) =>
  Array.from({ length: count }, (_, index) => `<p>Paragraph ${index}. ${sentence}</p>`).join('')

const pages: Parameters<typeof openPublisher>[1] = {
  '/strict': {
    html: `<article><h1>Strict</h1>${paragraphs(4)}</article>`,
    policy: (postil) =>
      `default-src 'none'; script-src ${postil}; connect-src ${postil} ${postil.replace('http', 'ws')}; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'`,
  },
  '/empty': { html: '<main><img alt="only a picture" src="data:,"></main>' },
  '/long': { html: `<article>${paragraphs(5000)}</article>` },
  '/rtl': {
    html: `<article lang="ar" dir="rtl">${'<p>هذه فقرة طويلة بما يكفي لتكون جزءا من مقال يتحدث عنه القراء في الهامش.</p>'.repeat(3)}</article>`,
  },
  '/plain': { html: `<div>${paragraphs(3)}</div>` },
}

let stage: Stage
let publisher: Awaited<ReturnType<typeof openPublisher>>
let open: Page[] = []
const faults: string[] = []

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
  expect(faults.splice(0)).toEqual([])
})

async function visit(path: string, options: Parameters<Stage['visit']>[1] = {}): Promise<Page> {
  const context = await stage.browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(25_000)
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  open.push(page)
  await page.goto(path.startsWith('http') ? path : publisher.origin + path)
  return page
}

const marks = (page: Page) => page.locator('postil-discussion .mark:not(.whole)')

describe('on a publisher’s page', () => {
  it('works from another origin under a strict policy: sign in, write, and it is there after a reload', async () => {
    const page = await visit('/strict')
    await openBeside(page, 'Paragraph 2.')
    await signIn(page, 'ada@demo.example')
    await post(page, 'From the publisher’s own page.')
    await page.reload()
    await page.locator('postil-discussion .mark:not(.quiet)').first().click()
    await panel(page).getByText('From the publisher’s own page.').waitFor()
    await panel(page).getByText('Signed in as Ada').waitFor()
    const cookies = await page.context().cookies(`${stage.origin}/v1/`)
    const embed = cookies.find(({ name }) => name === 'postil-demo')
    expect(embed).toMatchObject({ httpOnly: true, secure: true, sameSite: 'None' })
  })

  it('sets no cookie and asks nobody else before somebody interacts, and moves nothing on the page', async () => {
    const asked: string[] = []
    const context = await stage.browser.newContext({ viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    open.push(page)
    page.on('request', (request) => asked.push(new URL(request.url()).origin))
    await page.goto(`${publisher.origin}/plain`)
    const before = await page.locator('p').last().boundingBox()
    await marks(page).first().waitFor({ state: 'attached' })
    expect(await page.locator('p').last().boundingBox()).toEqual(before)
    expect(await context.cookies()).toEqual([])
    expect(new Set(asked.filter((origin) => origin !== 'null'))).toEqual(
      new Set([publisher.origin, stage.origin]),
    )
  })

  it('loads at most 8,000 bytes in two requests before somebody interacts, three where it is not English', async () => {
    const page = await stage.browser.newPage()
    open.push(page)
    const network = await page.context().newCDPSession(page)
    await network.send('Network.enable')
    const asked = new Set<string>()
    const bytes: number[] = []
    network.on('Network.responseReceived', ({ requestId, response: { url } }) => {
      if (/\/(embed\.js|assets\/.*|v1\/.*)$/.test(url.replace(/\?.*/, ''))) asked.add(requestId)
    })
    network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (asked.has(requestId)) bytes.push(encodedDataLength)
    })
    await page.goto(`${stage.origin}/demo/`)
    await marks(page).first().waitFor({ state: 'attached' })
    await page.locator('postil-discussion .mark:not(.quiet)').first().waitFor({ state: 'attached' })
    expect(asked.size).toBe(2)
    expect(bytes.length).toBe(asked.size)
    // With their headers.
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(8_000 + asked.size * 800)
  })

  it('a page without paragraphs still has a place to talk about it, and no error', async () => {
    const page = await visit('/empty')
    await page.getByRole('button', { name: 'Discuss the whole article' }).waitFor({ state: 'attached' })
    expect(await marks(page).count()).toBe(0)
  })

  it('a page of 5,000 paragraphs has marks only near what is seen', async () => {
    const page = await visit('/long')
    await marks(page).first().waitFor({ state: 'attached' })
    expect(await marks(page).count()).toBeLessThan(100)
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2))
    await page
      .getByRole('button', { name: /Paragraph 24\d\d\./ })
      .first()
      .waitFor({ state: 'attached' })
  })

  it('an origin that is not registered can read and not write', async () => {
    const other = publisher.origin.replace('127.0.0.1', '127.0.0.2')
    const answer = await fetch(`${stage.origin}/v1/sites/demo/articles`, {
      method: 'POST',
      headers: { origin: other, 'content-type': 'application/json' },
      body: JSON.stringify({ url: `${other}/x`, title: 'x' }),
    })
    expect(answer.status).toBe(403)
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('for everybody', () => {
  const views = [
    { name: 'desktop, light', options: { viewport: { width: 1440, height: 900 } } },
    {
      name: 'desktop, dark',
      options: { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' as const },
    },
    {
      name: 'phone, light',
      options: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    },
    {
      name: 'phone, dark',
      options: {
        viewport: { width: 390, height: 844 },
        hasTouch: true,
        isMobile: true,
        colorScheme: 'dark' as const,
      },
    },
    // What a window of 1440 pixels has left at 200 %.
    { name: '200 %', options: { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 } },
  ]
  it.each(views)(
    'axe finds nothing in the open embed, and nothing scrolls sideways: $name',
    async ({ options }) => {
      const page = await visit(`${stage.origin}/demo/`, { ...options, bypassCSP: true })
      await page.locator('postil-discussion .mark:not(.quiet)').first().click()
      await panel(page).getByText('Ada').first().waitFor()
      await panel(page).evaluate((element) =>
        Promise.all(
          element.getAnimations({ subtree: true }).map(({ finished }) => finished.catch(() => null)),
        ),
      )
      expect(await axeFindings(page)).toEqual([])
      expect(await sideways(page)).toBe(0)
    },
  )

  it('right to left: marks and panel stand on the left', async () => {
    const page = await visit('/rtl')
    await page.locator('p').first().hover()
    await marks(page).first().click()
    await panel(page).waitFor()
    const text = await page.locator('p').first().boundingBox()
    const column = await panel(page).boundingBox()
    const mark = await marks(page).first().boundingBox()
    const whole = await page.locator('postil-discussion .mark.whole').boundingBox()
    expect(
      Math.abs((whole?.x ?? 0) + (whole?.width ?? 0) - (text?.x ?? 0) - (text?.width ?? 0)),
    ).toBeLessThan(2)
    expect((mark?.x ?? 9999) + (mark?.width ?? 0) / 2).toBeLessThan((text?.x ?? 0) + 60)
    expect(column?.x ?? 9999).toBeLessThan(720)
    expect(await sideways(page)).toBe(0)
  })

  it('by keyboard alone: a mark opens, Escape closes, the focus comes back', async () => {
    const page = await visit(`${stage.origin}/demo/`)
    const mark = page.locator('postil-discussion .mark:not(.quiet)').first()
    await mark.focus()
    await page.keyboard.press('Enter')
    await panel(page).getByText('Ada').first().waitFor()
    await page.keyboard.press('Escape')
    await panel(page).waitFor({ state: 'detached' })
    expect(
      await mark.evaluate((button) => button.getRootNode() instanceof ShadowRoot && button.matches(':focus')),
    ).toBe(true)
  })

  it('axe finds nothing in console, sign-in and reading pages', async () => {
    for (const path of ['/', '/signin/', '/console/', '/a/demo']) {
      const page = await visit(stage.origin + path, { bypassCSP: true })
      await page.locator('h1, h2, form').first().waitFor()
      expect({ path, found: await axeFindings(page) }).toEqual({ path, found: [] })
    }
    const chris = await visit(`${stage.origin}/demo/`)
    await openBeside(chris, 'It must be honest')
    await signIn(chris, 'chris@demo.example')
    await post(chris, 'To be looked at.')
    const mo = await openConsole(stage, 'mo@demo.example', { bypassCSP: true })
    await mo.getByText('To be looked at.').first().waitFor()
    expect(await axeFindings(mo)).toEqual([])
    await mo.context().close()
  })

  it('what was typed is there again after a reload, and after signing in', async () => {
    const page = await visit(`${stage.origin}/demo/`)
    await openBeside(page, 'Paper gets the first')
    await panel(page).getByLabel('Comment on this passage').fill('Half a thought')
    await page.reload()
    await openBeside(page, 'Paper gets the first')
    const box = panel(page).getByLabel('Comment on this passage')
    expect(await box.inputValue()).toBe('Half a thought')
    await signIn(page, 'bela@demo.example')
    expect(await box.inputValue()).toBe('Half a thought')
  })
})
