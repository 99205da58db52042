import { afterAll, beforeAll, expect, it } from 'vitest'
import { addJob } from '../../server/jobs/index.ts'
import { bad, decideMany, good } from '../moderation/decisions.ts'
import { learnFromDecisions } from '../../server/moderation/index.ts'
import { findSite } from '../../server/sites/index.ts'
import { finishJobs } from '../setup/jobs.ts'
import { axeFindings, sideways } from './publisher.ts'
import { openBeside, openConsole, openStage, panel, post, signIn, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** As the clock does each minute. */
async function learn() {
  await addJob(stage.db, 'findLessons', {})
  await finishJobs(stage.db)
}

it('is turned on by who publishes, says what was learnt, holds from a choice on, and forgets', async () => {
  const page = await openConsole(stage, 'pia@demo.example')
  await page.getByRole('button', { name: 'Learning' }).click()
  await page.getByText('That is too few to guess by.').waitFor()
  const when = Date.now() - 3600_000
  await decideMany(stage.db, 150, 'approve', good, { when })
  await decideMany(stage.db, 60, 'reject', bad, { when: when + 1 })
  await learn()
  await page.reload()

  await page.getByText('It has learnt from 150 approved comments and 60 rejected ones.').waitFor()
  await page.getByText(/^“.casino.” \(60 of 60 rejected\)$/).waitFor()
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

it('holds a comment like rejected ones, tells its author, and the moderator what became of similar ones', async () => {
  // What was forgotten is forgotten: it learns from what comes.
  const when = Date.now() + 1000
  await decideMany(stage.db, 150, 'approve', good, { when })
  await decideMany(stage.db, 60, 'reject', bad, { when: when + 1 })
  const site = await findSite(stage.db, 'demo')
  await learnFromDecisions(stage.db, site?.id ?? '', when + 60_000)
  const lead = await openConsole(stage, 'pia@demo.example')
  await lead.getByRole('button', { name: 'Learning' }).click()
  await lead.getByRole('radio', { name: 'From 60 % on' }).check()
  await lead.getByRole('button', { name: 'Save' }).click()
  await lead.getByRole('status').getByText('Saved.').waitFor()

  const reader = await stage.visit('/demo/')
  await openBeside(reader, 'A margin that deserves the name')
  await signIn(reader, 'bela@demo.example')
  await post(reader, 'Casino bonus, cheap pills and free money: click now!')
  await panel(reader).getByText('A program found it like comments that were removed here.').waitFor()

  await lead.getByRole('button', { name: 'Queue' }).click()
  await lead
    .getByText(/^Looks like comments that were rejected here \(\d+ %\); (\d+) of \1 similar ones were;/)
    .waitFor()
  await lead.getByText(/^That it looks like rejected comments counts as/).waitFor()
})

it('is not offered to who only moderates', async () => {
  const page = await openConsole(stage, 'mo@demo.example')
  await page.getByRole('button', { name: 'Lost passages' }).waitFor()
  expect(await page.getByRole('button', { name: 'Learning' }).count()).toBe(0)
})
