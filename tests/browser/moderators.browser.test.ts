import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createAccount, setRole } from '../../server/people/index.ts'
import { findSite, type Site } from '../../server/sites/index.ts'
import { appeal as ask } from '../../server/threads/change.ts'
import { post } from '../../server/threads/index.ts'
import { axeFindings, sideways } from './publisher.ts'
import { openConsole, openStage, type Stage } from './stage.ts'

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
  for (const [name, role] of [
    ['Mia', 'moderator'],
    ['Lea', 'lead'],
  ] as const) {
    const email = `${name.toLowerCase()}@demo.example`
    await setRole(
      stage.db,
      site.id,
      await createAccount(stage.db, { email, name, password: 'margin-notes' }),
      role,
    )
  }
  const ada = await stage.db
    .selectFrom('account')
    .select('id')
    .where('name', '=', 'Ada')
    .executeTakeFirstOrThrow()
  author = ada.id
  const first = await stage.db.selectFrom('thread').select('id').orderBy('id').executeTakeFirstOrThrow()
  thread = first.id
})
afterAll(() => stage.close())
beforeEach(async () => {
  for (const page of open.splice(0)) await page.context().close()
  await stage.db
    .updateTable('moderation_case')
    .set({ status: 'withdrawn', closed_at: new Date() })
    .where('status', '=', 'open')
    .execute()
  // Who was warned could not write on.
  await stage.db.updateTable('sanction').set({ lifted_at: new Date() }).execute()
})

/** Comments of Ada's that a word of theirs holds. */
async function held(...names: string[]): Promise<void> {
  const actor = { id: author, name: 'Ada', role: 'reader' as const, sections: null }
  const place = { kind: 'reply', threadId: thread, parentId: null } as const
  for (const name of names) await post(stage.db, site, actor, place, { body: `What a crook: ${name}.` }, null)
}

async function consoleOf(name: string, options: Parameters<typeof openConsole>[2] = {}): Promise<Page> {
  const page = await openConsole(stage, `${name}@demo.example`, { bypassCSP: true, ...options })
  open.push(page)
  return page
}

const card = (page: Page) => page.locator('.card .text')
const hasInHand = (page: Page, name: string) => card(page).getByText(`crook: ${name}.`).waitFor()
const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Queues' }).getByRole('button', { name })
const foot = (page: Page) => page.locator('.foot')
const did = (page: Page, words: string) => foot(page).locator('.last').getByText(words).waitFor()
async function press(page: Page, keys: string): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}
const lastDecisions = async (count: number) =>
  (await stage.db.selectFrom('decision').select(['action', 'reason', 'note']).orderBy('id', 'desc').execute())
    .slice(0, count)
    .toReversed()

it('decides by keys only: every action, a note, and undo', async () => {
  await held('one', 'two', 'three', 'four', 'five')
  const mo = await consoleOf('mo')
  await hasInHand(mo, 'one')
  await press(mo, 'n')
  await mo.keyboard.type('again, a')
  await mo.keyboard.press('Escape')
  await press(mo, 'w')
  await foot(mo).getByText('Reject it and warn its author. Why?').waitFor()
  await press(mo, '1')
  await hasInHand(mo, 'two')
  await did(mo, 'with a warning')
  await press(mo, 't2')
  await foot(mo).getByText('a time-out of 3 days').waitFor()
  await press(mo, '1')
  await hasInHand(mo, 'three')
  await press(mo, 'b2')
  await foot(mo).getByText('Ban Ada from this site: spam?').waitFor()
  await mo.keyboard.press('Escape')
  await press(mo, 'b2')
  await mo.getByRole('button', { name: 'Ban Ada' }).and(mo.locator(':focus')).waitFor()
  await mo.keyboard.press('Enter')
  await hasInHand(mo, 'four')
  await press(mo, 'u')
  await hasInHand(mo, 'three')
  await press(mo, 'r5')
  await hasInHand(mo, 'four')
  await press(mo, 'a')
  await hasInHand(mo, 'five')
  await expect
    .poll(async () => (await lastDecisions(6)).map(({ action, reason }) => [action, reason]))
    .toEqual([
      ['warn', 'abuse'],
      ['time_out', 'abuse'],
      ['ban', 'spam'],
      ['reverse', 'spam'],
      ['reject', 'other'],
      ['approve', null],
    ])
  expect((await lastDecisions(6))[0]?.note).toBe('again, a')
})

