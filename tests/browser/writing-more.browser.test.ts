import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAccount, setRole } from '../../server/people/index.ts'
import { findSite } from '../../server/sites/index.ts'
import { post as postOnServer } from '../../server/threads/index.ts'
import { axeFindings } from './publisher.ts'
import { openBeside, openStage, panel, post, signIn, type Stage } from './stage.ts'

const passage = 'They were finishing it.'
const label = 'Comment on this passage'
/** Somebody whose name is full of Markdown. */
const starred = 'Bo_Star_ *two*'

let stage: Stage
let ada: Page
let bela: Page
beforeAll(async () => {
  stage = await openStage()
  await takesPart(starred)
  ada = await reader('ada@demo.example')
  bela = await reader('bela@demo.example')
})
afterAll(() => stage.close())

async function reader(email: string, options: Parameters<Stage['visit']>[1] = {}): Promise<Page> {
  const page = await stage.visit('/demo/', { bypassCSP: true, ...options })
  await openBeside(page, passage)
  await signIn(page, email)
  return page
}

/** Somebody more with a comment on the demo article. */
async function takesPart(name: string): Promise<void> {
  const site = await findSite(stage.db, 'demo')
  const article = await stage.db.selectFrom('article').select('id').executeTakeFirstOrThrow()
  if (!site) throw new Error('the demo site is missing')
  const id = await createAccount(stage.db, { email: 'bo@demo.example', name, password: 'margin-notes' })
  await setRole(stage.db, site.id, id, 'moderator')
  const place = { kind: 'new thread', articleId: article.id, anchor: null } as const
  await postOnServer(
    stage.db,
    site,
    { id, name, role: 'moderator', sections: null },
    place,
    { body: 'Here.' },
    null,
  )
}

const field = (page: Page) => panel(page).getByLabel(label, { exact: true })
const people = (page: Page) => panel(page).getByRole('listbox', { name: 'People in this discussion' })
const offered = (page: Page) => people(page).getByRole('option')
const comment = (page: Page, text: string) => panel(page).locator('.comment').filter({ hasText: text }).last()
const hasFocus = (page: Page) =>
  page.evaluate(() => document.querySelector('postil-discussion')?.shadowRoot?.activeElement?.textContent)

describe('a preview', () => {
  const toggle = () => panel(bela).getByRole('button', { name: 'Preview' })
  const preview = () => panel(bela).getByRole('group', { name: 'Preview' })

  it('shows what is typed as it will be read, and leaves field and caret as they are', async () => {
    await field(bela).focus()
    expect(await toggle().count()).toBe(0)
    await field(bela).pressSequentially('Is it **so**, @Ada?')
    for (let step = 0; step < 3; step += 1) await bela.keyboard.press('ArrowLeft')
    await toggle().press('Enter')
    await preview().locator('strong').getByText('so').waitFor()
    expect(await preview().locator('bdi').innerText()).toBe('@Ada')
    expect(await toggle().getAttribute('aria-pressed')).toBe('true')
    expect(await axeFindings(bela)).toEqual([])
    await field(bela).focus()
    await bela.keyboard.type('d')
    expect(await field(bela).inputValue()).toBe('Is it **so**, @Adda?')
    await preview().waitFor({ state: 'detached' })
    expect(await toggle().getAttribute('aria-pressed')).toBe('false')
  })

  it('says why where there is none, and is asked for again', async () => {
    await bela.route('**/preview', (route) => route.abort())
    await toggle().click()
    await preview().getByRole('alert').getByText('does not answer').waitFor()
    await bela.unroute('**/preview')
    await toggle().click()
    await preview().waitFor({ state: 'detached' })
    await toggle().click()
    await preview().getByText('Is it').waitFor()
    await field(bela).fill('')
    await toggle().waitFor({ state: 'detached' })
  })

  it('is not there for who is not signed in', async () => {
    const page = await stage.visit('/demo/')
    await openBeside(page, passage)
    await field(page).fill('Well?')
    await panel(page).getByRole('button', { name: 'Sign in to comment' }).waitFor()
    expect(await toggle().count()).toBe(0)
    await page.context().close()
  })
})

