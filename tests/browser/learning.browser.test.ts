import { afterAll, beforeAll, expect, it } from 'vitest'
import { addJob } from '../../server/jobs/index.ts'
import { bad, decideMany, good } from '../moderation/decisions.ts'
import { finishJobs } from '../setup/jobs.ts'
import { axeFindings, sideways } from './publisher.ts'
import { openStage, openConsole, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
  const when = Date.now() - 3600_000
  await decideMany(stage.db, 150, 'approve', good, { when })
  await decideMany(stage.db, 60, 'reject', bad, { when: when + 1 })
})
afterAll(() => stage.close())

it('is turned on by who publishes, says what was learnt, holds from a choice on, and forgets', async () => {
  const page = await openConsole(stage, 'pia@demo.example')
  await page.getByRole('button', { name: 'Learning' }).click()
  await page.getByText('That is too few to guess by.').waitFor()
  // As the clock does each minute.
  await addJob(stage.db, 'findLessons', {})
  await finishJobs(stage.db)
  await page.reload()

  await page.getByText('It has learnt from 150 approved comments and 60 rejected ones.').waitFor()
  await page.getByText('“casino” (60 of 60 rejected)').waitFor()
  for (const [name, options] of [
    ['wide', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
    ['phone', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }],
  ] as const) {
    await page.setViewportSize(options.viewport)
    await page.emulateMedia({ colorScheme: options.colorScheme })
    expect({ name, found: await axeFindings(page), sideways: await sideways(page) }).toEqual({
      name,
      found: [],
      sideways: 0,
    })
  }

  await page.getByRole('radio', { name: 'From 80 % on' }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('status').getByText('Saved.').waitFor()
  await page.reload()
  expect(await page.getByRole('radio', { name: 'From 80 % on' }).isChecked()).toBe(true)

  const forget = page.getByRole('button', { name: 'Forget everything…' })
  await forget.click()
  await page.keyboard.press('Escape')
  expect(await forget.evaluate((button) => button === document.activeElement)).toBe(true)
  await forget.click()
  await page.getByRole('dialog').getByRole('button', { name: 'Forget it' }).click()
  await page.getByRole('status').getByText('Forgotten.').waitFor()
  await page.getByText('That is too few to guess by.').waitFor()
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Learning')
})

it('is not offered to who only moderates', async () => {
  const page = await openConsole(stage, 'mo@demo.example')
  await page.getByRole('button', { name: 'Lost passages' }).waitFor()
  expect(await page.getByRole('button', { name: 'Learning' }).count()).toBe(0)
})
