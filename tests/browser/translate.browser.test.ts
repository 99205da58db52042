import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { json, openTranslating, says, type Translating } from '../setup/translating.ts'
import { axeFindings, sideways } from './publisher.ts'
import { newPerson } from './states/people.ts'
import { openConsole, openStage, type Stage } from './stage.ts'
import { post } from '../../server/threads/index.ts'
import { findSite } from '../../server/sites/index.ts'

let stage: Stage
let machine: Translating
beforeAll(async () => {
  machine = await openTranslating()
  stage = await openStage(null, { translate: { url: machine.url, key: null } })
  const site = await findSite(stage.db, 'demo')
  const { id: threadId } = await stage.db
    .selectFrom('thread')
    .select('id')
    .orderBy('id')
    .executeTakeFirstOrThrow()
  if (!site) throw new Error('the demo site is missing')
  const vera = await newPerson(stage.db, 'Vera')
  const place = { kind: 'reply' as const, threadId, parentId: null }
  await post(
    stage.db,
    site,
    vera,
    place,
    { body: 'Не верю ни одному слову.\n\nНи одному.', language: 'ru' },
    null,
  )
})
beforeEach(() => {
  machine.asked = []
  machine.answer = says('I do not believe a single word.\n\nNot one.')
})
afterAll(async () => {
  await stage.close()
  await machine.close()
})

const card = (page: Page) => page.getByRole('article', { name: 'Comment by Vera' })
const button = (page: Page) => card(page).getByRole('button', { name: 'Translate' })
const translation = (page: Page) => card(page).locator('#translation')

it('L has a text translated below the original, and says whose words they are; L puts them away', async () => {
  const page = await openConsole(stage, 'mo@demo.example', { locale: 'en-GB' })
  await button(page).waitFor()
  expect(machine.asked).toEqual([])
  await page.keyboard.press('l')
  await translation(page).getByText('Not one.').waitFor()
  expect(await translation(page).innerText()).toBe(
    'Machine translation from Russian. It can be wrong.\n\nI do not believe a single word.\n\nNot one.',
  )
  expect(await card(page).innerText()).toContain('Не верю ни одному слову.')
  expect(machine.asked).toMatchObject([{ body: { target: 'en', source: 'auto' } }])
  expect(await axeFindings(page)).toEqual([])
  await page.keyboard.press('l')
  await expect.poll(() => translation(page).innerText()).toBe('')
  await page.context().close()
})

it('a service out of order is said, and asked again, by touch, on a phone', async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'de-AT' }
  const page = await openConsole(stage, 'mo@demo.example', phone)
  machine.answer = json(500, { error: 'Out of memory' })
  await button(page).tap()
  await translation(page).getByText('Try again in a moment').waitFor()
  machine.answer = says('Ich glaube kein Wort.')
  await button(page).tap()
  await translation(page).getByText('Ich glaube kein Wort.').waitFor()
  expect(machine.asked.at(-1)).toMatchObject({ body: { target: 'de' } })
  expect(await translation(page).locator('blockquote').getAttribute('lang')).toBe('de')
  expect(await axeFindings(page)).toEqual([])
  expect(await sideways(page)).toBe(0)
  await page.context().close()
})

it('is told by colour and shape where the page is in a language that the moderator reads', async () => {
  const page = await openConsole(stage, 'mo@demo.example', { locale: 'ru' })
  await button(page).waitFor()
  expect(await button(page).getAttribute('class')).toBe('quiet')
  await page.keyboard.press('?')
  await page.getByRole('dialog').getByText('translated by a machine').waitFor()
  await page.context().close()
})
