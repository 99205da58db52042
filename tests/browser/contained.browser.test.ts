import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBeside, openStage, panel, signIn, type Stage } from './stage.ts'

const stacked = `Z${'\u0300\u0316\u0334'.repeat(60)}algo`
const hostile = [
  { what: 'one word of 10,000 letters', text: 'W'.repeat(10_000) },
  { what: 'letters with marks stacked on them', text: stacked },
  { what: 'a right-to-left override that nobody ends', text: 'Left \u202e\u2067\u202bright and never back' },
  { what: 'code in one long line', text: '```\n' + 'x'.repeat(2_000) + '\n```' },
  { what: 'quotes in quotes', text: `${'> '.repeat(5)}deep` },
]

let stage: Stage
let ada: Page
beforeAll(async () => {
  stage = await openStage()
  ada = await stage.visit('/demo/')
  await openBeside(ada, 'They were finishing it.')
  await signIn(ada, 'ada@demo.example')
  for (const [nth, text] of [...hostile.map(({ text }) => text), 'The last.'].entries()) {
    const field = panel(ada).getByLabel('Comment on this passage')
    await field.fill(text)
    await field.press('Control+Enter')
    await panel(ada).locator('.comment:not(.sending)').nth(nth).waitFor()
  }
})
afterAll(() => stage.close())

describe.each([
  { where: 'beside the text', viewport: { width: 1440, height: 900 } },
  { where: 'on a phone', viewport: { width: 390, height: 844 } },
])('$where', ({ viewport }) => {
  let bela: Page
  beforeAll(async () => {
    bela = await stage.visit('/demo/', { viewport })
    await openBeside(bela, 'They were finishing it.')
    await panel(bela).getByText('The last.').waitFor()
  })

  it.each(hostile.map(({ what }, nth) => ({ what, nth })))('$what stays in its box', async ({ nth }) => {
    const spill = await panel(bela)
      .locator('.comment > .text')
      .nth(nth)
      .evaluate((text) => {
        const box = text.getBoundingClientRect()
        const words = document.createRange()
        words.selectNodeContents(text)
        const drawn = words.getBoundingClientRect()
        const clips = getComputedStyle(text).overflowX !== 'visible'
        return clips ? 0 : Math.max(0, drawn.right - box.right, box.left - drawn.left)
      })
    expect(spill).toBeLessThan(1)
    const clipped = await panel(bela)
      .locator('.comment > .text')
      .nth(nth)
      .evaluate((text) => getComputedStyle(text).overflowY)
    expect(clipped).toBe('clip')
  })

  it('neither panel nor page scrolls sideways', async () => {
    const wide = await panel(bela)
      .locator('.scroll')
      .evaluate((scroller) => scroller.scrollWidth - scroller.clientWidth)
    expect(wide).toBe(0)
    expect(await bela.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    )
  })
})
