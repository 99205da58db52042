import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings } from './publisher.ts'
import {
  commentOnWords,
  cut as cutOff,
  openBeside,
  openStage,
  panel,
  post,
  signIn,
  type Stage,
} from './stage.ts'

const waitingText = 'Waiting for the network. It will be sent by itself.'
const onPassage = 'Comment on this passage'

let stage: Stage
const opened: Page[] = []
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())
afterEach(async () => {
  for (const page of opened.splice(0)) await page.context().close()
})

async function visit(words: string, email?: string): Promise<Page> {
  const page = await stage.visit('/demo/')
  opened.push(page)
  await openBeside(page, words)
  if (email) await signIn(page, email)
  return page
}

/** The same reader's next page, in the same browser. */
async function another(page: Page, words: string): Promise<Page> {
  const next = await page.context().newPage()
  next.setDefaultTimeout(25_000)
  await next.goto(`${stage.origin}/demo/`)
  await openBeside(next, words)
  return next
}

/** Cuts the network of a reader. */
const cut = (page: Page) => cutOff(stage, page)
const mend = (page: Page) => page.context().setOffline(false)

const field = (page: Page, label = onPassage): Locator =>
  panel(page).getByRole('textbox', { name: label, exact: true })
const comment = (page: Page, text: string): Locator =>
  panel(page).locator('.comment').filter({ hasText: text })
const waiting = (page: Page, text: string): Locator =>
  comment(page, text).filter({ has: page.getByRole('button', { name: 'Take back' }) })
const there = (page: Page, text: string): Locator =>
  panel(page).locator('.comment[data-comment]').filter({ hasText: text })

async function send(page: Page, text: string, label = onPassage): Promise<void> {
  await field(page, label).fill(text)
  await field(page, label).press('Control+Enter')
}

const sourcesOf = async (start: string) =>
  (
    await stage.db
      .selectFrom('comment_revision')
      .select('source')
      .where('source', 'like', `${start}%`)
      .orderBy('created_at')
      .execute()
  ).map(({ source }) => source)

const endSessions = () => stage.db.deleteFrom('session').execute()

