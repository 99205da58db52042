import axe from 'axe-core'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openBeside, openStage, panel, post, signIn, type Stage } from './stage.ts'

const passage = 'It must hold still'
const lastPassage = 'There is one more thing the margin does'
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

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

async function visit(options: BrowserContextOptions = phone): Promise<Page> {
  const page = await stage.visit('/demo/', { ...options, bypassCSP: true })
  open.push(page)
  return page
}

async function openSheet(options: BrowserContextOptions = phone): Promise<Page> {
  const page = await visit(options)
  await openBeside(page, passage)
  return page
}

const grip = (page: Page) => panel(page).getByRole('slider', { name: 'Height of the discussion' })
const heightOf = (page: Page) => panel(page).evaluate((element) => element.getBoundingClientRect().height)
const standsAt = async (page: Page, height: number, name: string) => {
  await expect.poll(() => heightOf(page)).toBe(height)
  expect(await grip(page).getAttribute('aria-valuetext')).toBe(name)
}
const isPeek = (page: Page) => standsAt(page, 156, 'low')
const isHalf = (page: Page) => standsAt(page, 422, 'half of the window')
const isFull = (page: Page) => standsAt(page, 820, 'whole window')

/**
 * Draws the head with a finger: up by so many pixels; at the end the finger rests, or is lifted as it moves. How long
 * that takes is said to the browser, so that a slow machine has no slow finger.
 */
async function draw(page: Page, up: number, lifted: 'at rest' | 'in flight'): Promise<void> {
  const box = await panel(page).locator('header').boundingBox()
  const [x, y] = [120, (box?.y ?? 0) + 24]
  const hand = await page.context().newCDPSession(page)
  const start = Date.now()
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at: number, after: number) =>
    hand.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : [{ x, y: at }],
      timestamp: (start + after) / 1000,
    })
  await touch('touchStart', y, 0)
  for (const step of [1, 2, 3, 4]) await touch('touchMove', y - (up * step) / 4, step * 16)
  await touch('touchEnd', y - up, lifted === 'at rest' ? 300 : 70)
}

/** Where the passage ends, and where the sheet begins. */
const edges = (page: Page, of: string) =>
  page.evaluate((words) => {
    const found = [...document.querySelectorAll('article p, article li')].find(({ textContent }) =>
      textContent.replace(/\s+/g, ' ').includes(words),
    )
    const sheet = document.querySelector('postil-discussion')?.shadowRoot?.querySelector('.panel')
    const box = found?.getBoundingClientRect()
    return {
      top: box?.top ?? NaN,
      bottom: box?.bottom ?? NaN,
      sheet: sheet?.getBoundingClientRect().top ?? NaN,
    }
  }, of)

async function passageIsInSight(page: Page, of = passage): Promise<void> {
  await expect.poll(async () => (await edges(page, of)).top).toBeGreaterThanOrEqual(0)
  const { bottom, sheet } = await edges(page, of)
  expect(bottom).toBeLessThanOrEqual(sheet)
}

const sideways = (page: Page) =>
  page.evaluate(() => {
    const inside = document.querySelector('postil-discussion')?.shadowRoot?.querySelector('.scroll')
    return [document.documentElement, inside].map((element) =>
      element ? element.scrollWidth - element.clientWidth : NaN,
    )
  })

async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return await page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document)
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  })
}

describe('the sheet on a phone', () => {
  it('opens at half, and the passage stays in sight above it at half and at peek', async () => {
    const page = await openSheet()
    await isHalf(page)
    await passageIsInSight(page)
    await draw(page, -250, 'at rest')
    await isPeek(page)
    await passageIsInSight(page)
  })

  it('shows the last passage of a page above it too, and leaves the page as long as it was', async () => {
    const page = await visit()
    await page.getByRole('button', { name: 'Discuss the whole article' }).waitFor()
    const length = () => page.evaluate(() => document.documentElement.scrollHeight)
    const before = await length()
    await openBeside(page, lastPassage)
    await isHalf(page)
    await passageIsInSight(page, lastPassage)
    await page.keyboard.press('Escape')
    await panel(page).waitFor({ state: 'detached' })
    // The mark below the article is placed on whole pixels, of where the page happens to be.
    await expect.poll(length).toBeLessThanOrEqual(before + 1)
  })

  it('stays at the height nearest to where the finger rests', async () => {
    const page = await openSheet()
    await draw(page, 300, 'at rest')
    await isFull(page)
    await draw(page, -100, 'at rest')
    await isFull(page)
    await draw(page, -360, 'at rest')
    await isHalf(page)
    await passageIsInSight(page)
  })

  it('goes on to the next height where it is thrown, and closes below the lowest', async () => {
    const page = await openSheet()
    // Less than half the way, each.
    await draw(page, 120, 'in flight')
    await isFull(page)
    await draw(page, -120, 'in flight')
    await isHalf(page)
    await draw(page, -120, 'in flight')
    await isPeek(page)
    await draw(page, -70, 'in flight')
    await panel(page).waitFor({ state: 'detached' })
  })

  it('closes where it is drawn down and rests below the lowest', async () => {
    const page = await openSheet()
    await draw(page, -390, 'at rest')
    await panel(page).waitFor({ state: 'detached' })
  })

  it('follows taps on its head, one height after the other', async () => {
    const page = await openSheet()
    for (const isNext of [isFull, isPeek, isHalf]) {
      await grip(page).tap({ position: { x: 60, y: 24 } })
      await isNext(page)
    }
  })

  it('follows the keys of a slider', async () => {
    const page = await openSheet()
    await grip(page).focus()
    const keys = [
      { key: 'ArrowUp', is: isFull },
      { key: 'ArrowUp', is: isFull },
      { key: 'Home', is: isPeek },
      { key: 'ArrowDown', is: isPeek },
      { key: 'Enter', is: isHalf },
      { key: 'End', is: isFull },
      { key: 'ArrowDown', is: isHalf },
    ]
    for (const { key, is } of keys) {
      await page.keyboard.press(key)
      await is(page)
    }
  })

  it('is drawn with a mouse as well, and a drawn head is not a tapped one', async () => {
    const page = await openSheet({ viewport: phone.viewport })
    const box = await panel(page).locator('header').boundingBox()
    const y = (box?.y ?? 0) + 24
    await page.mouse.move(120, y)
    await page.mouse.down()
    // So far that it is nearest to the top, however slowly a busy machine moves the mouse.
    await page.mouse.move(120, 40, { steps: 40 })
    await page.mouse.up()
    await isFull(page)
    await grip(page).click({ position: { x: 60, y: 24 } })
    await isPeek(page)
  })

  it('closes by the back gesture, and the page is where it was', async () => {
    const page = await openSheet()
    const address = page.url()
    await page.evaluate(() => history.back())
    await panel(page).waitFor({ state: 'detached' })
    expect(page.url()).toBe(address)
  })

  it('scrolls inside without moving itself or the page', async () => {
    const page = await openSheet()
    await signIn(page, 'ada@demo.example')
    for (const text of ['One', 'Two', 'Three']) await post(page, `${text} for all.`)
    await grip(page).press('ArrowDown')
    await isHalf(page)
    const place = await page.evaluate(() => scrollY)
    const hand = await page.context().newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y: number) =>
      hand.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x: 30, y }] })
    const inside = panel(page).locator('.scroll')
    await inside.evaluate((element) => (element.scrollTop = 100))
    await touch('touchStart', 600)
    for (const y of [640, 700, 780, 840]) await touch('touchMove', y)
    await touch('touchEnd', 840)
    await expect.poll(() => inside.evaluate((element) => element.scrollTop)).toBe(0)
    await isHalf(page)
    expect(await page.evaluate(() => scrollY)).toBe(place)
  })
})