it('tells a colleague what is in hand, and lets go of it', async () => {
  await held('one', 'two')
  const mo = await consoleOf('mo')
  await mo.waitForResponse((answer) => answer.url().endsWith('/claim'))
  const mia = await consoleOf('mia')
  await hasInHand(mia, 'one')
  await mia.getByText('Mo has this in hand.').waitFor()
  await mia.getByRole('navigation', { name: 'Queue', exact: true }).getByText('Mo has it').waitFor()
  await press(mo, 'j')
  await mia.getByText('Mo has this in hand.').waitFor({ state: 'detached' })
  await mo.waitForResponse((answer) => answer.url().endsWith('/claim'))
  await mia.getByText('Mo has it').waitFor()
  await mo.close()
  await mia.getByText('Mo has it').waitFor({ state: 'detached' })
})

it('says who was faster, with what and when; the decision stands', async () => {
  await held('one', 'two')
  const mo = await consoleOf('mo')
  const mia = await consoleOf('mia')
  await Promise.all([hasInHand(mo, 'one'), hasInHand(mia, 'one')])
  await press(mo, 'a')
  await foot(mia).getByText('left the queue since you opened it').waitFor()
  await press(mia, 'r1')
  const back = foot(mia).getByRole('alert')
  await back.getByText(/Mo approved this \d+ s ago/).waitFor()
  await back.getByRole('button', { name: 'Show it' }).click()
  await mia.locator('.notice').getByText('Keep it so, or object?').waitFor()
  await press(mia, 'j')
  await hasInHand(mia, 'two')
})

it('who was slower may object, and say why; somebody who leads decides in place of the first', async () => {
  await held('one', 'two')
  const mo = await consoleOf('mo')
  const mia = await consoleOf('mia')
  await Promise.all([hasInHand(mo, 'one'), hasInHand(mia, 'one')])
  await press(mo, 'a')
  await foot(mia).getByText('left the queue since you opened it').waitFor()
  await press(mia, 'r1')
  await foot(mia).getByRole('button', { name: 'Show it' }).click()
  await press(mia, 'e')
  const why = mia.getByRole('textbox', { name: 'Why do you object?' })
  await why.and(mia.locator(':focus')).waitFor()
  await mia.keyboard.press('Enter')
  await mia.getByRole('alert').getByText('Say why').waitFor()
  expect(await axeFindings(mia)).toEqual([])
  await mia.keyboard.type('It names a person.')
  await mia.keyboard.press('Enter')
  await did(mia, 'You objected to the decision about Ada’s comment.')
  await hasInHand(mia, 'two')
  await press(mia, 'u')
  await hasInHand(mia, 'one')
  await press(mia, 'e')
  await mia.keyboard.type('It names a person, and the street.')
  await mia.keyboard.press('Enter')
  await hasInHand(mia, 'two')

  const lea = await consoleOf('lea')
  await hasInHand(lea, 'one')
  const objection = lea.getByRole('region', { name: 'Mia objects' })
  await objection.getByText('Mo approved it.').waitFor()
  await objection.getByText('It names a person, and the street.').waitFor()
  await objection.getByText('You decide').waitFor()
  expect(await axeFindings(lea)).toEqual([])
  await tab(mo, 'Escalated: 1 case').click()
  await foot(mo).getByText('took no part in the decision').waitFor()
  await press(lea, 'r1')
  await did(lea, 'rejected')
  await expect
    .poll(async () => (await lastDecisions(5)).map(({ action }) => action))
    .toEqual(['approve', 'object', 'reverse', 'object', 'reject'])
})

it('holding passes a case on; escalating leaves it to those who lead', async () => {
  await held('one', 'two', 'three')
  const mo = await consoleOf('mo')
  await hasInHand(mo, 'one')
  await press(mo, 'h')
  await hasInHand(mo, 'two')
  await press(mo, 'e')
  await hasInHand(mo, 'three')
  await tab(mo, 'Escalated: 1 case').waitFor()
  await press(mo, 'g4')
  await hasInHand(mo, 'two')
  expect(new URL(mo.url()).searchParams.get('queue')).toBe('escalated')
  await foot(mo).getByText('left to those who lead').waitFor()
  await press(mo, 'a')
  expect(await foot(mo).getByRole('button', { name: 'Approve' }).count()).toBe(0)
  await mo.reload()
  await hasInHand(mo, 'two')

  const mia = await consoleOf('mia')
  await hasInHand(mia, 'one')
  const lea = await consoleOf('lea')
  await tab(lea, 'Escalated: 1 case').click()
  await hasInHand(lea, 'two')
  await press(lea, 'a')
  await lea.getByText('Nothing waits in this queue.').waitFor()
  await tab(mo, 'Escalated: nothing waits').waitFor()
})