describe('what is posted without the network', () => {
  it('waits in its place, goes by itself when the network is back, in order, and is there once', async () => {
    const bela = await visit('It must hold still', 'bela@demo.example')
    const ada = await visit('It must hold still', 'ada@demo.example')
    await post(ada, 'Outbox root.')
    await cut(ada)
    for (const text of ['Outbox one.', 'Outbox two.', 'Outbox three.']) {
      await comment(ada, 'Outbox root.').getByRole('button', { name: 'Reply to Ada' }).first().click()
      await send(ada, text, 'Reply to Ada')
      await waiting(ada, text).getByText(waitingText).last().waitFor()
    }
    await field(ada, 'Reply to Ada').waitFor({ state: 'detached' })
    expect(await axeFindings(ada)).toEqual([])
    await mend(ada)
    await there(ada, 'Outbox three.').last().waitFor()
    await there(bela, 'Outbox three.').last().waitFor()
    expect(await sourcesOf('Outbox ')).toEqual([
      'Outbox root.',
      'Outbox one.',
      'Outbox two.',
      'Outbox three.',
    ])
    await waiting(ada, 'Outbox').first().waitFor({ state: 'detached' })
    for (const page of [ada, bela])
      expect(
        (await panel(page).locator('.comment .text').allInnerTexts()).filter(
          (text) => text === 'Outbox two.',
        ),
      ).toHaveLength(1)
  })

  it('waits at its words also when the page is closed and opened anew, and goes from any page once', async () => {
    const ada = await visit('They were finishing it.', 'ada@demo.example')
    await cut(ada)
    await commentOnWords(ada, 'spoiling the book')
    await send(ada, 'Kept over night.')
    await waiting(ada, 'Kept over night.').waitFor()
    const keepAlive = await ada.context().newPage()
    await ada.close()
    await mend(keepAlive)
    const key = { value: '' }
    await keepAlive.context().route('**/threads', (route) => {
      key.value = route.request().headers()['idempotency-key'] ?? key.value
      return route.request().method() === 'POST' ? route.abort() : route.continue()
    })
    const [first, second] = [
      await another(keepAlive, 'They were finishing it.'),
      await another(keepAlive, 'They were finishing it.'),
    ]
    for (const page of [first, second])
      await waiting(page, 'Kept over night.').getByText(waitingText).waitFor()
    expect(key.value).not.toBe('')
    await keepAlive.context().unroute('**/threads')
    for (const page of [first, second]) await page.evaluate(() => dispatchEvent(new Event('online')))
    for (const page of [first, second]) {
      await there(page, 'Kept over night.').waitFor()
      await waiting(page, 'Kept over night.').waitFor({ state: 'detached' })
      expect(await comment(page, 'Kept over night.').count()).toBe(1)
    }
    expect(await sourcesOf('Kept over night.')).toHaveLength(1)
    const kept = await stage.db
      .selectFrom('idempotency_key')
      .select('key')
      .where('key', '=', key.value)
      .execute()
    expect(kept).toHaveLength(1)
  })

  it('goes by itself when its page is opened anew, without that anybody opens the discussion', async () => {
    const ada = await visit('It must hold still', 'ada@demo.example')
    const next = await ada.context().newPage()
    await cut(ada)
    await send(ada, 'Sent in the morning.')
    await waiting(ada, 'Sent in the morning.').waitFor()
    await ada.close()
    await mend(next)
    await next.goto(`${stage.origin}/demo/`)
    await expect.poll(() => sourcesOf('Sent in the morning.')).toHaveLength(1)
    expect(await panel(next).count()).toBe(0)
    // Nothing is left to be loaded for.
    const isWaiting = () => localStorage.getItem('postil:waiting')
    await expect.poll(() => next.evaluate(isWaiting)).toBe(null)
  })

  it('waits on where the server is too busy, and keeps the focus where it can be found', async () => {
    const ada = await visit('It must hold still', 'ada@demo.example')
    await ada.route('**/threads', (route) => route.abort())
    await send(ada, 'Patience.')
    await waiting(ada, 'Patience.').waitFor()
    await ada.unroute('**/threads')
    const busy = { type: '/problems/busy', title: 'Busy', status: 503 }
    await ada.route('**/threads', (route) => route.fulfill({ status: 503, json: busy }), { times: 1 })
    const tryNow = waiting(ada, 'Patience.').getByRole('button', { name: 'Try now' })
    await Promise.all([ada.waitForResponse('**/threads'), tryNow.press('Enter')])
    await waiting(ada, 'Patience.').getByText(waitingText).waitFor()
    await tryNow.press('Enter')
    await there(ada, 'Patience.').waitFor()
    await waiting(ada, 'Patience.').waitFor({ state: 'detached' })
    expect(await panel(ada).evaluate((element) => element.matches(':focus-within'))).toBe(true)
  })

  it('stays in its field where fifty wait already', async () => {
    const ada = await visit('It must hold still', 'ada@demo.example')
    await ada.evaluate(async () => {
      const request = indexedDB.open('postil')
      await new Promise((resolve) => (request.onsuccess = resolve))
      const work = request.result.transaction('outbox', 'readwrite')
      for (let at = 0; at < 50; at += 1)
        work.objectStore('outbox').put({ key: `k${at}`, site: 'x' }, `k${at}`)
      await new Promise((resolve) => (work.oncomplete = resolve))
    })
    await cut(ada)
    await send(ada, 'The fifty-first.')
    await panel(ada).getByRole('alert').getByText('The server does not answer.').waitFor()
    expect(await field(ada).inputValue()).toBe('The fifty-first.')
    expect(await comment(ada, 'The fifty-first.').count()).toBe(0)
  })

  it('comes back to its field, before what was typed there meanwhile', async () => {
    const ada = await visit('the thing was for', 'ada@demo.example')
    await cut(ada)
    await commentOnWords(ada, 'the thing was for')
    await send(ada, 'Said too soon.')
    await waiting(ada, 'Said too soon.').waitFor()
    await commentOnWords(ada, 'the thing was for')
    await field(ada).fill('Typed since.')
    await waiting(ada, 'Said too soon.').getByRole('button', { name: 'Take back' }).press('Enter')
    await waiting(ada, 'Said too soon.').waitFor({ state: 'detached' })
    expect(await field(ada).inputValue()).toBe('Said too soon.\n\nTyped since.')
    expect(await field(ada).evaluate((element) => element.matches(':focus'))).toBe(true)
    await mend(ada)
    await field(ada).press('Control+Enter')
    await there(ada, 'Typed since.').waitFor()
    expect(await sourcesOf('Said too soon.')).toEqual(['Said too soon.\n\nTyped since.'])
  })

  it('that the server refuses stays with the reason, and can be taken back where its parent was', async () => {
    const bela = await visit('It must hold still', 'bela@demo.example')
    const ada = await visit('It must hold still', 'ada@demo.example')
    await post(bela, 'Gone before the answer.')
    await comment(ada, 'Gone before the answer.').getByRole('button', { name: 'Reply to Bela' }).click()
    await cut(ada)
    await send(ada, 'An answer to nobody.', 'Reply to Bela')
    await waiting(ada, 'An answer to nobody.').last().waitFor()
    const own = there(bela, 'Gone before the answer.')
    await own.getByRole('button', { name: 'Withdraw', exact: true }).click()
    await own.waitFor({ state: 'detached' })
    await mend(ada)
    await comment(ada, 'An answer to nobody.').getByRole('alert').getByText('no longer there').waitFor()
    const refused = waiting(ada, 'An answer to nobody.')
    expect(await refused.getByRole('button', { name: 'Try now' }).count()).toBe(0)
    await refused.getByRole('button', { name: 'Take back' }).click()
    await refused.waitFor({ state: 'detached' })
    expect(await field(ada).inputValue()).toBe('An answer to nobody.')
  })
})

