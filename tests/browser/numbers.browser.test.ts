import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeFindings } from './publisher.ts'
import { openBeside, openConsole, openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'

async function readers(): Promise<number> {
  const rows = await stage.db.selectFrom('opened').select('readers').execute()
  return rows.reduce((sum, row) => sum + row.readers, 0)
}

async function ofPassages(): Promise<number[]> {
  const rows = await stage.db.selectFrom('opened_passage').select('readers').execute()
  return rows.map(({ readers }) => readers)
}

/** Presses Tab until the focus is on what has this name. */
async function tabTo(page: Page, role: 'button' | 'link', name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name }).first()
  await wanted.waitFor()
  for (let presses = 0; presses < 40; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not come to “${String(name)}”`)
}

test('who opens a discussion is counted, and who only passes by is not', async () => {
  const passing = await stage.visit('/demo/', { userAgent: firefox })
  await passing
    .getByRole('navigation', { name: 'Comments on the passages', includeHidden: true })
    .waitFor({ state: 'attached' })
  const reader = await stage.visit('/demo/', { userAgent: `${firefox} Reader` })
  await openBeside(reader, 'A note of this kind had a name')
  await expect.poll(readers).toBe(1)
  await expect.poll(ofPassages).toEqual([1])
  await openBeside(reader, 'When newspapers came to the web')
  await expect.poll(ofPassages).toEqual([1, 1])
  for (const page of [passing, reader]) await page.context().close()
})

test('those who lead go by keyboard to where an article is discussed, and back', async () => {
  const pia = await openConsole(stage, 'pia@demo.example', { bypassCSP: true })
  await tabTo(pia, 'button', 'Numbers')
  await pia.keyboard.press('Enter')
  const row = pia.getByRole('row').filter({ hasText: 'In praise of the margin' })
  await row.waitFor()
  const cells = await row.getByRole('cell').allInnerTexts()
  expect(cells.slice(0, 5)).toEqual(['2', '2', String(await readers()), '0', '–'])
  expect(await axeFindings(pia)).toEqual([])

  await tabTo(pia, 'link', 'In praise of the margin')
  await pia.keyboard.press('Enter')
  const heading = pia.getByRole('heading', { level: 1, name: 'In praise of the margin' })
  await heading.waitFor()
  expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true)
  const heat = pia.locator('article.heat')
  expect(
    await heat
      .locator('.block')
      .filter({ has: pia.getByRole('link') })
      .allInnerTexts(),
  ).toEqual([
    expect.stringMatching(/^1\s[^]*A note of this kind had a name/),
    expect.stringMatching(/^1\s[^]*When newspapers came to the web/),
  ])
  const widths = await heat
    .locator('.line')
    .evaluateAll((lines) => lines.map((line) => line.getBoundingClientRect().width))
  expect(widths[1]).toBe(widths[3])
  expect(widths[1]).toBeGreaterThan(5 * (widths[0] ?? Infinity))
  expect(await axeFindings(pia)).toEqual([])

  await tabTo(pia, 'link', /^1 comment in 1 thread/)
  const [thread] = await Promise.all([pia.context().waitForEvent('page'), pia.keyboard.press('Enter')])
  await thread.getByText('postilla').first().waitFor()
  await thread.close()

  await pia.reload()
  await heat.waitFor()
  await tabTo(pia, 'button', 'All articles')
  await pia.keyboard.press('Enter')
  await row.waitFor()
  await pia.context().close()
})

test('more days, and the numbers as files', async () => {
  const pia = await openConsole(stage, 'pia@demo.example')
  await pia.getByRole('button', { name: 'Numbers' }).click()
  await pia.getByLabel('The last').selectOption('365 days')
  await pia.getByRole('combobox', { name: /^First/ }).selectOption('Newest comment')
  const fileOf = async () => {
    const link = pia.getByRole('link', { name: 'Download as CSV' })
    const [file] = await Promise.all([pia.waitForEvent('download'), link.click()])
    return file.suggestedFilename()
  }
  expect(await fileOf()).toMatch(/^numbers-demo-\d{4}-\d\d-\d\d-365-days\.csv$/)
  await pia.getByRole('link', { name: 'In praise of the margin' }).click()
  await pia.locator('.heat').waitFor()
  expect(await fileOf()).toMatch(/^numbers-demo-[0-9a-f-]{36}-\d{4}-\d\d-\d\d-365-days\.csv$/)
  await pia.getByRole('button', { name: 'All articles' }).click()
  const link = pia.getByRole('link', { name: 'In praise of the margin' })
  await expect.poll(() => link.evaluate((element) => element === document.activeElement)).toBe(true)
  await pia.context().close()
})