describe('typing an @ and letters', () => {
  it('offers who takes part, but not oneself, and says so', async () => {
    await field(bela).focus()
    await bela.keyboard.type('Ask @b')
    await offered(bela).first().waitFor()
    expect(await offered(bela).allInnerTexts()).toEqual([starred])
    await panel(bela).getByRole('status').getByText('1 name to choose from').waitFor({ state: 'attached' })
    const chosen = await field(bela).evaluate((area) => {
      const root = area.getRootNode() as ShadowRoot
      const id = area.getAttribute('aria-activedescendant') ?? ''
      return [root.getElementById(id)?.textContent.trim(), root.getElementById(id)?.ariaSelected]
    })
    expect(chosen).toEqual([starred, 'true'])
    expect(await axeFindings(bela)).toEqual([])
  })

  it('Escape puts the list away, and nothing else; Enter is a new line again', async () => {
    await bela.keyboard.press('Escape')
    await people(bela).waitFor({ state: 'detached' })
    expect(await field(bela).getAttribute('aria-activedescendant')).toBeNull()
    expect(await field(bela).evaluate((area) => area.matches(':focus'))).toBe(true)
    await bela.keyboard.press('Enter')
    expect(await field(bela).inputValue()).toBe('Ask @b\n')
  })

  it('a name is chosen by the keyboard alone, and its marks are escaped', async () => {
    await field(bela).fill('')
    await field(bela).focus()
    await bela.keyboard.type('@b')
    await offered(bela).first().waitFor()
    await bela.keyboard.press('Enter')
    expect(await field(bela).inputValue()).toBe('@Bo\\_Star\\_ \\*two\\* ')
    await bela.keyboard.type('and @a')
    await offered(bela).first().waitFor()
    await bela.keyboard.press('ArrowUp')
    await bela.keyboard.press('ArrowDown')
    await bela.keyboard.press('Tab')
    expect(await field(bela).inputValue()).toBe('@Bo\\_Star\\_ \\*two\\* and @Ada ')
    await people(bela).waitFor({ state: 'detached' })
    await bela.keyboard.press('Control+z')
    expect(await field(bela).inputValue()).toBe('@Bo\\_Star\\_ \\*two\\* and @a')
    await bela.keyboard.press('Control+Shift+z')
    await bela.keyboard.type('see here.')
    await bela.keyboard.press('Control+Enter')
    const said = comment(bela, 'see here.')
    await said.getByRole('button', { name: 'Edit', exact: true }).waitFor()
    expect(await said.locator('.text bdi').allInnerTexts()).toEqual([`@${starred}`, '@Ada'])
  })

  it('who is named sees that it is them', async () => {
    const named = comment(ada, 'see here.').locator('.text bdi')
    await named.first().waitFor()
    const looks = await named.evaluateAll((all) =>
      all.map((name) => {
        const { fontWeight, borderBlockEndWidth } = getComputedStyle(name)
        return [fontWeight, borderBlockEndWidth !== '0px']
      }),
    )
    expect(looks).toEqual([
      ['600', false],
      ['600', true],
    ])
  })

  it('an answer that was overtaken is not shown', async () => {
    const { promise: held, resolve: release } = Promise.withResolvers<undefined>()
    await bela.route(/participants\?q=a$/, async (route) => {
      await held
      await route.fulfill({
        json: { participants: [{ id: '00000000-0000-7000-8000-000000000000', name: 'Ada Overtaken' }] },
        headers: {
          'access-control-allow-origin': new URL(bela.url()).origin,
          'access-control-allow-credentials': 'true',
        },
      })
    })
    await field(bela).focus()
    const asked = bela.waitForRequest(/participants\?q=a$/)
    await bela.keyboard.type('@a')
    await asked
    await bela.keyboard.type('d')
    await offered(bela).first().waitFor()
    const late = bela.waitForResponse(/participants\?q=a$/)
    release(undefined)
    await (await late).finished()
    await bela.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))))
    expect(await offered(bela).allInnerTexts()).toEqual(['Ada'])
    await bela.unroute(/participants\?q=a$/)
    await field(bela).fill('')
  })

  it('nothing is shown where nobody has such a name, or nobody answers', async () => {
    await field(bela).focus()
    let answer = bela.waitForResponse('**/participants?*')
    await bela.keyboard.type('@zz')
    await (await answer).finished()
    await bela.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))))
    expect(await people(bela).count()).toBe(0)
    await bela.route('**/participants?*', (route) => route.fulfill({ status: 500 }))
    await field(bela).fill('')
    await field(bela).focus()
    answer = bela.waitForResponse('**/participants?*')
    await bela.keyboard.type('@a')
    await (await answer).finished()
    await bela.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))))
    expect(await people(bela).count()).toBe(0)
    await bela.unroute('**/participants?*')
    await field(bela).fill('')
  })

  it('a finger chooses too, and the keyboard stays up', async () => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
    const mo = await reader('mo@demo.example', phone)
    await field(mo).tap()
    await mo.keyboard.type('@ad')
    const option = offered(mo).first()
    await option.waitFor()
    expect((await option.boundingBox())?.height).toBeGreaterThanOrEqual(44)
    expect(await axeFindings(mo)).toEqual([])
    await option.tap()
    expect(await field(mo).inputValue()).toBe('@Ada ')
    expect(await field(mo).evaluate((area) => area.matches(':focus'))).toBe(true)
    await mo.context().close()
  })
})

