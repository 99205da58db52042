import { afterAll, beforeAll, expect, it } from 'vitest'
import { articlesToKeep, keepWords } from '../../server/search/index.ts'
import { axeFindings, sideways } from './publisher.ts'
import { openConsole, openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
  for (const place of await articlesToKeep(stage.db)) await keepWords(stage.db, place)
})
afterAll(() => stage.close())

it('the console finds comments by their words, and says so where there are none', async () => {
  const page = await openConsole(stage, 'mo@demo.example', { bypassCSP: true })
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  const field = page.getByRole('searchbox', { name: 'Words or a name' })
  await field.fill('looked')
  await field.press('Enter')
  await page.getByRole('status').getByText('1 found').waitFor()
  expect(await page.locator('mark').allInnerTexts()).toEqual(['looked'])
  expect(await axeFindings(page)).toEqual([])
  expect(await sideways(page)).toBe(0)
  await field.fill('quokka')
  await field.press('Enter')
  await page.getByRole('status').getByText('Nothing was found.').waitFor()
  await page.route('**/cases/search?*', (route) => route.abort())
  await field.press('Enter')
  await page.getByRole('alert').waitFor()
  expect(await field.inputValue()).toBe('quokka')
})
