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
