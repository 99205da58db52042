import type { Page } from 'playwright-core'
import { articlesToKeep, keepWords } from '../../../server/search/index.ts'
import { panel } from '../stage.ts'
import { button, openWhole, shown, talk, type Show } from './hands.ts'
import type { Scene } from './scene.ts'

/** Things are said, and kept for search. @returns what finds some of them: words of a comment, and of a passage */
async function keptTalk(scene: Scene): Promise<string> {
  const { said, words } = scene.language
  await talk(scene)
  await scene.say(scene.bela, said.aside, { paragraph: 1, words })
  const { db } = scene.house.stage
  for (const place of await articlesToKeep(db)) while (!(await keepWords(db, place)));
  const second = said.question.split(/[\s、。]+/)[1] ?? said.question
  return `${second} or ${words}`
}

async function searchFor(scene: Scene, query: string): Promise<Page> {
  const page = await scene.visit(null)
  await openWhole(page)
  await button(page, scene.language.embed.allPassages(2)).click()
  const field = panel(page).getByRole('searchbox')
  await field.fill(query)
  await field.press('Enter')
  return page
}

/** The search of a discussion. */
export const search: Record<string, Show> = {
  'what a search of the discussion found': async (scene) => {
    const page = await searchFor(scene, await keptTalk(scene))
    return await shown(panel(page).locator('.excerpt mark').first())
  },
  'a search of the discussion that found nothing': async (scene) => {
    await keptTalk(scene)
    const page = await searchFor(scene, 'quokka')
    return await shown(panel(page).getByText(scene.language.more.searchNone))
  },
  'a search of the discussion that gets no answer': async (scene) => {
    await keptTalk(scene)
    const page = await scene.visit(null)
    await page.route('**/search?*', (route) => route.abort())
    await openWhole(page)
    await button(page, scene.language.embed.allPassages(2)).click()
    await panel(page).getByRole('searchbox').fill('quokka')
    await panel(page).getByRole('searchbox').press('Enter')
    return await shown(panel(page).getByRole('alert'))
  },
  'a search of the discussion, without script': async (scene) => {
    const query = encodeURIComponent(await keptTalk(scene))
    const page = await scene.visitOwn(`/d/${scene.articleId}?q=${query}`)
    return await shown(page.locator('.comment mark').first())
  },
  'a search of the discussion that found nothing, without script': async (scene) => {
    const page = await scene.visitOwn(`/d/${scene.articleId}?q=quokka`)
    return await shown(page.getByRole('searchbox'))
  },
}
