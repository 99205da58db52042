import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { verifyAudit } from '../../server/audit/index.ts'
import { verifyLog } from '../../server/comments/index.ts'
import { createAccount, sessions, setRole, type Actor } from '../../server/people/index.ts'
import { findSite, type Site } from '../../server/sites/index.ts'
import { post } from '../../server/threads/index.ts'
import { openPostOffice, type PostOffice } from '../mail/post-office.ts'
import { Caller } from '../moderation/caller.ts'
import { finishJobs } from '../setup/jobs.ts'
import { axeFindings } from './publisher.ts'
import { openConsole, openBeside, openStage, panel, signIn, type Stage } from './stage.ts'

/**
 * A shift: two moderators clear sixty cases by keys only, with all that can come between; then an author appeals. After each
 * step, what waits, what readers see, the decisions, the audit log and the mail agree with a ledger kept here.
 */
let office: PostOffice
let stage: Stage
let site: Site
let thread: string
let mo: Page
let lea: Page

/** What became of each comment, by its words. */
const ledger = new Map<string, { by: string; state: 'waits' | 'shown and waits' | 'approved' | 'rejected' }>()
/** Of these, what fell at once. */
const inBulk = new Set<string>()
const having = (...states: string[]) =>
  [...ledger].filter(([, { state }]) => states.includes(state)).map(([words]) => words)

beforeAll(async () => {
  office = await openPostOffice()
  stage = await openStage(office.url)
  const found = await findSite(stage.db, 'demo')
  if (!found) throw new Error('the demo site is missing')
  site = found
  const id = await createAccount(stage.db, {
    email: 'lea@demo.example',
    name: 'Lea',
    password: 'margin-notes',
  })
  await setRole(stage.db, site.id, id, 'lead')
  const first = await stage.db.selectFrom('thread').select('id').orderBy('id').executeTakeFirstOrThrow()
  thread = first.id
  const [ada, bela, chris] = [await reader('Ada'), await reader('Bela'), await reader('Chris')]
  for (let n = 1; n <= 35; n++) await write(ada, `What a crook, number ${n}.`)
  for (let n = 1; n <= 15; n++) await write(chris, `Visit the crook shop, offer ${n}.`)
  const session = await sessions(stage.db).createSession(chris.id, { siteId: null })
  const asChris = new Caller(stage.app, { postil: session.id })
  for (let n = 1; n <= 10; n++) {
    const comment = await write(bela, `Rubbish, point ${n}.`)
    await asChris.ok('POST /v1/sites/:site/comments/:comment/reports', {
      params: { site: 'demo', comment },
      body: { category: 'abuse' },
    })
  }
  mo = await openConsole(stage, 'mo@demo.example', { bypassCSP: true })
  lea = await openConsole(stage, 'lea@demo.example', { bypassCSP: true })
})
afterAll(async () => {
  await stage.close()
  await office.close()
})

async function reader(name: string): Promise<Actor> {
  const { id } = await stage.db
    .selectFrom('account')
    .select('id')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return { id, name, role: 'reader', sections: null }
}

async function write(actor: Actor, words: string): Promise<string> {
  const place = { kind: 'reply', threadId: thread, parentId: null } as const
  const { posted } = await post(stage.db, site, actor, place, { body: words }, null)
  const state = posted.comment.state === 'held' ? 'waits' : 'shown and waits'
  ledger.set(words, { by: actor.name, state })
  return posted.comment.id
}

const isOurs = (words: string) => ledger.has(words)
const plain = (comment: { body: unknown }) => /"text":"([^"]*)"/.exec(JSON.stringify(comment.body))?.[1] ?? ''

