import { existsSync, mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noRules, setRules } from '../../server/moderation/index.ts'
import { findSite } from '../../server/sites/index.ts'
import { axeFindings, sideways } from './publisher.ts'
import { openBeside, openConsole, openStage, panel, post, signIn, type Stage } from './stage.ts'

/** Where pictures are put, for whoever wants to look at them. */
const pictures = process.env['PICTURES']

let stage: Stage
let siteId: string
beforeAll(async () => {
  stage = await openStage()
  siteId = (await findSite(stage.db, 'demo'))?.id ?? ''
})
afterAll(() => stage.close())

async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return
  if (!existsSync(pictures)) mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const words = (page: Page) => page.getByLabel('Words and phrases, one in a line')

async function openRules(email = 'pia@demo.example', options = {}): Promise<Page> {
  const page = await openConsole(stage, email, options)
  await button(page, 'Rules').click()
  await page.getByText('Version', { exact: false }).first().waitFor()
  return page
}

describe('the rules in the console', () => {
  it('are not offered to moderators', async () => {
    const page = await openConsole(stage, 'mo@demo.example')
    await button(page, 'Lost passages').waitFor()
    expect(await button(page, 'Rules').count()).toBe(0)
    await page.goto(`${stage.origin}/console/?view=rules`)
    await page.getByRole('heading', { name: 'Rules' }).waitFor({ state: 'detached' })
    await page.close()
  })

  it('are changed, tried on what was written, switched on, and taken back', async () => {
    const page = await openRules()
    expect(await words(page).inputValue()).toBe('crook\nidiot\nviagra')
    expect(await button(page, 'Switch on').count()).toBe(0)
    await words(page).fill('crook\n\nthirteenth-century')
    await button(page, 'Try').click()
    await page.getByText('Would have held 2 of the last 2; you approved 0 of them.').waitFor()
    await page.getByText('2 examples').click()
    await page.getByText('Word on the list: thirteenth-century').waitFor()
    await picture(page, 'rules-tried')
    expect(await axeFindings(page)).toEqual([])
    // What is changed has not been tried.
    await page.getByLabel('Shown comments somebody needs before their comments appear').fill('0')
    expect(await button(page, 'Switch on').count()).toBe(0)
    await button(page, 'Try').click()
    await page.getByText('Would have held 1 of the last 2; you approved 0 of them.').waitFor()
    await button(page, 'Switch on').click()
    await page.getByText('Switched on as version 2.').waitFor()
    await page.getByText('Version 2, by Pia').first().waitFor()

    await page.getByText('Earlier versions').click()
    await button(page, 'Go back to version 1').click()
    await page.getByText('Version 1 stands in the fields.').waitFor()
    expect(await words(page).inputValue()).toBe('crook\nidiot\nviagra')
    await button(page, 'Try').click()
    await button(page, 'Switch on').click()
    await page.getByText('Switched on as version 3.').waitFor()
    await page.close()
  })

  it('say which lines cannot be used', async () => {
    const page = await openRules()
    await words(page).fill('fine\n\n/(a/\n/(?=a)/')
    await button(page, 'Try').click()
    await page.getByText('Line 3: “/(a/” is no regular expression').waitFor()
    await page.getByText('Line 4: “/(?=a)/” is no regular expression').waitFor()
    await picture(page, 'rules-faults')
    expect(await axeFindings(page)).toEqual([])
    await page.close()
  })

  it('hold for one article, found by its address', async () => {
    const page = await openRules()
    await page.getByLabel('Address of an article').fill(`${stage.origin}/nowhere`)
    await button(page, 'Add the article').click()
    await page.getByText('No article of this site has that address.').waitFor()
    await page.getByLabel('Address of an article').fill(`${stage.origin}/demo/`)
    await button(page, 'Add the article').click()
    await page.getByLabel('Sensitive: all comments are held').waitFor()
    await button(page, 'Try').click()
    await page.getByText('Would have held 2 of the last 2').waitFor()
    await button(page, 'Switch on').click()
    await page.getByText('Switched on as version').waitFor()
    await page.close()
  })

  it('close comments each night, and say when they open', async () => {
    const page = await openRules()
    await page.getByLabel('Time zone of the hours').selectOption('Australia/Adelaide')
    await button(page, 'Add hours').first().focus()
    await page.keyboard.press('Enter')
    const hours = page.getByRole('group', { name: 'Hours 1', exact: true })
    await hours.getByText('It ends on the next day.').waitFor()
    for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'])
      await hours.getByLabel(day).uncheck()
    await button(page, 'Try').click()
    await page.getByText('Hours 1: Tick one day or more.').waitFor()
    await picture(page, 'rules-hours-fault')
    await hours.getByRole('combobox', { name: 'When', exact: true }).selectOption('Once')
    await hours.getByLabel('From').fill('2099-12-24T18:00')
    await hours.getByLabel('Until').fill('2099-12-24T18:00')
    await button(page, 'Try').click()
    await page.getByText('Hours 1: The end has to be after the beginning.').waitFor()
    await hours.getByLabel('Until').fill('2099-12-27T08:00')
    await button(page, 'Try').click()
    await page
      .getByText(/On the site: .*closed from Thursday,? 24 December 2099 at 18:00 .Australia.Adelaide. on/)
      .waitFor()
    await picture(page, 'rules-hours')
    expect(await axeFindings(page)).toEqual([])
    await button(page, 'Switch on').click()
    await page.getByText('Switched on as version').waitFor()
    await page.reload()
    expect(await hours.getByLabel('Until').inputValue()).toBe('2099-12-27T08:00')
    await button(page, 'Leave hours 1 out').click()
    await hours.waitFor({ state: 'detached' })
    await page.close()
  })

  it('are not overwritten where somebody was faster', async () => {
    const [one, other] = [await openRules(), await openRules('olu@demo.example')]
    for (const page of [one, other]) {
      await words(page).fill('faster')
      await button(page, 'Try').click()
      await button(page, 'Switch on').waitFor()
    }
    await button(one, 'Switch on').click()
    await one.getByText('Switched on as version').waitFor()
    await button(other, 'Switch on').click()
    await other.getByText('Somebody has changed the rules since you read them.').waitFor()
    expect(await words(other).inputValue()).toBe('faster')
    await button(other, 'Read the rules that hold now').click()
    await other.getByText('by Pia').first().waitFor()
    await one.close()
    await other.close()
  })

  it('take 50,000 lines', async () => {
    const page = await openRules()
    const lines = Array.from({ length: 50_000 }, (_, n) => `كلمة${n} 🔥`).join('\n')
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.evaluate((text) => navigator.clipboard.writeText(text), lines)
    await words(page).focus()
    await page.keyboard.press('Control+A')
    await page.keyboard.press('Control+V')
    await button(page, 'Try').click()
    await page.getByText(/^Would have held \d of the last 2/).waitFor()
    await button(page, 'Switch on').click()
    await page.getByText('Switched on as version').waitFor()
    await page.getByText('Lines 1 to 1,000 of 50,000').waitFor()
    await page.reload()
    await page.getByText('Lines 1 to 1,000 of 50,000').waitFor()
    await button(page, 'Lines after').click()
    await page.getByText('Lines 1,001 to 2,000 of 50,000').waitFor()
    expect(await words(page).inputValue()).toMatch(/^كلمة1000 🔥\n/)
    await words(page).fill('/(a/')
    await page.getByText('Lines 1,001 to 1,001 of 49,001').waitFor()
    await button(page, 'Try').click()
    await page.getByText('Line 1001: “/(a/”').waitFor()
    await page.close()
  })

  it.each([['dark'], ['light']] as const)('fit a phone, %s', async (colorScheme) => {
    const page = await openRules('pia@demo.example', { colorScheme, viewport: { width: 360, height: 740 } })
    await words(page).waitFor()
    expect(await sideways(page)).toBe(0)
    expect(await axeFindings(page)).toEqual([])
    await picture(page, `rules-phone-${colorScheme}`)
    await page.close()
  })
})