describe('what a comment said before', () => {
  const edited = () => comment(bela, 'finally').getByRole('button', { name: 'edited' })
  const versions = () => panel(bela).getByRole('group', { name: 'Versions of this comment' })

  async function edit(page: Page, from: string, to: string, shown = to): Promise<void> {
    await comment(page, from).getByRole('button', { name: 'Edit', exact: true }).click()
    const box = panel(page).getByLabel('Change your comment')
    await box.fill(to)
    await box.press('Control+Enter')
    await comment(page, shown).getByRole('button', { name: 'Edit', exact: true }).waitFor()
  }

  it('opens at “edited”, the newest first, with what each changed', async () => {
    await post(ada, 'It leaves at seven.')
    expect(await comment(ada, 'It leaves').getByRole('button', { name: 'edited' }).count()).toBe(0)
    await edit(ada, 'It leaves at seven.', 'It leaves at half past six.')
    await edit(ada, 'half past six.', 'It finally leaves at half past six.')
    await edited().press('Enter')
    await versions().getByText('2 earlier versions').waitFor()
    expect(await edited().getAttribute('aria-expanded')).toBe('true')
    const changes = await versions()
      .locator('li')
      .evaluateAll((all) =>
        all.map((version) =>
          [...version.querySelectorAll('del, ins')].map(({ textContent }) => textContent.trim()),
        ),
      )
    expect(changes).toEqual([['now: finally'], ['before: seven', 'now: half past six'], []])
    expect(await versions().locator('li').last().locator('.plain-text').innerText()).toBe(
      'It leaves at seven.',
    )
    expect(await axeFindings(bela)).toEqual([])
  })

  it('grows when the comment is edited meanwhile, and closes again', async () => {
    await edit(
      ada,
      'finally leaves',
      'It finally leaves at *half past* six.',
      'It finally leaves at half past six.',
    )
    await versions().getByText('3 earlier versions').waitFor()
    await versions().locator('li').first().getByText('The words are the same.').waitFor()
    await edited().click()
    await versions().waitFor({ state: 'detached' })
  })

  it('says where nobody answers, and comes when asked again', async () => {
    await bela.route('**/revisions?*', (route) => route.abort())
    await edited().click()
    await versions().getByRole('alert').getByText('does not answer').waitFor()
    await bela.unroute('**/revisions?*')
    await versions().getByRole('button', { name: 'Try again' }).click()
    await versions().getByText('3 earlier versions').waitFor()
    await edited().click()
  })

  it('comes page by page, and the focus goes on to the older ones', async () => {
    const { id } = await stage.db
      .selectFrom('comment_revision')
      .select('comment_id as id')
      .where('source', '=', 'It leaves at seven.')
      .executeTakeFirstOrThrow()
    // Twenty more, as if it had been edited all day.
    for (let number = 5; number <= 24; number += 1)
      await ada.evaluate(
        async ([comment, revision]) => {
          const answer = await fetch(`/v1/sites/demo/comments/${comment}`, {
            method: 'PATCH',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ body: `It finally leaves at ${revision}.`, revision }),
          })
          if (!answer.ok) throw new Error(await answer.text())
        },
        [id, number - 1] as const,
      )
    await comment(bela, 'finally leaves at 23.').waitFor()
    await edited().click()
    await versions().locator('li').nth(18).waitFor()
    expect(await versions().locator('li').count()).toBe(19)
    await versions().getByRole('button', { name: 'Show older versions' }).press('Enter')
    await versions().getByText('23 earlier versions').waitFor()
    expect(await versions().locator('li').count()).toBe(24)
    await expect
      .poll(() =>
        versions()
          .locator('li')
          .nth(19)
          .evaluate((version) => version.matches(':focus')),
      )
      .toBe(true)
    await edited().click()
  })
})

