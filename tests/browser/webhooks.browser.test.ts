import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { importArticle, saveArticle } from '../../server/articles/index.ts'
import { addJob } from '../../server/jobs/index.ts'
import { findSite } from '../../server/sites/index.ts'
import { finishJobs } from '../setup/jobs.ts'
import { answering, openReceiver, verify, type Receiver } from '../webhooks/receiver.ts'
import { axeFindings } from './publisher.ts'
import { button, openSettings, tabTo } from './settings.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let receiver: Receiver
beforeAll(async () => {
  stage = await openStage(null, { fetchPrivate: true })
  receiver = await openReceiver()
})
afterAll(async () => {
  await receiver.kill()
  await stage.close()
})

/** Something happens that a webhook is told of. */
async function publish(): Promise<void> {
  const site = await findSite(stage.db, 'demo')
  if (!site) throw new Error('the demo site is missing')
  const source =
    '<html lang="en"><body><article><p>Words that nobody has read yet.</p></article></body></html>'
  const where = { url: 'https://demo.example/new', slug: 'new' }
  await saveArticle(stage.db, site, importArticle({ source, format: 'html' }), where)
  await finishJobs(stage.db)
}

/** Nine attempts and three days later. */
async function lastAttempt(): Promise<void> {
  await sql`update webhook_delivery set attempts = 9, next_at = null`.execute(stage.db)
  await sql`update webhook set due_at = now(), blocked_until = null, leased_until = null`.execute(stage.db)
  await addJob(stage.db, 'findDeliveries', {})
  await finishJobs(stage.db)
}

