import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseView } from '../../core/contract/moderation.ts'
import type { CommentView, ReportCategory } from '../../core/contract/threads.ts'
import { Caller } from '../moderation/caller.ts'
import { axeFindings, sideways } from './publisher.ts'
import { openConsole, openStage, type Stage } from './stage.ts'

const site = 'demo'
const moderator = 'mo@demo.example'

let stage: Stage
let thread: string
let people: Record<'ada' | 'bela' | 'chris' | 'olu' | 'pia' | 'mo', Caller>
beforeAll(async () => {
  stage = await openStage()
  ;({ id: thread } = await stage.db.selectFrom('thread').select('id').orderBy('id').executeTakeFirstOrThrow())
  const [ada, bela, chris, olu, pia, mo] = await Promise.all(
    ['ada', 'bela', 'chris', 'olu', 'pia', 'mo'].map(signedIn),
  )
  if (!ada || !bela || !chris || !olu || !pia || !mo) throw new Error('somebody did not sign in')
  people = { ada, bela, chris, olu, pia, mo }
  await setUp()
})
afterAll(() => stage.close())

async function signedIn(name: string): Promise<Caller> {
  const caller = new Caller(stage.app)
  const body = { email: `${name}@demo.example`, password: 'margin-notes' }
  const answer = await caller.request('POST /v1/session', { body })
  for (const cookie of answer.cookies) caller.cookies[cookie.name] = cookie.value
  return caller
}

async function say(who: Caller, body: string, parentId?: string): Promise<CommentView> {
  const { comment } = await who.ok('POST /v1/sites/:site/threads/:thread/comments', {
    params: { site, thread },
    body: { body, ...(parentId !== undefined && { parentId }) },
  })
  return comment
}

const report = (who: Caller, { id }: CommentView, category: ReportCategory, text: string) =>
  who.ok('POST /v1/sites/:site/comments/:comment/reports', {
    params: { site, comment: id },
    body: { category, text },
  })

async function caseOf({ id }: CommentView): Promise<CaseView> {
  const { cases } = await people.mo.ok('GET /v1/sites/:site/cases', {
    params: { site },
    query: { limit: 100 },
  })
  const found = cases.find(({ comment }) => comment.id === id)
  if (!found) throw new Error(`there is no case about ${id}`)
  return found
}

const decide = (
  one: CaseView,
  choice: { action: 'approve' } | { action: 'time_out'; reason: 'abuse'; days: 3 },
) =>
  people.mo.ok('POST /v1/sites/:site/cases/:case/decisions', {
    params: { site, case: one.id },
    body: { ...choice, revision: one.comment.revision, version: one.version },
  })

/** An edit with a listed word of what was approved; a comment reported as three things; its author timed out. */
async function setUp(): Promise<void> {
  const { ada, bela, chris, olu, pia } = people
  const held = await say(ada, 'The minister is a crook, as the letters show.')
  await decide(await caseOf(held), { action: 'approve' })
  await ada.ok('PATCH /v1/sites/:site/comments/:comment', {
    params: { site, comment: held.id },
    body: { body: 'The minister is an idiot, as the letters show.', revision: 1 },
  })

  const reported = await say(bela, 'People like you should not be let near a pen.')
  await say(pia, 'Please stay with the matter.', reported.id)
  await report(ada, reported, 'abuse', 'He says this to everybody here.')
  await report(chris, reported, 'abuse', 'An attack on a person.')
  await report(olu, reported, 'off_topic', '')
  await report(pia, reported, 'spam', 'Third time today.')
  const worse = await say(bela, 'You will be sorry for this.')
  await report(ada, worse, 'abuse', 'A threat.')
  await decide(await caseOf(worse), { action: 'time_out', reason: 'abuse', days: 3 })
}

const card = (page: Page): Locator => page.locator('article.card')
/** Opens the dialog of the keys; pressed while it closes, the key is lost. */
const openKeys = (page: Page) =>
  expect
    .poll(async () => {
      await page.keyboard.press('?')
      return await page.getByRole('dialog').isVisible()
    })
    .toBe(true)
const text = (page: Page): Locator => card(page).locator('.text')
const section = (page: Page, name: string): Locator =>
  card(page)
    .locator('section')
    .filter({ has: page.getByRole('heading', { name, exact: true, level: 2 }) })

/** The console with the case of the first person by this name in hand. */
async function openCase(author: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await openConsole(stage, moderator, { bypassCSP: true, ...options })
  await card(page).waitFor()
  const toggle = page.locator('.toggle')
  if (await toggle.isVisible()) await toggle.click()
  await page
    .locator('#cases button')
    .filter({ has: page.locator('.name', { hasText: author }) })
    .first()
    .click()
  await card(page)
    .getByRole('heading', { name: `Comment by ${author}` })
    .waitFor()
  return page
}

