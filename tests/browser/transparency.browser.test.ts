import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeFindings } from './publisher.ts'
import { openConsole, openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

test('those who lead read the numbers of a month and take them as a file', async () => {
  const pia = await openConsole(stage, 'pia@demo.example', { bypassCSP: true })
  await pia.getByRole('button', { name: 'Transparency' }).click()
  await pia.getByRole('row', { name: 'Reports 0' }).waitFor()
  expect(await axeFindings(pia)).toEqual([])
  await pia.getByLabel('Month (UTC)').selectOption({ index: 1 })
  await pia.getByRole('row', { name: 'By a machine 0' }).waitFor()
  const [file] = await Promise.all([
    pia.waitForEvent('download'),
    pia.getByRole('link', { name: 'Download as CSV' }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/^transparency-demo-\d{4}-\d\d-01-\d{4}-\d\d-01\.csv$/)
  await pia.context().close()
})

test('those who lead show the numbers to everybody, with a key, and no longer', async () => {
  const pia = await openConsole(stage, 'pia@demo.example', { bypassCSP: true })
  await pia.getByRole('button', { name: 'Transparency' }).click()
  const box = pia.getByRole('checkbox', { name: 'Everybody may read the numbers' })
  const link = pia.getByRole('link', { name: 'The page for everybody' })
  await box.waitFor()
  expect(await box.isChecked()).toBe(false)
  expect(await link.count()).toBe(0)
  await box.press('Space')
  await link.click()
  await pia.getByRole('heading', { level: 1, name: 'Moderation on' }).waitFor()
  await pia
    .getByRole('table', { name: 'Appeals by authors' })
    .getByRole('row', { name: 'Received 0' })
    .waitFor()
  expect(await axeFindings(pia)).toEqual([])
  const months = pia.getByRole('navigation', { name: 'Months' }).getByRole('link')
  await months.nth(1).click()
  await pia.waitForURL(/\?month=\d{4}-\d\d$/)
  expect(await months.nth(1).getAttribute('aria-current')).toBe('page')

  await pia.goto(`${stage.origin}/console/`)
  await pia.getByRole('button', { name: 'Transparency' }).click()
  await box.waitFor()
  expect(await box.isChecked(), 'as it was left').toBe(true)
  await box.press('Space')
  await link.waitFor({ state: 'detached' })
  await pia.context().close()
})
