import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { openBeside, openStage, panel, signIn, type Stage } from './stage.ts'

let stage: Stage
let bela: Page
beforeAll(async () => {
  stage = await openStage()
  bela = await stage.visit('/demo/')
  await openBeside(bela, 'A note of this kind')
})
afterAll(() => stage.close())

const comment = () => panel(bela).locator('.comment').filter({ hasText: 'I looked it up' })
const more = () => comment().getByRole('button', { name: 'More about the comment by Ada' })

it('a part that the network does not bring says so, and comes when asked again', async () => {
  await bela.context().route('**/assets/CommentMenu-*.js*', (route) => route.abort())
  await more().click()
  await comment().getByRole('alert').getByText('does not answer').waitFor()
  await bela.context().unroute('**/assets/CommentMenu-*.js*')
  await comment().getByRole('button', { name: 'Try again' }).click()
  await comment().getByRole('button', { name: 'Copy link' }).waitFor()
})

it('the link of a comment is copied, or shown to be copied by hand', async () => {
  await bela.evaluate(() =>
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined }),
  )
  await comment().getByRole('button', { name: 'Copy link' }).click()
  const field = comment().getByLabel('Copy this address:')
  const address = await field.inputValue()
  expect(new URL(address).pathname).toMatch(/^\/c\/[0-9a-f-]{36}$/)
  expect((await fetch(address)).status).toBe(200)
  await bela.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await bela.evaluate(() => delete (navigator as { clipboard?: unknown }).clipboard)
  await comment().getByRole('button', { name: 'Copy link' }).click()
  await comment().getByText('The link is copied.').waitFor()
  expect(await bela.evaluate(() => navigator.clipboard.readText())).toBe(address)
})

it('a comment is reported, from the keyboard alone', async () => {
  await signIn(bela, 'bela@demo.example')
  await comment().getByRole('button', { name: 'Report', exact: true }).press('Enter')
  await comment().getByLabel('Spam or advertising').press('Space')
  await comment().getByRole('button', { name: 'Send the report' }).press('Enter')
  await comment().getByText('A moderator will look at it.').waitFor()
  const reports = await stage.db.selectFrom('report').select('category').execute()
  expect(reports).toEqual([{ category: 'spam' }])
})