it('a publisher adds a webhook, tests it, sees it fail and sends again what was given up, by keys alone', async () => {
  const page = await openSettings(stage, 'webhooks')
  await page.getByText('No webhooks yet.').waitFor()
  const address = page.getByLabel('Address')
  await tabTo(page, 'Address')
  await page.keyboard.type('nonsense')
  await page.keyboard.press('Enter')
  await expect.poll(() => address.getAttribute('aria-invalid')).toBe('true')
  expect(await address.inputValue()).toBe('nonsense')
  expect(await address.evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.press('Control+A')
  await page.keyboard.type(receiver.url)
  await tabTo(page, 'None')
  await page.keyboard.press('Enter')
  await tabTo(page, 'an article is here')
  await page.keyboard.press('Space')
  await tabTo(page, 'Add a webhook')
  await page.keyboard.press('Enter')
  const secret = await page.getByText(/^whsec_/).innerText()
  await tabTo(page, 'I have kept it')
  await page.keyboard.press('Enter')
  expect(await page.getByText(/^whsec_/).count()).toBe(0)
  await page.getByText('Told of article.created').waitFor()

  await tabTo(page, `Test: ${receiver.url}`)
  await page.keyboard.press('Enter')
  await page.getByText('The test arrived: 200').waitFor()
  const [test] = receiver.got
  if (!test) throw new Error('nothing came')
  expect(verify(secret, test)).toMatchObject({ type: 'webhook.test' })

  receiver.answer = (response) => response.writeHead(500).end('the disk is full')
  await page.keyboard.press('Enter')
  await page.getByText('The test did not arrive: It answers 500.').waitFor()
  await page.getByText('the disk is full').waitFor()

  await publish()
  await button(page, 'Read again').focus()
  await page.keyboard.press('Enter')
  await page.getByText('Failing since').waitFor()
  await page.getByText('1 waiting').waitFor()
  await lastAttempt()
  await page.keyboard.press('Enter')
  await page.getByText('1 given up').waitFor()

  await tabTo(page, `Messages: ${receiver.url}`)
  await page.keyboard.press('Enter')
  await page.getByText('Given up after 10 attempts.').waitFor()
  expect(await axeFindings(page)).toEqual([])
  receiver.answer = answering(204)
  receiver.got.length = 0
  await tabTo(page, 'Send again: article.created')
  await page.keyboard.press('Enter')
  await page.getByText('One message waits to be sent again.').waitFor()
  await finishJobs(stage.db)
  expect(receiver.got).toMatchObject([{ message: { type: 'article.created' } }])
  await button(page, 'Read again').first().click()
  await page.getByText('Fine: the last message arrived').waitFor()
  await page.getByLabel('Show').selectOption('arrived')
  await page.getByText('after one attempt: 204').waitFor()
  await page.getByLabel('Show').selectOption('waiting')
  await page.getByText('There are none.').waitFor()
  await page.close()
})

it('one is changed and given back, disabled, given another secret, and deleted after a question', async () => {
  await stage.db.deleteFrom('webhook').execute()
  const page = await openSettings(stage, 'webhooks')
  await page.getByLabel('Address').fill(receiver.url)
  await button(page, 'Add a webhook').click()
  await button(page, 'I have kept it').click()
  const of = (name: string) => button(page, `${name}: ${receiver.url}`)

  await of('Change').click()
  const form = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Save' }) })
  await form.getByLabel('What it is for').fill('The newsroom')
  await form.getByRole('button', { name: 'None' }).click()
  await form.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Choose one at least.').waitFor()
  await form.getByLabel('a moderator decided').check()
  await form.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Told of decision.made').waitFor()
  await page.getByText('The newsroom').waitFor()
  expect(await of('Change').evaluate((opener) => opener === document.activeElement)).toBe(true)
  await button(page, 'Undo').click()
  await page.getByText('Told of everything').waitFor()
  expect(await page.getByText('The newsroom').count()).toBe(0)

  await of('Disable').click()
  await page.getByText('by a publisher').waitFor()
  await of('Enable').click()
  await page.getByText('Enabled.').waitFor()

  await of('New secret').click()
  const first = await page.getByText(/^whsec_/).innerText()
  await button(page, 'I have kept it').click()
  await of('New secret').click()
  await button(page, 'Make it').click()
  expect(await page.getByText(/^whsec_/).innerText()).not.toBe(first)
  await button(page, 'I have kept it').click()

  await of('Delete').click()
  await button(page, 'Cancel').click()
  await of('Delete').click()
  await button(page, 'Delete it').click()
  await page.getByText(`Deleted: ${receiver.url}`).waitFor()
  await page.getByText('No webhooks yet.').waitFor()
  await page.close()
})

it('nothing typed is lost where somebody was faster, and theirs is not written over unseen', async () => {
  await stage.db.deleteFrom('webhook').execute()
  const one = await openSettings(stage, 'webhooks')
  await one.getByLabel('Address').fill(receiver.url)
  await button(one, 'Add a webhook').click()
  await button(one, 'I have kept it').click()
  const other = await openSettings(stage, 'webhooks')
  const form = (page: Page) =>
    page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Save', exact: true }) })
  const purpose = (page: Page) => form(page).getByLabel('What it is for')
  const save = (page: Page) => form(page).getByRole('button', { name: 'Save', exact: true }).click()
  for (const page of [one, other]) await button(page, `Change: ${receiver.url}`).click()
  await purpose(one).fill('By one')
  await form(one).getByLabel('an article is here').uncheck()
  await save(one)
  await one.getByText('Saved.', { exact: true }).waitFor()

  await purpose(other).fill('By other')
  await save(other)
  await other.getByText('and it is for “By one”').waitFor()
  expect(await purpose(other).inputValue()).toBe('By other')
  expect(await axeFindings(other)).toEqual([])
  await tabTo(other, 'Save mine all the same')
  await other.keyboard.press('Enter')
  await other.getByText('Saved.', { exact: true }).waitFor()
  // What was not touched in these fields is as the first has it.
  const saved = await stage.db.selectFrom('webhook').select(['version', 'description', 'events']).execute()
  expect(saved).toMatchObject([{ version: 3, description: 'By other' }])
  expect(saved[0]?.events).not.toContain('article.created')

  await button(one, `Disable: ${receiver.url}`).click()
  await one.getByText('was changed since you read it').waitFor()
  await one.getByText('By other').waitFor()
  await button(one, `Disable: ${receiver.url}`).click()
  await one.getByText('by a publisher').waitFor()

  await button(other, `Change: ${receiver.url}`).click()
  await purpose(other).fill('Again by other')
  await save(other)
  await other.getByText('By now it is disabled').waitFor()
  await button(other, 'Take theirs into the fields').click()
  expect(await purpose(other).inputValue()).toBe('By other')
  await one.close()
  await other.close()
})

it('what was typed stays where the server does not answer, and is sent once it does', async () => {
  await stage.db.deleteFrom('webhook').execute()
  const page = await openSettings(stage, 'webhooks')
  await page.getByText('No webhooks yet.').waitFor()
  await page.getByLabel('Address').fill(receiver.url)
  await page.getByLabel('What it is for').fill('The archive')
  await page.context().setOffline(true)
  await button(page, 'Add a webhook').click()
  await page.getByRole('alert').filter({ hasText: /\S/ }).waitFor()
  expect(await page.getByLabel('What it is for').inputValue()).toBe('The archive')
  await page.context().setOffline(false)
  await button(page, 'Add a webhook').click()
  await page.getByText(/^whsec_/).waitFor()
  expect(await page.getByLabel('What it is for').inputValue()).toBe('')
  await page.close()
})