describe('in whose name', () => {
  it('nothing is sent while somebody else is signed in, nor shown to them', async () => {
    const ada = await visit('It must hold still', 'ada@demo.example')
    await cut(ada)
    await send(ada, 'In the name of Ada.')
    await waiting(ada, 'In the name of Ada.').waitFor()
    await endSessions()
    await mend(ada)
    const button = waiting(ada, 'In the name of Ada.').getByRole('button', { name: 'Sign in to send' })
    await button.waitFor()
    expect(await sourcesOf('In the name of Ada.')).toEqual([])

    await signIn(ada, 'bela@demo.example')
    await comment(ada, 'In the name of Ada.').waitFor({ state: 'detached' })
    await post(ada, 'In the name of Bela.')
    expect(await sourcesOf('In the name of Ada.')).toEqual([])

    await panel(ada).getByRole('button', { name: 'Sign out' }).click()
    await signIn(ada, 'ada@demo.example')
    await there(ada, 'In the name of Ada.').waitFor()
    const { name } = await stage.db
      .selectFrom('comment_revision')
      .innerJoin('comment', 'comment.id', 'comment_revision.comment_id')
      .innerJoin('account', 'account.id', 'comment.author_id')
      .select('account.name')
      .where('source', '=', 'In the name of Ada.')
      .executeTakeFirstOrThrow()
    expect(name).toBe('Ada')
  })

  it('nothing is sent either when somebody else has signed in in another tab', async () => {
    const ada = await visit('It must hold still', 'ada@demo.example')
    await cut(ada)
    await send(ada, 'Not under a changed cookie.')
    await waiting(ada, 'Not under a changed cookie.').waitFor()
    await endSessions()
    // The page in the background has not heard of it: only its cookie is another.
    const other = await visit('It must hold still', 'bela@demo.example')
    await ada.context().addCookies(await other.context().cookies())
    await mend(ada)
    await panel(ada).getByText('Signed in as Bela').waitFor()
    expect(await comment(ada, 'Not under a changed cookie.').count()).toBe(0)
    expect(await sourcesOf('Not under a changed cookie.')).toEqual([])
  })

  it('a session that ran out costs signing in, and not one press more', async () => {
    const ada = await visit('It must hold still', 'ada@demo.example')
    await endSessions()
    await send(ada, 'Written before midnight.')
    await panel(ada).getByText('Sign in again to post it.').waitFor()
    expect(await field(ada).inputValue()).toBe('Written before midnight.')
    await signIn(ada, 'ada@demo.example')
    await there(ada, 'Written before midnight.').waitFor()
    expect(await sourcesOf('Written before midnight.')).toHaveLength(1)
    expect(await field(ada).inputValue()).toBe('')
  })

  it('what was changed after the session ran out, or somebody else signs in for, is not sent', async () => {
    const ada = await visit('It must hold still', 'ada@demo.example')
    await endSessions()
    await send(ada, 'Not yet final.')
    await panel(ada).getByText('Sign in again to post it.').waitFor()
    await field(ada).fill('Not yet final, really.')
    await signIn(ada, 'ada@demo.example')
    await panel(ada).getByText('Sign in again to post it.').waitFor({ state: 'detached' })
    expect(await field(ada).inputValue()).toBe('Not yet final, really.')

    await endSessions()
    await field(ada).press('Control+Enter')
    await panel(ada).getByText('Sign in again to post it.').waitFor()
    await signIn(ada, 'bela@demo.example')
    await panel(ada).getByText('Sign in again to post it.').waitFor({ state: 'detached' })
    expect(await field(ada).inputValue()).toBe('Not yet final, really.')
    expect(await sourcesOf('Not yet final')).toEqual([])
  })
})