/** The words that a reader who is not signed in sees. */
async function readersSee(): Promise<string[]> {
  const all: string[] = []
  let cursor: string | null = null
  do {
    const page: { comments: { body: unknown }[]; next: string | null } = await new Caller(stage.app).ok(
      'GET /v1/sites/:site/threads/:thread/comments',
      { params: { site: 'demo', thread }, query: { limit: 100, ...(cursor !== null && { cursor }) } },
    )
    all.push(...page.comments.map(plain))
    cursor = page.next
  } while (cursor !== null)
  return all.filter(isOurs).toSorted()
}

const waitsIn = (page: Page) =>
  page
    .getByRole('navigation', { name: 'Queues' })
    .getByRole('button', { name: /^All:/ })
    .locator('.unseen')
    .textContent()

/** Everything that tells of the shift tells the same. */
async function agree(): Promise<void> {
  const waiting = having('waits', 'shown and waits').length
  const words = waiting === 0 ? 'All: nothing waits' : `All: ${waiting} ${waiting === 1 ? 'case' : 'cases'}, `
  for (const page of [mo, lea]) await expect.poll(() => waitsIn(page)).toContain(words)
  expect(await readersSee()).toEqual(having('shown and waits', 'approved').toSorted())
  const decisions = await stage.db
    .selectFrom('decision')
    .select(['id', 'case_id', 'action', 'reverses'])
    .where('site_id', '=', site.id)
    .execute()
  const undone = new Set(decisions.flatMap(({ reverses }) => (reverses === null ? [] : [reverses])))
  const standing = decisions.filter(
    ({ id, action }) => ['approve', 'reject'].includes(action) && !undone.has(id),
  )
  expect(new Set(standing.map((one) => one.case_id)).size, 'none decided twice').toBe(standing.length)
  expect(standing, 'none lost').toHaveLength(60 - waiting)
  const audited = await stage.db
    .selectFrom('audit')
    .select(({ fn }) => fn.countAll<number>().as('rows'))
    .where('site_id', '=', site.id)
    .where('action', 'in', [...new Set(decisions.map(({ action }) => action)), 'none'])
    .executeTakeFirstOrThrow()
  expect(audited.rows).toBe(decisions.length)
  expect((await verifyAudit(stage.db, site.id)).broken).toBeNull()
  expect((await verifyLog(stage.db, site.id)).faults).toEqual([])
}

/** Runs what waits for its time, and holds the mail against the ledger: of what fell at once, one tells of all. */
async function mailAgrees(): Promise<void> {
  await finishJobs(stage.db)
  for (const name of ['Ada', 'Bela', 'Chris']) {
    const told = office
      .to(`${name.toLowerCase()}@demo.example`)
      .filter(({ text }) => /crook|Rubbish/.test(text ?? ''))
    const rejected = having('rejected').filter((words) => ledger.get(words)?.by === name)
    const about = rejected.map((words) => told.filter(({ text }) => text?.includes(words)).length)
    expect(about, `${name} is told once of each`).toEqual(rejected.map(() => 1))
    const atOnce = rejected.filter((words) => inBulk.has(words)).length
    const mails = rejected.length - atOnce + Math.min(atOnce, 1)
    expect(told.length, `${name} is told of nothing else`).toBe(mails)
  }
}

/** The words in hand, once they are others than these. */
async function inHand(page: Page, before = ''): Promise<string> {
  const text = page.locator('.card .text')
  await expect.poll(async () => (await text.innerText()).trim()).not.toBe(before)
  return (await text.innerText()).trim()
}

async function press(page: Page, keys: string): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

function note(words: string, state: 'approved' | 'rejected' | 'waits' | 'shown and waits'): void {
  const one = ledger.get(words)
  if (!one) throw new Error(`nobody wrote “${words}”`)
  ledger.set(words, { ...one, state })
}

/** Decides what is in hand by its keys, and says what it was. */
async function decide(page: Page, keys: string, state: 'approved' | 'rejected'): Promise<string> {
  const words = await inHand(page)
  note(words, state)
  const answered = page.waitForResponse((answer) => answer.url().endsWith('/decisions') && answer.ok())
  await press(page, keys)
  await answered
  return words
}