describe('a reported comment', () => {
  it('is covered until asked for, which its heading says and a screen reader does not pass over', async () => {
    const page = await openCase('Bela')
    expect(await text(page).getAttribute('inert')).not.toBeNull()
    expect(await card(page).ariaSnapshot()).not.toContain('near a pen')
    expect(
      await page.evaluate(
        () =>
          document.getElementById(document.activeElement?.getAttribute('aria-describedby') ?? '')?.innerText,
      ),
    ).toBe('The text is covered. Reported as abuse.')
    await page.keyboard.press('v')
    expect(await text(page).getAttribute('inert')).toBeNull()
    expect(await text(page).evaluate((element) => element === document.activeElement)).toBe(true)
    expect(await card(page).ariaSnapshot()).toContain('near a pen')
    await page.context().close()
  })

  it('is read at once where the moderator wants that, and single keys stay off where they are off', async () => {
    const page = await openCase('Bela')
    await openKeys(page)
    await page.getByLabel('Decide with single keys').uncheck()
    await page.keyboard.press('Escape')
    await page.keyboard.press('v')
    expect(await text(page).getAttribute('inert')).not.toBeNull()
    await openKeys(page)
    await page.getByLabel('Cover text reported').uncheck()
    await page.keyboard.press('Escape')
    expect(await text(page).getAttribute('inert')).toBeNull()
    await page.reload()
    await card(page).waitFor()
    expect(await card(page).getByRole('button', { name: 'Show the text' }).count()).toBe(0)
    await page.context().close()
  })

  it('shows the reports by category with their words, what they weigh, and what answers it', async () => {
    const page = await openCase('Bela')
    const reports = section(page, 'What readers reported')
    expect(await reports.getByRole('heading', { level: 3 }).allInnerTexts()).toEqual([
      'Abuse · 2 reports',
      'Off topic · 1 report',
      'Spam · 1 report',
    ])
    expect(await reports.locator('q').allInnerTexts()).toEqual([
      'An attack on a person.',
      'He says this to everybody here.',
      'Third time today.',
    ])
    expect(await reports.getByText('an earlier report was upheld').count()).toBe(1)
    expect(await section(page, 'Why it is here').innerText()).toContain(
      '4 reports (2 as abuse, 1 as off topic, 1 as spam) count as',
    )
    expect(await section(page, '1 answer below it').innerText()).toContain('Please stay with the matter.')
    await page.context().close()
  })

  it('says that its author is timed out, and for what', async () => {
    const page = await openCase('Bela')
    const author = await section(page, 'Who wrote it').innerText()
    expect(author).toContain('1 rejected')
    expect(author).toMatch(/Timed out until .*\d{4} \(abuse\)/)
    expect(author).toContain('Timed out by Mo (abuse), on')
    await page.context().close()
  })
})

describe('an edit of what readers see', () => {
  it('is compared with it, in words too', async () => {
    const page = await openCase('Ada')
    await page.keyboard.press('v')
    await card(page).getByRole('button', { name: 'What changed' }).click()
    expect(await text(page).locator('del').textContent()).toContain('Gone: a crook')
    expect(await text(page).locator('ins').textContent()).toContain('New: an idiot')
    await card(page).getByRole('button', { name: 'As it reads' }).click()
    expect(await text(page).locator('del').count()).toBe(0)
    expect(
      await card(page).getByRole('link', { name: 'See it in the article' }).getAttribute('href'),
    ).toMatch(/^\/c\//)
    await page.context().close()
  })
})

const screens: [string, BrowserContextOptions][] = (['light', 'dark'] as const).flatMap((colorScheme) => [
  [`a desktop, ${colorScheme}`, { colorScheme }],
  [
    `a phone, ${colorScheme}`,
    { colorScheme, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  ],
])
describe.each(screens)('on %s', (name, options) => {
  it.each(['Ada', 'Bela'])('the card of %s has no fault that axe knows, and fits', async (author) => {
    const page = await openCase(author, options)
    await shoot(page, `${author} ${name}`)
    expect(await axeFindings(page)).toEqual([])
    await card(page).getByRole('button', { name: 'Show the text' }).click()
    if (author === 'Ada') await card(page).getByRole('button', { name: 'What changed' }).click()
    await shoot(page, `${author} ${name} open`)
    expect(await axeFindings(page)).toEqual([])
    expect(await sideways(page)).toBe(0)
    await page.context().close()
  })
})

/** Keeps a picture where SHOTS names a folder. */
async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['SHOTS']
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}
