import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importArticle, saveArticle } from '../../server/articles/index.ts'
import { findSite } from '../../server/sites/index.ts'
import {
  commentOnWords,
  cutUntilSaid,
  openBeside,
  openConsole,
  openStage,
  panel,
  post,
  signIn,
  type Stage,
} from './stage.ts'

const seed = new URL('../../../shared/article/seed.txt', import.meta.url)

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
  if (!existsSync(seed))
    return console.log('The imported article is left out: ../shared/article/seed.txt is not here.')
  const site = await findSite(stage.db, 'demo')
  if (!site) throw new Error('the demo site is missing')
  await saveArticle(stage.db, site, importArticle({ source: await readFile(seed, 'utf8'), format: 'text' }), {
    slug: 'seed',
  })
})
afterAll(() => stage.close())

const articles = [
  { path: '/demo/', words: 'spoiling the book', within: 'They were finishing it.' },
  ...(existsSync(seed)
    ? [{ path: '/a/seed', words: 'digital economy knows no boundaries', within: 'knows no boundaries' }]
    : []),
]

const commentsOf = async (page: Page, start: string) =>
  (await panel(page).locator('.comment .text').allInnerTexts()).filter((text) => text.startsWith(start))

describe.each(articles)('two readers on $path', ({ path, words, within }) => {
  let ada: Page
  let bela: Page
  beforeAll(async () => {
    ada = await stage.visit(path)
    bela = await stage.visit(path)
  })

  it('what one writes on some words, the other sees beside the same passage without reloading', async () => {
    await openBeside(bela, within)
    await commentOnWords(ada, words)
    await signIn(ada, 'ada@demo.example')
    await post(ada, 'On these very words.')
    const seen = panel(bela).locator('.comment').filter({ hasText: 'On these very words.' })
    await seen.waitFor()
    expect(await panel(bela).locator('.passage').first().innerText()).toBe(words)
    const lit = await bela.evaluate(() => [...(CSS.highlights.get('postil-passage') ?? [])].map(String))
    expect(lit).toContain(words)
  })

  it('after the line was cut, what was missed is there once each, in order', async () => {
    await cutUntilSaid(stage, bela)
    for (const text of ['Missed one', 'Missed two', 'Missed three']) await post(ada, text)
    expect(await commentsOf(bela, 'Missed')).toEqual([])
    await bela.context().setOffline(false)
    await panel(bela).getByText('Missed three').waitFor()
    expect(await commentsOf(bela, 'Missed')).toEqual(['Missed one', 'Missed two', 'Missed three'])
    expect(await commentsOf(ada, 'Missed')).toEqual(['Missed one', 'Missed two', 'Missed three'])
  })
})

it('a held comment is its author’s alone until a moderator presses A', async () => {
  const chris = await stage.visit('/demo/')
  const bela = await stage.visit('/demo/')
  await openBeside(bela, 'It must hold still')
  await openBeside(chris, 'It must hold still')
  await signIn(chris, 'chris@demo.example')
  await post(chris, 'My very first comment.')
  await panel(chris).getByText('waits for a moderator').waitFor()
  expect(await panel(bela).getByText('My very first comment.').count()).toBe(0)

  const mo = await openConsole(stage, 'mo@demo.example')
  await mo.getByText('My very first comment.').first().waitFor()
  await mo.keyboard.press('a')
  await panel(bela).getByText('My very first comment.').waitFor()
  await panel(chris).getByText('waits for a moderator').waitFor({ state: 'detached' })

  await mo.keyboard.press('u')
  await panel(bela).getByText('My very first comment.').waitFor({ state: 'detached' })
})

it('a reply to a comment withdrawn meanwhile is refused, and its text stays in the box', async () => {
  const ada = await stage.visit('/demo/')
  const bela = await stage.visit('/demo/')
  await openBeside(ada, 'the thing was for')
  await signIn(ada, 'ada@demo.example')
  await post(ada, 'Soon withdrawn.')
  await openBeside(bela, 'the thing was for')
  await signIn(bela, 'bela@demo.example')
  const comment = panel(bela).locator('.comment').filter({ hasText: 'Soon withdrawn.' })
  await comment.getByRole('button', { name: 'Reply to Ada' }).click()
  const box = comment.getByLabel('Reply to Ada', { exact: true }).and(bela.locator('textarea'))
  await box.fill('Typed with care.')
  await bela.route('**/comments', async (route) => {
    // Between the press and the arrival, its author withdraws it.
    const own = panel(ada).locator('.comment').filter({ hasText: 'Soon withdrawn.' })
    await own.getByRole('button', { name: 'Withdraw', exact: true }).click()
    await own.waitFor({ state: 'detached' })
    await route.continue()
  })
  await box.press('Control+Enter')
  await panel(bela).getByText('no longer there').waitFor()
  expect(
    await panel(bela)
      .locator('textarea')
      .evaluateAll((boxes) => boxes.map((area) => (area as HTMLTextAreaElement).value)),
  ).toContain('Typed with care.')
})
