import { existsSync, mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Rules } from '../../core/contract/rules.ts'
import { activeRules, setRules } from '../../server/moderation/index.ts'
import { createAccount, setRole } from '../../server/people/index.ts'
import { findSite, type Site } from '../../server/sites/index.ts'
import { post } from '../../server/threads/index.ts'
import { axeFindings, sideways } from './publisher.ts'
import { openConsole, openStage, type Stage } from './stage.ts'

/** Where pictures are put, for whoever wants to look at them. */
const pictures = process.env['PICTURES']

let stage: Stage
let site: Site
let author: string
let thread: string
const open: Page[] = []

beforeAll(async () => {
  stage = await openStage()
  const found = await findSite(stage.db, 'demo')
  if (!found) throw new Error('the demo site is missing')
  site = found
  const lea = await createAccount(stage.db, {
    email: 'lea@demo.example',
    name: 'Lea',
    password: 'margin-notes',
  })
  await setRole(stage.db, site.id, lea, 'lead')
  const idOf = (name: string) =>
    stage.db.selectFrom('account').select('id').where('name', '=', name).executeTakeFirstOrThrow()
  author = (await idOf('Ada')).id
  thread = (await stage.db.selectFrom('thread').select('id').orderBy('id').executeTakeFirstOrThrow()).id
})
afterAll(() => stage.close())
beforeEach(async () => {
  await want(true)
  await stage.db
    .updateTable('moderation_case')
    .set({ status: 'withdrawn', closed_at: new Date() })
    .where('status', '=', 'open')
    .execute()
  await stage.db.updateTable('sanction').set({ lifted_at: new Date() }).execute()
})
afterEach(async () => {
  for (const page of open.splice(0)) await page.context().close()
})

async function say(changes: Partial<Rules>): Promise<void> {
  const { rules } = await activeRules(stage.db, site.id)
  const { version } = await stage.db
    .selectFrom('rule_set')
    .select('version')
    .where('state', '=', 'confirmed')
    .orderBy('version', 'desc')
    .executeTakeFirstOrThrow()
  await setRules(stage.db, site.id, null, { version, rules: { ...rules, ...changes } })
}
const want = (twoPeople: boolean) => say({ twoPeople })

/** A comment of Ada's that a word of theirs holds. */
async function held(name: string): Promise<void> {
  const actor = { id: author, name: 'Ada', role: 'reader' as const, sections: null }
  const place = { kind: 'reply', threadId: thread, parentId: null } as const
  await post(stage.db, site, actor, place, { body: `What a crook: ${name}.` }, null)
}

async function consoleOf(name: string, options: Parameters<typeof openConsole>[2] = {}): Promise<Page> {
  const page = await openConsole(stage, `${name}@demo.example`, { bypassCSP: true, ...options })
  open.push(page)
  return page
}
async function rulesOf(name: string, options: Parameters<typeof openConsole>[2] = {}): Promise<Page> {
  const page = await consoleOf(name, options)
  await button(page, 'Rules').click()
  await page
    .getByText(/^Version \d/)
    .first()
    .waitFor()
  return page
}
async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return
  if (!existsSync(pictures)) mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const hasInHand = (page: Page, name: string) =>
  page.locator('.card .text').getByText(`crook: ${name}.`).waitFor()
const foot = (page: Page) => page.locator('.foot')
async function press(page: Page, keys: string): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}
const bans = () =>
  stage.db
    .selectFrom('sanction')
    .select('kind')
    .where('kind', '=', 'ban')
    .where('lifted_at', 'is', null)
    .execute()