/** Clears so many, one approved for each that is rejected. */
async function clear(page: Page, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const words = await decide(page, n % 2 === 0 ? 'a' : 'r1', n % 2 === 0 ? 'approved' : 'rejected')
    if (n < count - 1) await inHand(page, words)
  }
}

it('clears twenty by keys, the last of them undone and decided otherwise', async () => {
  await agree()
  await clear(mo, 20)
  await agree()
  const last = having('rejected').at(-1) ?? ''
  const now = await inHand(mo)
  await press(mo, 'u')
  await expect
    .poll(() => inHand(mo, now))
    .toSatisfy((words: string) => ledger.get(words)?.state === 'rejected')
  const back = await inHand(mo, now)
  note(back, ledger.get(back)?.by === 'Bela' ? 'shown and waits' : 'waits')
  await agree()
  await decide(mo, 'a', 'approved')
  expect(ledger.has(last)).toBe(true)
  await agree()
})

it('who was slower is told who was faster, and nothing is overwritten', async () => {
  await lea.reload()
  const words = await inHand(lea)
  await mo.reload()
  expect(await inHand(mo)).toBe(words)
  await decide(lea, 'a', 'approved')
  await mo.locator('.foot').getByText('left the queue since you opened it').waitFor()
  await press(mo, 'r1')
  const back = mo.locator('.foot').getByRole('alert')
  await back.getByText(/Lea approved this \d+ s ago/).waitFor()
  await agree()
})

it('what is escalated is decided by the lead', async () => {
  await mo.reload()
  const words = await inHand(mo)
  const escalated = mo.waitForResponse((answer) => answer.url().endsWith('/decisions') && answer.ok())
  await press(mo, 'e')
  await escalated
  await agree()
  await press(lea, 'g4')
  await expect.poll(async () => (await lea.locator('.card .text').innerText()).trim()).toBe(words)
  await decide(lea, 'r2', 'rejected')
  await lea.getByText('Nothing waits in this queue.').waitFor()
  await press(lea, 'g1')
  await agree()
})

it('all of one person’s are rejected at once, come back with one key, and are rejected after all', async () => {
  await mo.reload()
  const shop = having('waits').filter((words) => words.startsWith('Visit'))
  while (!(await inHand(mo)).startsWith('Visit')) await press(mo, 'j')
  await press(mo, 'f')
  await mo.getByRole('button', { name: 'Same author' }).press('Enter')
  await mo.getByRole('button', { name: 'Take the filter away: By Chris' }).waitFor()
  expect(new URL(mo.url()).searchParams.get('author')).not.toBeNull()
  await mo.keyboard.press('Escape')
  await mo.locator('.filter').waitFor({ state: 'detached' })
  await mo.getByText(`${shop.length} cases waiting`).waitFor()

  const dialog = mo.getByRole('dialog', { name: 'Decide many at once' })
  const rejectAll = async () => {
    await press(mo, 'x')
    await dialog.getByText(`${shop.length} comments by 1 person`).waitFor()
    await dialog.getByText('Readers see none of them now.').waitFor()
    expect(await axeFindings(mo)).toEqual([])
    await press(mo, 'r')
    await dialog.getByText(`Reject ${shop.length} comments. Why?`).waitFor()
    await press(mo, '2')
    await dialog.getByRole('button', { name: 'Yes, all of them' }).and(mo.locator(':focus')).waitFor()
    await mo.keyboard.press('Enter')
    await mo.locator('.last').getByText(`You rejected ${shop.length} comments.`).waitFor()
    for (const words of shop) note(words, 'rejected')
    await agree()
  }
  await rejectAll()
  await mo.getByText('No case that waits is like this.').waitFor()
  await press(mo, 'u')
  await mo.getByText(`${shop.length} cases waiting`).waitFor()
  for (const words of shop) note(words, 'waits')
  await agree()
  await rejectAll()
  for (const words of shop) inBulk.add(words)
  await mo.getByRole('button', { name: 'Take all away' }).press('Enter')
})

