import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Caller } from '../moderation/caller.ts'
import type { AppealAnswer, CaseDecision, CaseView } from '../../core/contract/moderation.ts'
import { sessions } from '../../server/people/index.ts'
import { axeFindings } from './publisher.ts'
import { openBeside, openStage, panel, post, signIn, type Stage } from './stage.ts'

const passage = 'A note of this kind'
const decisions = 'POST /v1/sites/:site/cases/:case/decisions'
const site = 'demo'

let stage: Stage
let mo: Caller
let pia: Caller
let ada: Page
beforeAll(async () => {
  stage = await openStage()
  mo = await moderator('mo@demo.example')
  pia = await moderator('pia@demo.example')
})
afterAll(() => stage.close())
beforeEach(async () => {
  ada = await stage.visit('/demo/', { bypassCSP: true })
  await openBeside(ada, passage)
  await signIn(ada, 'ada@demo.example')
  return () => ada.context().close()
})

/** Somebody at the console, by the requests that it makes. */
async function moderator(email: string): Promise<Caller> {
  const { id } = await stage.db
    .selectFrom('account')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  const session = await sessions(stage.db).createSession(id, { siteId: null })
  return new Caller(stage.app, { postil: session.id })
}
type Choice =
  | Omit<AppealAnswer, 'revision' | 'version'>
  | (CaseDecision extends infer D ? (D extends object ? Omit<D, 'revision' | 'version'> : never) : never)
async function decide(who: Caller, words: string, choice: Choice): Promise<void> {
  const { cases } = await who.ok('GET /v1/sites/:site/cases', { params: { site }, query: { limit: 100 } })
  const one = cases.find((candidate: CaseView) => JSON.stringify(candidate.comment.body).includes(words))
  if (!one) throw new Error(`no case about “${words}”`)
  await who.ok(decisions, {
    params: { site, case: one.id },
    body: { ...choice, revision: one.comment.revision, version: one.version },
  })
}
const comment = (words: string) =>
  panel(ada)
    .locator('.comment')
    .filter({ has: ada.locator('.text', { hasText: words }) })
    .last()
const button = (name: string) => panel(ada).getByRole('button', { name, exact: true })
const isFocused = (element: Element) => element.matches(':focus')

describe('an author whose comment was removed', () => {
  it('asks for another look by keyboard, and reads the answer without reloading', async () => {
    await post(ada, 'The first crook.')
    await decide(mo, 'The first crook.', { action: 'reject', reason: 'abuse' })
    const own = comment('The first crook.')
    await own.getByText('Reason: abuse or hatred.').waitFor()
    const opener = own.getByRole('button', { name: 'Ask for another look' })
    await opener.press('Enter')
    const field = own.getByRole('textbox', { name: 'Why should this comment stand?' })
    await expect.poll(() => field.evaluate(isFocused)).toBe(true)
    expect(await own.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true)
    await own.getByRole('button', { name: 'Cancel' }).press('Enter')
    await expect.poll(() => opener.evaluate(isFocused)).toBe(true)
    await opener.press('Enter')
    await field.fill('He was convicted of it.')
    expect(await axeFindings(ada)).toEqual([])
    await own.getByRole('button', { name: 'Send', exact: true }).press('Enter')
    const sent = own.getByText('You asked for another look.')
    await sent.waitFor()
    expect(await sent.locator('..').evaluate(isFocused)).toBe(true)
    expect(await opener.count()).toBe(0)

    await decide(pia, 'The first crook.', { action: 'dismiss_appeal', answer: 'The court said otherwise.' })
    await own.getByText('The court said otherwise.').waitFor()
    expect(await axeFindings(ada)).toEqual([])
  })

  it('has it back where the appeal is upheld', async () => {
    await post(ada, 'The second crook.')
    await decide(mo, 'The second crook.', { action: 'reject', reason: 'off_topic' })
    const own = comment('The second crook.')
    await own.getByRole('button', { name: 'Ask for another look' }).click()
    await own
      .getByRole('textbox', { name: 'Why should this comment stand?' })
      .fill('It is about the passage.')
    await own.getByRole('button', { name: 'Send', exact: true }).click()
    await own.getByText('You asked for another look.').waitFor()
    await decide(pia, 'The second crook.', { action: 'uphold_appeal', answer: 'You are right.' })
    await own.getByText('Only you see this').waitFor({ state: 'detached' })
    expect(await own.locator('.text').innerText()).toBe('The second crook.')
  })

  it('edits it, and is told that a moderator looks at the new text first, and how long that usually takes', async () => {
    await post(ada, 'The third crook.')
    await decide(mo, 'The third crook.', { action: 'reject', reason: 'abuse' })
    await comment('The third crook.').getByRole('button', { name: 'Edit' }).click()
    const field = panel(ada).getByRole('textbox', { name: 'Change your comment' })
    await field.fill('The third gentleman.')
    await field.press('Control+Enter')
    await comment('The third gentleman.').getByText('An earlier text of this comment was removed').waitFor()
    for (const nth of [4, 5]) {
      await post(ada, `Crook ${nth}.`)
      await decide(mo, `Crook ${nth}.`, { action: 'reject', reason: 'abuse' })
    }
    await ada.reload()
    await openBeside(ada, passage)
    await panel(ada).getByText('Usual waiting time: 1 minute.').first().waitFor()
  })
})

