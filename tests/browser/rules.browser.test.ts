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