describe('the keyboard of a phone', () => {
  /** No browser here has a keyboard on screen: what it would say of the part in sight is said in its place. */
  async function withKeyboard(): Promise<{ page: Page; show: (height: number) => Promise<void> }> {
    const page = await visit()
    await page.addInitScript(() => {
      const seen = { height: innerHeight, offsetTop: 0, scale: 1 }
      Object.defineProperty(window, 'visualViewport', { value: Object.assign(new EventTarget(), seen) })
    })
    await page.reload()
    await openBeside(page, passage)
    const show = (height: number) =>
      page.evaluate((left) => {
        const seen = window.visualViewport
        if (seen) Object.assign(seen, { height: left }).dispatchEvent(new Event('resize'))
      }, height)
    return { page, show }
  }

  it('never hides the field: the sheet takes all the height above it, and the field is in sight', async () => {
    const { page, show } = await withKeyboard()
    await show(844)
    await isHalf(page)
    const field = panel(page).getByLabel('Comment on this passage')
    await field.tap()
    await isFull(page)
    for (const left of [500, 300]) {
      await show(left)
      await expect.poll(() => heightOf(page)).toBe(left - 24)
      const sheet = await panel(page).boundingBox()
      expect((sheet?.y ?? NaN) + (sheet?.height ?? NaN)).toBe(left)
      await expect
        .poll(async () => {
          const box = await field.boundingBox()
          return (box?.y ?? NaN) + (box?.height ?? NaN)
        })
        .toBeLessThanOrEqual(left)
      expect((await field.boundingBox())?.y).toBeGreaterThan(sheet?.y ?? NaN)
    }
    await show(844)
    await isFull(page)
  })
})

describe('in every size', () => {
  const sizes = [
    { name: '390 px', options: phone },
    { name: '320 px', options: { ...phone, viewport: { width: 320, height: 568 } } },
    { name: '390 px, dark', options: { ...phone, colorScheme: 'dark' as const } },
    { name: 'on its side', options: { ...phone, viewport: { width: 740, height: 360 } } },
  ]
  it.each(sizes)(
    'axe finds nothing, nothing scrolls sideways, and all there is to press is large: $name',
    async ({ options }) => {
      const page = await visit(options)
      await page.locator('postil-discussion .mark:not(.quiet)').first().tap()
      await panel(page).getByText('Ada').first().waitFor()
      for (const key of ['Home', 'ArrowUp', 'End']) {
        await grip(page).press(key)
        expect(await axeFindings(page)).toEqual([])
        expect(await sideways(page)).toEqual([0, 0])
      }
      const small = await panel(page)
        .locator('button, textarea, summary')
        .evaluateAll((targets) =>
          targets
            .map((target) => ({ is: target.getAttribute('class'), box: target.getBoundingClientRect() }))
            .filter(({ box }) => box.width > 0 && (box.width < 44 || box.height < 44))
            .map(({ is, box }) => `${String(is)} ${box.width}x${box.height}`),
        )
      expect(small).toEqual([])
    },
  )

  it('a laptop at 200 % has a sheet in its middle where the panel would cover the passage', async () => {
    const page = await openSheet({ viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 })
    await grip(page).waitFor()
    const box = await panel(page).boundingBox()
    expect(box?.width).toBe(640)
    expect(box?.x).toBe(40)
    await passageIsInSight(page)
  })

  it('a tablet whose panel leaves most of the passage free has it at the side', async () => {
    const page = await openSheet({ viewport: { width: 940, height: 800 } })
    await page.locator('postil-discussion .panel.side').waitFor()
  })
})