describe('a ban that wants two people', () => {
  it('is proposed by one with the keys of a ban, and confirmed by another one', async () => {
    await held('one')
    const mo = await consoleOf('mo')
    await hasInHand(mo, 'one')
    const lea = await consoleOf('lea')
    await hasInHand(lea, 'one')
    await press(mo, 'n')
    await mo.keyboard.type('The third time.')
    await mo.keyboard.press('Escape')
    await press(mo, 'b')
    await foot(mo).getByText('Propose a ban of its author. Why?').waitFor()
    await press(mo, '1')
    await foot(mo).getByText('a second person has to confirm the ban').waitFor()
    expect(await axeFindings(mo)).toEqual([])
    await picture(mo, 'ban-propose')
    await press(mo, 'b')
    await foot(mo).locator('.last').getByText('You proposed a ban and hid Ada’s comment.').waitFor()
    await mo
      .getByText('This case is left to those who lead')
      .or(mo.getByText('The queue is clear.'))
      .waitFor()
    expect(await bans()).toEqual([])

    // Lea has it in hand, is told that it has changed, and sees what it has come to.
    await button(lea, 'Show it as it is now').click()
    await lea.getByRole('heading', { name: 'Mo proposes a ban: abuse' }).waitFor()
    await lea.locator('.proposal').getByText('The third time.').waitFor()
    await lea.getByText('A second person confirms it: you can, or you decide otherwise.').waitFor()
    expect(await axeFindings(lea)).toEqual([])
    await picture(lea, 'ban-proposed')
    await press(lea, 'b')
    await foot(lea).getByText('Confirm the ban of Ada from this site: abuse?').waitFor()
    await lea.getByRole('button', { name: 'Confirm: ban Ada' }).and(lea.locator(':focus')).waitFor()
    await picture(lea, 'ban-confirm')
    await press(lea, 'b')
    await foot(lea)
      .locator('.last')
      .getByText('You rejected, with a ban of its author, Ada’s comment.')
      .waitFor()
    await expect.poll(bans).toHaveLength(1)
  })

  it('is not offered to who proposed it; they can take it back', async () => {
    await held('two')
    const lea = await consoleOf('lea')
    await hasInHand(lea, 'two')
    await press(lea, 'b2b')
    await foot(lea).locator('.last').getByText('You proposed a ban').waitFor()
    await lea.reload()
    await lea.getByRole('heading', { name: 'Lea proposes a ban: spam' }).waitFor()
    await lea.getByText('You proposed it.').waitFor()
    expect(await lea.locator('[data-action=ban]').count()).toBe(0)
    await press(lea, 'b')
    expect(await lea.locator('.reasons').count()).toBe(0)
    await picture(lea, 'ban-own')
    const pia = await consoleOf('pia')
    await pia.getByRole('heading', { name: 'Lea proposes a ban: spam' }).waitFor()
    await press(pia, 'a')
    await foot(pia).locator('.last').getByText('You approved').waitFor()
    await press(pia, 'u')
    await pia.getByRole('heading', { name: 'Lea proposes a ban: spam' }).waitFor()
  })

  it('says so where the rule was switched on meanwhile', async () => {
    await want(false)
    await held('three')
    const mo = await consoleOf('mo')
    await hasInHand(mo, 'three')
    await press(mo, 'b1')
    await foot(mo).getByText('Ban Ada from this site: abuse?').waitFor()
    await want(true)
    await press(mo, 'b')
    await foot(mo).locator('.last').getByText('You proposed a ban').waitFor()
    expect(await bans()).toEqual([])
  })

  it('stays out of what is decided of many, which says so', async () => {
    await held('five')
    const mo = await consoleOf('mo')
    await hasInHand(mo, 'five')
    const proposed = mo.waitForResponse((answer) => answer.url().endsWith('/decisions') && answer.ok())
    await press(mo, 'b1b')
    await proposed
    // Open, it would take the next one in hand.
    await mo.close()
    await held('six')
    const lea = await consoleOf('lea')
    await lea.locator('.card').waitFor()
    await press(lea, 'x')
    const dialog = lea.getByRole('dialog')
    await dialog.getByText('Left as they are: 1 proposed ban, which wants its own decision.').waitFor()
    await dialog.getByText('1 comment by 1 person').waitFor()
    expect(await axeFindings(lea)).toEqual([])
    await picture(lea, 'ban-many')
    await lea.emulateMedia({ colorScheme: 'dark' })
    await lea.setViewportSize({ width: 360, height: 740 })
    expect(await sideways(lea)).toBe(0)
    await picture(lea, 'ban-many-phone')
  })

  it('fits a phone, in the dark', async () => {
    await held('four')
    const mo = await consoleOf('mo')
    await hasInHand(mo, 'four')
    await press(mo, 'b1b')
    await foot(mo).locator('.last').getByText('You proposed a ban').waitFor()
    const lea = await consoleOf('lea', { colorScheme: 'dark', viewport: { width: 360, height: 740 } })
    await lea.getByRole('heading', { name: 'Mo proposes a ban: abuse' }).waitFor()
    await button(lea, 'More').click()
    await lea.locator('[data-action=ban]').getByText('Confirm the ban').waitFor()
    expect(await sideways(lea)).toBe(0)
    expect(await axeFindings(lea)).toEqual([])
    await picture(lea, 'ban-phone')
  })
})

