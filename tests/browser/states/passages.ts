import type { Page } from 'playwright-core'
import { finishJobs } from '../../setup/jobs.ts'
import { panel } from '../stage.ts'
import { button, openAt, openOn, openTalk, openWhole, select, talk, shown, type Show } from './hands.ts'
import type { Scene } from './scene.ts'

/** A thread on words of the second paragraph, which the publisher then changes. */
async function reword(scene: Scene): Promise<void> {
  const { said, words, edited } = scene.language
  await scene.say(scene.me, said.aside, { paragraph: 1, words })
  await scene.edit((html) => html.replace(words, edited))
  await finishJobs(scene.house.stage.db)
}

/** A thread on a paragraph that the publisher then takes away. */
async function lose(scene: Scene): Promise<void> {
  await talk(scene)
  await scene.say(scene.me, scene.language.said.before, { paragraph: 2 })
  await scene.edit((html) => html.replace(`<p>${scene.paragraph(2)}</p>`, ''))
  await finishJobs(scene.house.stage.db)
}

/** From the article as a whole a button leads to the threads whose words are gone. */
async function openLost(page: Page, scene: Scene): Promise<void> {
  await openWhole(page)
  await button(page, scene.language.embed.orphans).click()
  await panel(page).locator('.thread').waitFor()
}

/** A reader looks for the words that a lost thread belongs to. */
async function seek(scene: Scene) {
  await lose(scene)
  const page = await scene.visit(scene.me)
  await openLost(page, scene)
  await button(page, scene.language.more.reattach).click()
  return await shown(page.locator('.notice.bar [role=region]'))
}

/** What becomes of passages, and how words are chosen. */
export const passages: Record<string, Show> = {
  'a passage whose wording changed, compared': async (scene) => {
    await reword(scene)
    const page = await openTalk(scene, null)
    await panel(page).locator('.wording summary').click()
    return await shown(panel(page).locator('ins'))
  },
  'a thread whose words are gone, beside its section': async (scene) => {
    await lose(scene)
    const page = await scene.visit(scene.me)
    // It was the first under its heading, and this is now.
    await openAt(page, scene.paragraph(3))
    await panel(page).locator('.lost summary').click()
    return await shown(panel(page).locator('.lost .thread'))
  },
  'threads whose words are gone, in the list of all': async (scene) => {
    await lose(scene)
    const page = await scene.visit(scene.me)
    await openLost(page, scene)
    return await shown(button(page, scene.language.more.reattach))
  },
  'looking for the words that a thread belongs to': async (scene) => {
    const page = await seek(scene)
    await select(page, scene.language.words)
    return page
  },
  'a thread attached to other words': async (scene) => {
    const page = await seek(scene)
    await openOn(page, scene.language.words)
    return await shown(button(page, scene.language.more.undo))
  },
  'words of a passage to be commented on': async (scene) => {
    await talk(scene)
    const page = await scene.visit(scene.me)
    await openOn(page, scene.language.words)
    return page
  },
  'a selection longer than a quote': async (scene) => {
    await scene.edit((html) => `${html}<p>${scene.paragraph(0).repeat(24)}</p>`)
    const page = await scene.visit(null)
    await openOn(page, scene.paragraph(0).repeat(24))
    return await shown(button(page, scene.language.embed.wholeParagraphInstead))
  },
  'words chosen by keys': async (scene) => {
    const page = await openTalk(scene, scene.me)
    await button(page, scene.language.embed.chooseWords).press('Enter')
    await page.locator('.choosing').waitFor()
    await page.keyboard.press('Shift+ArrowDown')
    return page
  },
}
