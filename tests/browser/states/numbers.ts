import type { Page } from 'playwright-core'
import { moderator } from './acts.ts'
import { shown, talk, type Show } from './hands.ts'
import type { Scene } from './scene.ts'

/** The numbers of a site where something was said. */
async function openNumbers(scene: Scene): Promise<Page> {
  const page = await scene.visitConsole(await moderator(scene, 'lead'), '&view=numbers')
  await page.locator('.counted').waitFor()
  return page
}

/** Goes there from the queue, once something was done to what the network brings. */
async function openAfter(scene: Scene, prepare: (page: Page) => Promise<unknown>): Promise<Page> {
  const page = await scene.visitConsole(await moderator(scene, 'lead'))
  await prepare(page)
  await page.getByRole('navigation').getByRole('button', { name: 'Numbers' }).click()
  return page
}

/** An article by its link in the list, where the busiest come first. */
async function openArticle(scene: Scene): Promise<Page> {
  const page = await openNumbers(scene)
  await page.locator(`[data-article="${scene.articleId}"]`).click()
  return page
}

/** Several paragraphs, one more than others, and the whole article. */
async function discussed(scene: Scene): Promise<void> {
  const { said } = scene.language
  await talk(scene)
  await scene.say(scene.ada, said.aside, { paragraph: 0 })
  await scene.say(scene.bela, said.before, 'article')
  const day = new Date().toISOString().slice(0, 10)
  const at = { site_id: scene.house.site.id, article_id: scene.articleId, day }
  await scene.house.stage.db
    .insertInto('opened')
    .values({ ...at, readers: 240 })
    .execute()
}

/** What those who lead see of how much is said. */
export const counting: Record<string, Show> = {
  'the articles in numbers': async (scene) => {
    await discussed(scene)
    const page = await openNumbers(scene)
    return await shown(page.locator('.by .share').first())
  },
  'the articles in numbers, on their way': async (scene) => {
    const page = await openAfter(scene, (one) => one.route(/\/numbers\?/, () => undefined))
    return await shown(page.getByRole('status').filter({ hasText: 'Counting' }))
  },
  'the articles in numbers, not loaded': async (scene) => {
    const page = await openAfter(scene, (one) => one.route(/\/numbers\?/, (route) => route.abort()))
    return await shown(page.getByRole('button', { name: 'Try again' }))
  },
  'the articles in numbers, with nothing said': async (scene) => {
    const totals = { articles: 0, threads: 0, comments: 0, readers: 0, followers: 0, medianMinutes: null }
    const json = { days: 30, from: '2026-01-01', totals, articles: [], next: null }
    const page = await openAfter(scene, (one) => one.route(/\/numbers\?/, (route) => route.fulfill({ json })))
    return await shown(page.getByText('Nothing was said'))
  },
  'an article in numbers, with the line beside its text': async (scene) => {
    await discussed(scene)
    const page = await openArticle(scene)
    return await shown(page.locator('.heat .count').last())
  },
  'an article in numbers that nobody commented on': async (scene) => {
    const page = await scene.visitConsole(
      await moderator(scene, 'lead'),
      `&view=numbers&of=${scene.articleId}`,
    )
    return await shown(page.locator('.heat'))
  },
  'an article in numbers, not loaded': async (scene) => {
    await discussed(scene)
    const page = await openNumbers(scene)
    await page.route(/\/numbers\?/, (route) => route.abort())
    await page.locator(`[data-article="${scene.articleId}"]`).click()
    return await shown(page.getByRole('button', { name: 'Try again' }))
  },
}