it('where nothing can be kept, the text stays in its field and it is said that it will be gone', async () => {
  const ada = await stage.visit('/demo/')
  opened.push(ada)
  await ada.addInitScript(() => {
    const blocked = () => {
      throw new DOMException('blocked', 'SecurityError')
    }
    indexedDB.open = blocked
    Object.defineProperty(window, 'localStorage', { get: blocked })
  })
  await ada.reload()
  await openBeside(ada, 'It must hold still')
  await signIn(ada, 'ada@demo.example')
  await field(ada).pressSequentially('Of the moment')
  await panel(ada).getByRole('status').getByText('keeps no drafts').waitFor()
  await ada.keyboard.press('Escape')
  await ada.keyboard.press('Escape')
  await openBeside(ada, 'It must hold still')
  expect(await field(ada).inputValue()).toBe('Of the moment')
  await cut(ada)
  await field(ada).press('Control+Enter')
  await panel(ada).getByRole('alert').getByText('keeps no drafts').waitFor()
  expect(await field(ada).inputValue()).toBe('Of the moment')
  await mend(ada)
  await field(ada).press('Control+Enter')
  await there(ada, 'Of the moment').waitFor()
})

it('two tabs with one draft: what is not typed here follows, what is typed here is never overwritten', async () => {
  const first = await visit('It must hold still', 'ada@demo.example')
  const second = await another(first, 'It must hold still')
  const toolbar = panel(second).getByRole('toolbar')
  await field(second).focus()
  await toolbar.waitFor()
  await field(first).fill('From the first tab')
  await expect.poll(() => field(second).inputValue()).toBe('From the first tab')

  await field(second).pressSequentially(', and on')
  await expect.poll(() => field(first).inputValue()).toContain('From the first tab')
  const offered = panel(first).getByText('You wrote something else here in another tab:')
  await offered.waitFor()
  expect(await field(first).inputValue()).toBe('From the first tab')
  expect(await axeFindings(first)).toEqual([])
  await panel(first).getByRole('button', { name: 'Keep mine' }).click()
  await offered.waitFor({ state: 'detached' })

  await panel(second).getByRole('button', { name: 'Use that' }).click()
  expect(await field(second).inputValue()).toBe('From the first tab')
  await field(second).press('Control+Enter')
  await there(second, 'From the first tab').waitFor()
})