describe('where the rules do not let one write', () => {
  async function hold(changes: object): Promise<void> {
    const { version } = await stage.db
      .selectFrom('rule_set')
      .select('version')
      .orderBy('version', 'desc')
      .executeTakeFirstOrThrow()
    await setRules(stage.db, siteId, null, { version, rules: { ...noRules, holdFirst: 0, ...changes } })
  }

  /** The same, as somebody does it who leads the site: open pages are told. */
  async function switchOn(changes: object): Promise<void> {
    const page = await openConsole(stage, 'pia@demo.example')
    await button(page, 'Rules').waitFor()
    const address = `${stage.origin}/v1/sites/demo/rules`
    const { request } = page.context()
    const { version } = (await (await request.get(address)).json()) as { version: number }
    const answer = await request.put(address, {
      headers: { origin: stage.origin },
      data: { version, rules: { ...noRules, holdFirst: 0, ...changes } },
    })
    expect(answer.status()).toBe(200)
    await page.close()
  }

  const write = (page: Page) => panel(page).getByLabel('Comment on this passage')

  it('says so before anything is typed, also on pages that are open', async () => {
    await hold({ readOnly: true })
    const page = await stage.visit('/demo/')
    await openBeside(page, 'the thing was for')
    await panel(page).getByText('Comments are closed here.').waitFor()
    expect(await write(page).count()).toBe(0)
    expect(await panel(page).getByRole('button', { name: 'Sign in to comment' }).count()).toBe(0)
    expect(await axeFindings(page)).toEqual([])
    await picture(page, 'hours-closed')

    await switchOn({ slowMode: 5400 })
    await panel(page)
      .getByText('Slow mode. The least time between two of your comments: 90 minutes.')
      .waitFor()
    await signIn(page, 'bela@demo.example')
    await write(page).fill('A thought that I have not sent.')
    await picture(page, 'hours-slow')

    const until = new Date(Date.now() + 2 * 86_400_000)
    await switchOn({
      schedules: [
        { when: { from: '2020-01-01T00:00', until: until.toISOString().slice(0, 16) }, slowMode: null },
      ],
    })
    const weekday = new Intl.DateTimeFormat('en', { weekday: 'long' }).format(until)
    await panel(page).getByText(`Comments open again: ${weekday}`).waitFor()
    expect(await write(page).inputValue()).toBe('A thought that I have not sent.')
    expect(await panel(page).locator('[type=submit]').isDisabled()).toBe(true)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await panel(page).getByRole('button', { name: 'Copy the text' }).click()
    await panel(page).getByRole('button', { name: 'Copied' }).waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('A thought that I have not sent.')
    expect(await axeFindings(page)).toEqual([])
    await picture(page, 'hours-closed-draft')

    await switchOn({})
    await panel(page).getByText('Comments are closed here.').waitFor({ state: 'detached' })
    await write(page).press('Control+Enter')
    await panel(page).locator('.comment').filter({ hasText: 'A thought that I have not sent.' }).waitFor()
    await page.close()
  })

  it('lets those who work for the site write, and tells them', async () => {
    await hold({})
    const page = await stage.visit('/demo/')
    await openBeside(page, 'the thing was for')
    await signIn(page, 'mo@demo.example')
    await switchOn({ readOnly: true })
    await panel(page).getByText('Those who work for the site can write.').waitFor()
    await post(page, 'From the newsroom.')
    await page.close()
  })

  it.each([
    ['ar', 'التعليقات مغلقة هنا.', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }],
    [
      'de',
      'Kommentare sind hier geschlossen.',
      { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
    ],
  ] as const)('in the language of the page: %s', async (language, said, options) => {
    const until = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 16)
    await hold({ schedules: [{ when: { from: '2020-01-01T00:00', until }, slowMode: null }] })
    const page = await stage.visit('/demo/', options)
    await page.route('**/demo/', async (route) => {
      const answer = await route.fetch()
      const body = (await answer.text()).replace(
        /<html lang="en"/,
        `<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}"`,
      )
      await route.fulfill({ response: answer, body })
    })
    await page.reload()
    await page.locator('postil-discussion nav button').first().click()
    await panel(page).getByText(said).first().waitFor()
    await picture(page, `hours-closed-${language}`)
    await page.close()
  })

  it('the reader is told so, and until when, and keeps the text', async () => {
    await hold({})
    const page = await stage.visit('/demo/')
    await openBeside(page, 'the thing was for')
    await signIn(page, 'ada@demo.example')
    await post(page, 'The first one.')
    const box = panel(page).getByLabel('Comment on this passage')
    await hold({ slowMode: 86_400 })
    await box.fill('Too soon.')
    await box.press('Control+Enter')
    await panel(page).getByText('You can write again in 24 hours. Your text is kept.').waitFor()
    expect(await box.inputValue()).toBe('Too soon.')
    await hold({ readOnly: true })
    await box.press('Control+Enter')
    await panel(page).getByText('Comments are closed here. What is there can be read.').waitFor()
    expect(await box.inputValue()).toBe('Too soon.')
    await picture(page, 'embed-closed')
    await hold({})
    await box.press('Control+Enter')
    await panel(page).locator('.comment').filter({ hasText: 'Too soon.' }).waitFor()
    await page.close()
  })
})