describe('a change of the rules that wants two people', () => {
  const sample = (page: Page) => page.getByLabel('Of a hundred comments that appear without a look')
  async function propose(page: Page, percent: string): Promise<void> {
    await sample(page).fill(percent)
    await button(page, 'Try').click()
    await button(page, 'Propose').click()
    await page.getByText(/^Kept as version \d+\. It holds once/).waitFor()
  }

  it('waits where others see it at once, with what it changes, and holds when one of them confirms it', async () => {
    await say({ sample: 1 })
    const [pia, lea] = [await rulesOf('pia'), await rulesOf('lea')]
    await pia.getByLabel('Words and phrases, one in a line').fill('crook\nscoundrel')
    await propose(pia, '7')
    await pia.getByText('You made it, so somebody else confirms it.').waitFor()
    expect(await button(pia, 'Confirm').count()).toBe(0)
    await button(pia, 'Take it back').waitFor()
    expect(await sample(pia).inputValue()).toBe('1')

    await lea.getByRole('heading', { name: 'A change of the rules waits' }).waitFor()
    await lea.getByText(/^Pia made version \d+\./).waitFor()
    const row = lea.getByRole('row').filter({ hasText: 'Of a hundred comments' })
    expect(await row.getByRole('cell').allInnerTexts()).toEqual(['1', '7'])
    await lea.getByText('1 line added to the words').click()
    await lea.locator('.lines').getByText('scoundrel').waitFor()
    await lea.getByText('2 lines taken out of the words').waitFor()
    expect(await axeFindings(lea)).toEqual([])
    await picture(lea, 'rules-waiting')
    await button(lea, 'Confirm').press('Enter')
    await lea.getByText(/^Version \d+ holds now\./).waitFor()
    expect(await sample(lea).inputValue()).toBe('7')
    await lea.getByText('Earlier versions').click()
    await lea.getByText('confirmed by Lea').waitFor()
    // Where it was made, it is seen too.
    await pia.getByRole('heading', { name: 'A change of the rules waits' }).waitFor({ state: 'detached' })
    await expect.poll(() => sample(pia).inputValue()).toBe('7')
    expect((await activeRules(stage.db, site.id)).rules.sample).toBe(7)
  })

  it('is taken back by who made it; what somebody else was writing stays', async () => {
    await say({ sample: 1 })
    const [pia, lea] = [await rulesOf('pia'), await rulesOf('lea')]
    await sample(lea).fill('33')
    await propose(pia, '8')
    await lea.getByText('Another change can be made when the one that waits').waitFor()
    await button(pia, 'Take it back').click()
    await pia.getByText(/^Version \d+ is dropped\./).waitFor()
    await lea.getByRole('heading', { name: 'A change of the rules waits' }).waitFor({ state: 'detached' })
    expect(await sample(lea).inputValue()).toBe('33')
    await button(lea, 'Try').click()
    await button(lea, 'Propose').waitFor()
  })

  it('says who was faster where it no longer waits', async () => {
    await say({ sample: 1 })
    const pia = await rulesOf('pia')
    await propose(pia, '9')
    const lea = await rulesOf('lea')
    await button(lea, 'Confirm').waitFor()
    // While Lea's answer is under way: her page would be told.
    const answer = /\/rules\/versions\/\d+$/
    await lea.route(answer, async (route) => (await say({ sample: 2 }), await route.continue()), { times: 1 })
    await button(lea, 'Confirm').click()
    await lea.getByRole('alert').getByText('no longer waits: it was dropped meanwhile').waitFor()
    await lea.getByRole('heading', { name: 'A change of the rules waits' }).waitFor({ state: 'detached' })
    await expect.poll(() => sample(lea).inputValue()).toBe('2')
  })

  it('is switched on with a tick, where two lead', async () => {
    await want(false)
    const pia = await rulesOf('pia')
    await pia.getByLabel('A ban, and a change of these rules, hold once').check()
    await button(pia, 'Try').click()
    await button(pia, 'Switch on').click()
    await pia.getByText(/^Switched on as version/).waitFor()
    expect((await activeRules(stage.db, site.id)).rules.twoPeople).toBe(true)
  })

  it.each(['dark', 'light'] as const)('fits a phone, %s', async (colorScheme) => {
    await say({ sample: 1 })
    const pia = await rulesOf('pia')
    await propose(pia, '9')
    const lea = await rulesOf('lea', { colorScheme, viewport: { width: 360, height: 740 } })
    await button(lea, 'Confirm').waitFor()
    expect(await sideways(lea)).toBe(0)
    expect(await axeFindings(lea)).toEqual([])
    await picture(lea, `rules-waiting-phone-${colorScheme}`)
  })
})