it('the rest is cleared by both, and each author is told once of each that fell', async () => {
  await mo.getByText('cases waiting').waitFor()
  const left = having('waits', 'shown and waits').length
  const half = Math.floor(left / 2)
  await clear(mo, half)
  await lea.reload()
  await clear(lea, left - half)
  // What Mo has in hand stays until he goes on, though Lea has decided it.
  await expect.poll(() => waitsIn(mo)).toBe('All: nothing waits')
  await mo.locator('.foot').getByText('left the queue since you opened it').waitFor()
  await press(mo, 'j')
  for (const page of [mo, lea]) await page.getByText('The queue is clear.').waitFor()
  await agree()
  await mailAgrees()
})

it('an author’s appeal is decided by the other, and the comment comes back', async () => {
  const theirs = await stage.db
    .selectFrom('decision')
    .innerJoin('account', 'account.id', 'decision.decided_by')
    .innerJoin('comment', (join) =>
      join.onRef('comment.site_id', '=', 'decision.site_id').onRef('comment.id', '=', 'decision.comment_id'),
    )
    .innerJoin('account as author', 'author.id', 'comment.author_id')
    .innerJoin('comment_revision as revision', (join) =>
      join.onRef('revision.site_id', '=', 'comment.site_id').onRef('revision.comment_id', '=', 'comment.id'),
    )
    .select(['comment.id', 'revision.source'])
    .where('decision.action', '=', 'reject')
    .where('account.name', '=', 'Mo')
    .where('author.name', '=', 'Ada')
    .where('revision.state', '=', 'REJECTED')
    .innerJoin('notification', 'notification.decision_id', 'decision.id')
    // The newest in Ada's inbox of what Mo decided.
    .orderBy('notification.id', 'desc')
    .executeTakeFirstOrThrow()
  const words = theirs.source ?? ''
  const ada = await stage.visit('/demo/', { bypassCSP: true })
  await openBeside(ada, 'A note of this kind')
  await signIn(ada, 'ada@demo.example')
  await panel(ada).locator('.bell').click()
  const entry = panel(ada).locator('.entry').filter({ hasText: words })
  await entry.getByRole('link', { name: 'Your comment was removed' }).click()
  const own = ada.locator(`postil-discussion [data-comment="${theirs.id}"]`)
  await own.getByRole('button', { name: 'Ask for another look' }).press('Enter')
  await own.getByRole('textbox').fill('He was convicted of it.')
  await own.getByRole('button', { name: 'Send', exact: true }).press('Enter')
  await own.getByText('You asked for another look.').waitFor()

  await mo.getByText('Somebody else answers this').waitFor()
  await lea.getByRole('region', { name: 'Ada appeals' }).getByText('He was convicted of it.').waitFor()
  await press(lea, 'a')
  const answer = lea.getByRole('textbox', { name: 'Your answer' })
  await answer.and(lea.locator(':focus')).waitFor()
  await lea.keyboard.type('So he was.')
  await lea.keyboard.press('Tab')
  await lea.keyboard.press('Enter')
  await own.getByText('Only you see this').waitFor({ state: 'detached' })
  note(words, 'approved')
  expect(await readersSee()).toEqual(having('approved').toSorted())
  await expect.poll(() => waitsIn(mo)).toBe('All: nothing waits')
  await press(mo, 'j')
  for (const page of [mo, lea]) await page.getByText('The queue is clear.').waitFor()
  await finishJobs(stage.db)
  const told = office.to('ada@demo.example').filter(({ text }) => text?.includes('So he was.'))
  expect(told).toHaveLength(1)
  expect((await verifyAudit(stage.db, site.id)).broken).toBeNull()
  await ada.context().close()
})
