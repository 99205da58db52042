import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAccount } from '../../server/people/index.ts'
import { noRules, setRules } from '../../server/moderation/index.ts'
import { findSite, type Site } from '../../server/sites/index.ts'
import { post } from '../../server/threads/index.ts'
import { axeFindings, sideways } from './publisher.ts'
import { openConsole, openStage, type Stage } from './stage.ts'

const text = 'Buy the miracle cure that your doctor hides from you, today only, at half the price.'
const people: { id: string; name: string }[] = []
let stage: Stage
let site: Site
let thread: string

beforeAll(async () => {
  stage = await openStage()
  const found = await findSite(stage.db, 'demo')
  if (!found) throw new Error('the demo site is missing')
  site = found
  const { version } = await stage.db
    .selectFrom('rule_set')
    .select(({ fn }) => fn.coalesce(fn.max('version'), sql<number>`0`).as('version'))
    .where('site_id', '=', site.id)
    .executeTakeFirstOrThrow()
  const rules = { ...noRules, holdFirst: 0, duplicates: { copies: 1, hours: 24 }, words: ['crook'] }
  await setRules(stage.db, site.id, null, { version, rules })
  for (const name of ['Kim', 'Lou', 'Max']) {
    const email = `${name.toLowerCase()}@demo.example`
    people.push({ id: await createAccount(stage.db, { email, name, password: 'margin-notes' }), name })
  }
  const first = await stage.db.selectFrom('thread').select('id').orderBy('id').executeTakeFirstOrThrow()
  thread = first.id
})
afterAll(() => stage.close())

async function say(nth: number, body: string): Promise<void> {
  const who = people[nth % people.length]
  if (!who) throw new Error('nobody is there')
  const place = { kind: 'reply', threadId: thread, parentId: null } as const
  const { posted } = await post(
    stage.db,
    site,
    { ...who, role: 'reader', sections: null },
    place,
    { body },
    null,
  )
  // As the route does after it.
  if (posted.comment.state === 'held') stage.app.live.queueChanged(site.id)
}

const raid = (page: Page) => page.getByRole('region', { name: /^A raid/ })
const waiting = (page: Page, words: string) => page.locator('.counts').getByText(words).waitFor()
const heading = (page: Page, name: string) =>
  page.getByRole('heading', { name: `Comment by ${name}` }).waitFor()

it('a raid is one case: it grows in hand, is decided with one key, comes back with one undo, and is taken apart', async () => {
  await say(0, text)
  for (let n = 0; n < 6; n++) await say(n, n === 2 ? `${text} Really, I mean it.` : text)
  await say(1, 'The author of this is a crook, and I can prove it.')
  const mo = await openConsole(stage, 'mo@demo.example', { bypassCSP: true })
  await waiting(mo, '2 cases waiting')
  await heading(mo, 'Lou')
  await mo.keyboard.press('j')
  await heading(mo, 'Kim')
  await raid(mo).getByText('A raid: 6 comments alike').waitFor()
  await raid(mo)
    .getByText(/^By 3 people, in 1 article, (at|from) \d\d:\d\d/)
    .waitFor()

  const box = await mo.locator('#card-title').boundingBox()
  await say(0, text)
  await raid(mo).getByText('A raid: 7 comments alike').waitFor()
  expect(await mo.locator('#card-title').boundingBox()).toEqual(box)
  await waiting(mo, '2 cases waiting')

  await raid(mo).getByRole('button', { name: 'Show each' }).click()
  const each = raid(mo).getByRole('list', { name: 'The comments of this raid' }).getByRole('listitem')
  await each.nth(6).waitFor()
  expect(await each.getByText('The same words').count()).toBe(5)
  await each.getByText('Really, I mean it.').waitFor()
  expect(await axeFindings(mo)).toEqual([])

  // What says something of a person is not decided of many.
  await mo.keyboard.press('b')
  await mo.getByRole('button', { name: 'Take them one by one' }).and(mo.locator(':focus')).waitFor()

  await mo.keyboard.press('r')
  await mo.locator('.foot').getByText('Reject 7 comments. Why?').waitFor()
  await mo.keyboard.press('2')
  const dialog = mo.getByRole('dialog')
  await dialog.getByText('7 comments by 3 people').waitFor()
  await dialog.getByText('Reject 7 comments as spam?').waitFor()
  expect(await axeFindings(mo)).toEqual([])
  await dialog.getByRole('button', { name: 'Yes, all of them' }).and(mo.locator(':focus')).waitFor()
  await mo.keyboard.press('Enter')
  await mo.locator('.last').getByText('You rejected 7 comments.').waitFor()
  await waiting(mo, '1 case waiting')
  await mo.keyboard.press('u')
  await waiting(mo, '2 cases waiting')
  await mo.keyboard.press('j')
  await raid(mo).getByText('A raid: 7 comments alike').waitFor()

  await mo.keyboard.press('o')
  await waiting(mo, '7 cases waiting')
  await mo.keyboard.press('j')
  await heading(mo, 'Lou')
  await mo.keyboard.press('a')
  await mo.locator('.last').getByText('You approved Lou’s comment.').waitFor()
  await waiting(mo, '6 cases waiting')
  await mo.keyboard.press('o')
  await waiting(mo, '2 cases waiting')
  await mo.keyboard.press('j')
  await raid(mo).getByText('A raid: 6 comments alike').waitFor()
  await mo.context().close()
})

it('a raid fits a phone, in the dark too', async () => {
  const mo = await openConsole(stage, 'mo@demo.example', {
    bypassCSP: true,
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
  })
  await heading(mo, 'Lou')
  await mo.locator('.foot').getByRole('button', { name: 'Next' }).click()
  await raid(mo).getByRole('button', { name: 'Show each' }).click()
  await raid(mo).getByRole('listitem').nth(5).waitFor()
  expect(await sideways(mo)).toBe(0)
  expect(await axeFindings(mo)).toEqual([])
  await mo.context().close()
})