it('an edit that was overtaken shows what it says now, keeps what is typed, and goes on from there', async () => {
  const first = await visit('It must hold still', 'ada@demo.example')
  await post(first, 'Edited twice.')
  const second = await visit('It must hold still', 'ada@demo.example')
  const own = (page: Page, text: string) => there(page, text).last()
  await own(first, 'Edited twice.').getByRole('button', { name: 'Edit', exact: true }).click()
  await field(first, 'Change your comment').fill('Edited here.')
  await own(second, 'Edited twice.').getByRole('button', { name: 'Edit', exact: true }).click()
  await field(second, 'Change your comment').fill('Edited there.')
  await field(second, 'Change your comment').press('Control+Enter')
  await own(second, 'Edited there.').waitFor()
  await panel(first).getByText('It was changed elsewhere meanwhile.').waitFor()
  await own(first, 'Edited there.').locator('.text').getByText('Edited there.').waitFor()
  expect(await field(first, 'Change your comment').inputValue()).toBe('Edited here.')
  await field(first, 'Change your comment').press('Control+Enter')
  await own(second, 'Edited here.').waitFor()

  // The same where the live line does not tell.
  await own(first, 'Edited here.').getByRole('button', { name: 'Edit', exact: true }).click()
  await field(first, 'Change your comment').fill('Edited last.')
  await first.route(
    '**/comments/*',
    async (route) => {
      await own(second, 'Edited here.').getByRole('button', { name: 'Edit', exact: true }).click()
      await field(second, 'Change your comment').fill('Edited in between.')
      await field(second, 'Change your comment').press('Control+Enter')
      await own(second, 'Edited in between.').waitFor()
      await route.continue()
    },
    { times: 1 },
  )
  await field(first, 'Change your comment').press('Control+Enter')
  await panel(first).getByRole('alert').getByText('It was changed meanwhile').waitFor()
  await own(first, 'Edited in between.').waitFor()
  expect(await field(first, 'Change your comment').inputValue()).toBe('Edited last.')
  await field(first, 'Change your comment').press('Control+Enter')
  await own(second, 'Edited last.').waitFor()
})

describe('the toolbar', () => {
  it('comes with the first use of a field and moves nothing', async () => {
    const ada = await visit('It must hold still', 'ada@demo.example')
    const button = panel(ada).getByRole('button', { name: 'Post', exact: true })
    // What else comes later than the panel is there.
    await panel(ada)
      .getByRole('button', { name: /^Inbox/ })
      .waitFor()
    await panel(ada).getByRole('button', { name: 'Agree' }).waitFor()
    // The browser may scroll to the field that it focuses: how they stand to each other is what counts.
    const below = async () =>
      ((await button.boundingBox())?.y ?? NaN) - ((await field(ada).boundingBox())?.y ?? NaN)
    const before = await below()
    expect(await panel(ada).getByRole('toolbar').count()).toBe(0)
    await field(ada).focus()
    await panel(ada).getByRole('toolbar', { name: 'Formatting' }).waitFor()
    expect(await below()).toBe(before)
    expect(await axeFindings(ada)).toEqual([])
  })

  it('formats what is selected, by keys and by buttons, and the browser takes it back', async () => {
    const ada = await visit('It must hold still', 'ada@demo.example')
    await field(ada).focus()
    const toolbar = panel(ada).getByRole('toolbar')
    await toolbar.waitFor()
    await field(ada).pressSequentially('so be it')
    await field(ada).press('Shift+Control+ArrowLeft')
    await field(ada).press('Control+b')
    expect(await field(ada).inputValue()).toBe('so be **it**')
    await field(ada).press('Control+b')
    expect(await field(ada).inputValue()).toBe('so be it')
    await toolbar.getByRole('button', { name: 'Italic' }).click()
    expect(await field(ada).inputValue()).toBe('so be *it*')
    expect(await field(ada).evaluate((element) => element.matches(':focus'))).toBe(true)
    await field(ada).press('Control+z')
    expect(await field(ada).inputValue()).toBe('so be it')

    await field(ada).press('Tab')
    await ada.keyboard.press('ArrowRight')
    await ada.keyboard.press('ArrowRight')
    await ada.keyboard.press('Enter')
    expect(await field(ada).inputValue()).toBe('> so be it')
    await field(ada).press('Control+Enter')
    await there(ada, 'so be it').locator('blockquote').waitFor()
  })

  it('takes pasted text as text', async () => {
    const ada = await visit('It must hold still', 'ada@demo.example')
    await ada.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await ada.evaluate(() =>
      navigator.clipboard.write([
        new ClipboardItem({
          'text/html': new Blob(['<b onclick="x()">bold</b>'], { type: 'text/html' }),
          'text/plain': new Blob(['bold'], { type: 'text/plain' }),
        }),
      ]),
    )
    await field(ada).focus()
    await ada.keyboard.press('Control+v')
    expect(await field(ada).inputValue()).toBe('bold')
  })
})