describe('an author who was warned', () => {
  it('is told above the field, cannot post before they have read it, and keeps the text', async () => {
    await post(ada, 'The warned crook.')
    const field = panel(ada).getByLabel('Comment on this passage')
    await field.fill('What I say next.')
    await decide(mo, 'The warned crook.', { action: 'warn', reason: 'abuse' })
    const warning = panel(ada).getByRole('group', { name: 'A moderator has warned you.' }).first()
    await warning.getByText('Once you have read it, you can write again.').waitFor()
    expect(await axeFindings(ada)).toEqual([])
    await field.press('Control+Enter')
    await panel(ada).getByRole('alert').getByText('Not sent.').waitFor()
    expect(await field.inputValue()).toBe('What I say next.')
    await warning.getByRole('button', { name: 'I have read it' }).press('Enter')
    await warning.waitFor({ state: 'detached' })
    await expect.poll(() => field.evaluate(isFocused)).toBe(true)
    await field.press('Control+Enter')
    await comment('What I say next.').waitFor()
    await ada.reload()
    await openBeside(ada, passage)
    await panel(ada).getByText('Signed in as').waitFor()
    await comment('The warned crook.').waitFor()
    expect(await button('I have read it').count()).toBe(0)
  })
})

describe('the inbox', () => {
  it('has the decision with its reasons, and leads to the comment', async () => {
    await post(ada, 'The last crook.')
    await decide(mo, 'The last crook.', { action: 'reject', reason: 'spam' })
    const { id, comment_id } = await stage.db
      .selectFrom('decision')
      .select(['id', 'comment_id'])
      .where('action', '=', 'reject')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    await sql`
      select graphile_worker.reschedule_jobs(array(
        select id from graphile_worker.jobs where task_identifier = 'notice'), run_at => now())
    `.execute(stage.db)
    await expect
      .poll(() => stage.db.selectFrom('notification').select('id').where('decision_id', '=', id).execute(), {
        timeout: 10_000,
      })
      .toHaveLength(1)
    await panel(ada).locator('.bell').click()
    const entry = panel(ada).locator('.entry').filter({ hasText: 'The last crook.' })
    await entry.getByText('Reason: spam or advertising.').waitFor()
    await entry.getByText('An automatic check held it').waitFor()
    expect(await axeFindings(ada)).toEqual([])
    await entry.getByRole('link', { name: 'Your comment was removed' }).click()
    const linked = panel(ada).locator(`[data-comment="${comment_id}"]`)
    await expect.poll(() => linked.evaluate(isFocused)).toBe(true)
    await linked.getByRole('button', { name: 'Ask for another look' }).waitFor()
  })
})