describe('a withdrawal', () => {
  const withdraw = (page: Page, text: string) =>
    comment(page, text).getByRole('button', { name: 'Withdraw', exact: true })
  const note = (page: Page) => panel(page).getByRole('status').filter({ hasText: 'Withdrawn.' })

  it('is done at once, and undone from the keyboard; the others see nothing of it meanwhile', async () => {
    await post(ada, 'On second thoughts.')
    await comment(bela, 'On second thoughts.').waitFor()
    await withdraw(ada, 'On second thoughts.').press('Enter')
    await note(ada).waitFor()
    await comment(bela, 'On second thoughts.').waitFor({ state: 'detached' })
    expect(await note(bela).count()).toBe(0)
    await expect.poll(() => hasFocus(ada)).toBe('Undo')
    expect(await axeFindings(ada)).toEqual([])
    await ada.keyboard.press('Enter')
    await comment(bela, 'On second thoughts.').waitFor()
    await comment(ada, 'On second thoughts.').waitFor()
    await expect.poll(() => hasFocus(ada)).toContain('On second thoughts.')
    expect(await note(ada).count()).toBe(0)
  })

  it('can be undone after a reload, too; nothing takes the focus then', async () => {
    await withdraw(ada, 'On second thoughts.').click()
    await note(ada).waitFor()
    await ada.reload()
    await openBeside(ada, passage)
    await note(ada).waitFor()
    expect(
      await note(ada)
        .getByRole('button')
        .evaluate((button) => button.matches(':focus')),
    ).toBe(false)
    await note(ada).getByRole('button', { name: 'Undo' }).click()
    await comment(bela, 'On second thoughts.').waitFor()
  })

  it('that does not arrive changes nothing, and says so', async () => {
    await ada.route('**/withdrawal', (route) => route.abort())
    await withdraw(ada, 'On second thoughts.').click()
    const own = comment(ada, 'On second thoughts.')
    await own.getByRole('alert').getByText('does not answer').waitFor()
    await own.getByRole('button', { name: 'Cancel' }).click()
    await own.getByRole('alert').waitFor({ state: 'detached' })
    await ada.unroute('**/withdrawal')
  })

  it('can be undone for ten minutes; then what everybody sees is left', async () => {
    await post(ada, 'Answer this.')
    await comment(bela, 'Answer this.').getByRole('button', { name: 'Reply to Ada' }).click()
    const box = panel(bela).getByRole('textbox', { name: 'Reply to Ada' })
    await box.fill('As you wish.')
    await box.press('Control+Enter')
    await comment(ada, 'As you wish.').waitFor()
    await ada.clock.install()
    for (const text of ['Answer this.', 'On second thoughts.']) await withdraw(ada, text).click()
    await expect.poll(() => note(ada).count()).toBe(2)
    await ada.clock.fastForward('10:01')
    await expect.poll(() => note(ada).count()).toBe(0)
    await panel(ada).getByText('Withdrawn by its author.').waitFor()
    expect(await panel(ada).getByText('Withdrawn by its author.').count()).toBe(1)
    await panel(ada).getByText('As you wish.').waitFor()
  })
})

it('a comment is kept, and shown, in the language of its page', async () => {
  const said = comment(ada, 'As you wish.').locator('.text')
  expect(await said.getAttribute('lang')).toBe('en')
  const { language } = await stage.db
    .selectFrom('comment_revision')
    .select('language')
    .where('source', '=', 'As you wish.')
    .executeTakeFirstOrThrow()
  expect(language).toBe('en')
})