it('an appeal is answered by somebody else, in writing', async () => {
  await held('appealed')
  const mo = await consoleOf('mo')
  await hasInHand(mo, 'appealed')
  await press(mo, 'r5')
  await did(mo, 'rejected')
  await expect.poll(async () => (await lastDecisions(1))[0]?.action).toBe('reject')
  const { comment_id: comment } = await stage.db
    .selectFrom('decision')
    .select('comment_id')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  await ask(
    stage.db,
    site,
    { id: author, name: 'Ada', role: 'reader', sections: null },
    comment,
    'It was a joke.',
  )
  const lea = await consoleOf('lea')
  await hasInHand(lea, 'appealed')
  const appeal = lea.getByRole('region', { name: 'Ada appeals' })
  await appeal.getByText('It was a joke.').waitFor()
  await press(lea, 'a')
  await appeal.getByRole('textbox').and(lea.locator(':focus')).waitFor()
  await appeal.getByRole('button', { name: 'Uphold the appeal' }).click()
  await appeal.getByRole('alert').waitFor()
  expect(await axeFindings(lea)).toEqual([])
  await appeal.getByRole('textbox').fill('So it was.')
  await appeal.getByRole('button', { name: 'Uphold the appeal' }).click()
  await did(lea, 'upheld the appeal')
  await expect.poll(async () => (await lastDecisions(1))[0]?.action).toBe('uphold_appeal')
})

it('keys are changed in the dialog, conflicts refused, and put back', async () => {
  await held('one', 'two')
  const mo = await consoleOf('mo')
  await hasInHand(mo, 'one')
  await press(mo, '?')
  const dialog = mo.getByRole('dialog', { name: 'Keys' })
  const change = dialog.getByRole('button', { name: 'Change the key of “Approve”' })
  await change.press('Enter')
  await press(mo, 'r')
  await dialog.getByText(/R is the key of “Reject.*Choose another one/).waitFor()
  await press(mo, 'y')
  await dialog.getByText('Y is now the key of “Approve”.').waitFor()
  expect(await axeFindings(mo)).toEqual([])
  await mo.keyboard.press('Escape')
  await mo.reload()
  await hasInHand(mo, 'one')
  await press(mo, 'y')
  await hasInHand(mo, 'two')
  await press(mo, '?')
  await dialog.getByRole('button', { name: 'Reset' }).click()
  await dialog.getByText('as they were at first').waitFor()
})

it('several hundred cases are few rows, and more come as one scrolls', async () => {
  await held(...Array.from({ length: 330 }, (_, index) => `number ${index + 1}`))
  const mo = await consoleOf('mo')
  await hasInHand(mo, 'number 1')
  await mo.getByText('330 cases waiting').waitFor()
  const rows = mo.locator('#cases li')
  const scrollDown = () =>
    mo.locator('#cases').evaluate((element) => {
      element.scrollTo(0, element.scrollHeight)
      return element.scrollHeight
    })
  await expect
    .poll(async () => {
      await scrollDown()
      return await rows.last().getAttribute('aria-posinset')
    })
    .toBe('330')
  expect(await rows.count()).toBeLessThan(40)
  expect(await rows.last().getAttribute('aria-setsize')).toBe('330')
  await rows.last().getByRole('button').click()
  await hasInHand(mo, 'number 330')
})

it.each([
  { name: 'light', colorScheme: 'light' as const },
  { name: 'dark', colorScheme: 'dark' as const },
])('nothing is in the way of anybody, at a desk and on a phone, in $name', async ({ colorScheme }) => {
  await held('one', 'two')
  const desk = await consoleOf('mo', { colorScheme })
  await hasInHand(desk, 'one')
  expect(await axeFindings(desk)).toEqual([])
  await press(desk, 'b1')
  expect(await axeFindings(desk)).toEqual([])

  const phone = await consoleOf('mia', {
    colorScheme,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  await hasInHand(phone, 'one')
  await phone.getByRole('button', { name: 'More' }).tap()
  expect(await axeFindings(phone)).toEqual([])
  expect(await sideways(phone)).toBe(0)
  for (const one of await foot(phone).getByRole('button').all()) {
    const box = await one.boundingBox()
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44)
  }
  await phone.getByRole('button', { name: 'Hold' }).tap()
  await hasInHand(phone, 'two')
})
