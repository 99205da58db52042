import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPostOffice, type PostOffice } from '../mail/post-office.ts'
import { finishJobs } from '../setup/jobs.ts'
import { axeFindings, sideways } from './publisher.ts'
import { button, openSettings, tabTo } from './settings.ts'
import { openConsole, openStage, type Stage } from './stage.ts'

let office: PostOffice
let stage: Stage
beforeAll(async () => {
  office = await openPostOffice()
  stage = await openStage(office.url)
})
afterAll(async () => {
  await stage.close()
  await office.close()
})

it('a publisher changes origins, undoes it and invites somebody by keys alone, who then has the queue', async () => {
  const page = await openConsole(stage, 'pia@demo.example')
  await button(page, 'Settings').waitFor()
  await tabTo(page, 'Settings')
  await page.keyboard.press('Enter')
  const origins = page.getByLabel('Origins, one in a line')
  await origins.waitFor()
  const before = await origins.inputValue()
  await tabTo(page, 'Origins')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('https://new.example/front\nnonsense')
  await page.getByText('will show no discussion').waitFor()
  await tabTo(page, 'Save')
  await page.keyboard.press('Enter')
  await page.getByText('Line 2: “nonsense” is no address.').waitFor()
  expect(await origins.inputValue()).toContain('nonsense')
  expect(await origins.evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.press('Control+A')
  await page.keyboard.type('https://new.example/front')
  await tabTo(page, 'Save')
  await page.keyboard.press('Enter')
  await page.getByText('Saved.', { exact: true }).waitFor()
  expect(await origins.inputValue()).toBe('https://new.example')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await page.getByText('Undone: it is as it was before.').waitFor()
  expect(await origins.inputValue()).toBe(before)

  await button(page, 'People').focus()
  await page.keyboard.press('Enter')
  await page.getByText('No invitation waits for an answer.').waitFor()
  await tabTo(page, 'E-mail address')
  await page.keyboard.type('zoe@elsewhere.example')
  await page.keyboard.press('Enter')
  await page.getByText('An invitation is on its way to zoe@elsewhere.example.').waitFor()
  await finishJobs(stage.db)
  const [mail] = office.to('zoe@elsewhere.example')
  const link = /https:\/\/postil\.example(\/signin\/\S+)/.exec(mail?.text ?? '')?.[1] ?? ''

  const zoe = await stage.visit(link)
  await zoe.getByRole('heading', { name: 'You are invited to moderate Demo' }).waitFor()
  expect(await axeFindings(zoe)).toEqual([])
  await zoe.getByLabel('Name', { exact: true }).fill('Zoë')
  await zoe.getByLabel('Password', { exact: true }).fill('a long password')
  await zoe.keyboard.press('Enter')
  await zoe.waitForURL('**/console/?site=demo')
  await zoe.getByRole('navigation', { name: 'Queues' }).waitFor()
  await zoe.close()

  await page.reload()
  await page.getByText('zoe@elsewhere.example').waitFor()
  await page.getByText('No invitation waits for an answer.').waitFor()
  await page.close()
})

it('nothing typed is lost where somebody was faster, and theirs is not written over unseen', async () => {
  const [one, other] = [await openSettings(stage, 'site'), await openSettings(stage, 'site')]
  const name = (page: Page) => page.getByLabel('Name', { exact: true })
  await name(one).fill('By one')
  await name(other).fill('By other')
  await button(one, 'Save').click()
  await one.getByText('Saved.', { exact: true }).waitFor()
  await button(other, 'Save').click()
  await other.getByText('By now the name is “By one”').waitFor()
  expect(await name(other).inputValue()).toBe('By other')
  await button(other, 'Save mine all the same').click()
  await other.getByText('Saved.', { exact: true }).waitFor()
  await name(other).fill('Demo')
  await button(other, 'Save').click()
  await other.getByText('Saved.', { exact: true }).waitFor()
  await one.close()
  await other.close()
})

it('a role is changed and given back, and the last who publishes is kept', async () => {
  const page = await openSettings(stage, 'people')
  await button(page, 'Change what Mo does here').click()
  await page.getByLabel('Role').first().selectOption('lead')
  await button(page, 'Save').click()
  await page.getByText('Mo: Leads the moderation.').waitFor()
  await button(page, 'Undo').click()
  await page.getByText('Undone: it is as it was before. Mo: Moderator.').waitFor()
  await page.close()
})

it('a key is shown once, and revoked after a question', async () => {
  const page = await openSettings(stage, 'keys')
  await page.getByText('No keys yet.').waitFor()
  await button(page, 'Make a key for articles').click()
  await page.getByText(/^whsec_/).waitFor()
  await button(page, 'I have kept it').click()
  await page.reload()
  await page.getByText('never used').waitFor()
  expect(await page.getByText(/^whsec_/).count()).toBe(0)
  await page.getByRole('button', { name: 'Revoke the key for sending articles' }).click()
  await button(page, 'Revoke it').click()
  await page.getByText('Revoked.').waitFor()
  await page.getByText('No keys yet.').waitFor()
  await page.close()
})

it('the look is tried on the real discussion, under the policies of our pages', async () => {
  const page = await openSettings(stage, 'look')
  const marks = page
    .frameLocator('.preview iframe')
    .locator('postil-discussion .mark:not(.quiet, .whole) span')
    .first()
  await marks.waitFor()
  await page.getByLabel('Links, buttons and marks').check()
  await page.getByLabel('Links, buttons and marks, in light').fill('#0b5d4e')
  const colour = () => marks.evaluate((mark) => getComputedStyle(mark).backgroundColor)
  await expect.poll(colour).toBe('rgb(11, 93, 78)')
  await page.getByText('--postil-accent: light-dark(#0b5d4e, #f0a58f);').waitFor()
  await page.getByLabel('Show it').selectOption('dark')
  await expect.poll(colour).toBe('rgb(240, 165, 143)')
  await page.getByLabel('Links, buttons and marks').first().uncheck()
  await page.getByText('Nothing is changed').waitFor()
  await page.close()
})

it('everything is downloaded', async () => {
  const page = await openSettings(stage, 'data')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download everything' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('demo.jsonl')
  expect(await download.failure()).toBeNull()
  await page.close()
})

it('is for publishers alone, also by its address', async () => {
  const page = await openConsole(stage, 'mo@demo.example')
  await page.getByRole('navigation', { name: 'Queues' }).waitFor()
  await page.goto(`${stage.origin}/console/?view=settings`)
  await page.getByRole('navigation', { name: 'Queues' }).waitFor()
  expect(await button(page, 'Settings').count()).toBe(0)
  await page.close()
})

it.each(['site', 'people', 'keys', 'webhooks', 'look', 'data'])('%s fits a narrow phone', async (part) => {
  const page = await openSettings(stage, part, { viewport: { width: 320, height: 640 }, colorScheme: 'dark' })
  await page.getByRole('heading', { level: 2 }).first().waitFor()
  expect(await sideways(page)).toBe(0)
  expect(await axeFindings(page)).toEqual([])
  await page.close()
})
