import type { Page } from 'playwright-core'
import { panel } from '../stage.ts'
import { appeal, markThread, moderator, remove, setHours } from './acts.ts'
import { button, openMenu, openTalk, talk, within, shown, type Show } from './hands.ts'
import type { Scene } from './scene.ts'

/** A comment of who looks, in the conversation. */
async function speak(scene: Scene) {
  const { opening } = await talk(scene)
  return await scene.say(scene.me, scene.language.said.before, { answers: opening })
}

/** The menu of somebody's comment. */
async function menu(scene: Scene, by: Scene['me'] | null) {
  const { opening, question } = await talk(scene)
  const page = await openTalk(scene, by)
  await openMenu(page, question)
  return { page, opening, question }
}

/** What a comment said before it was edited. */
async function openVersions(scene: Scene, prepare?: (page: Page) => Promise<unknown>) {
  const own = await speak(scene)
  const edit = { body: scene.language.said.after, revision: own.revision }
  await scene.call(scene.me, 'PATCH', `comments/${own.id}`, edit)
  const page = await openTalk(scene, null)
  await prepare?.(page)
  await within(page, own, '.by').getByRole('button', { name: scene.language.embed.edited }).click()
  return page
}

/** What is done with a comment, one's own or another's. */
export const comments: Record<string, Show> = {
  'the menu of a comment': async (scene) => {
    const { page } = await menu(scene, scene.me)
    return page
  },
  'the link of a comment copied': async (scene) => {
    const { page } = await menu(scene, null)
    await page.evaluate(() =>
      Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.resolve() } }),
    )
    await button(page, scene.language.more.copyLink).click()
    return await shown(panel(page).getByText(scene.language.more.linkCopied))
  },
  'the link of a comment to be copied by hand': async (scene) => {
    const { page } = await menu(scene, null)
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
    await button(page, scene.language.more.copyLink).click()
    return await shown(panel(page).getByLabel(scene.language.more.copyByHand))
  },
  'a report being written': async (scene) => {
    const { page } = await menu(scene, scene.me)
    await button(page, scene.language.more.report).click()
    return await shown(panel(page).locator('fieldset'))
  },
  'a report sent': async (scene) => {
    const { page } = await menu(scene, scene.me)
    await button(page, scene.language.more.report).click()
    await button(page, scene.language.more.reportSend).click()
    return await shown(panel(page).getByText(scene.language.more.reported))
  },
  'a person just hidden': async (scene) => {
    const { page } = await menu(scene, scene.me)
    await button(page, scene.language.more.hide(scene.bela.name)).click()
    return await shown(button(page, scene.language.more.undoHiding))
  },
  'the versions of a comment': async (scene) => {
    const page = await openVersions(scene)
    return await shown(panel(page).locator('.versions ins').first())
  },
  'versions that the network does not bring': async (scene) => {
    const page = await openVersions(scene, (page) => page.route(/\/revisions\?/, (route) => route.abort()))
    return await shown(panel(page).locator('.versions .problem'))
  },
  'a comment being edited': async (scene) => {
    const own = await speak(scene)
    const page = await openTalk(scene, scene.me)
    await within(page, own, '.actions').getByRole('button', { name: scene.language.embed.edit }).click()
    return await shown(within(page, own, '.composer').locator('.format'))
  },
  'a comment edited elsewhere meanwhile': async (scene) => {
    const { embed, said } = scene.language
    const own = await speak(scene)
    const page = await openTalk(scene, scene.me)
    await within(page, own, '.actions').getByRole('button', { name: embed.edit }).click()
    await scene.call(scene.me, 'PATCH', `comments/${own.id}`, { body: said.after, revision: own.revision })
    scene.house.stage.app.live.published(scene.articleId)
    return await shown(panel(page).getByText(embed.changedMeanwhile))
  },
  'a comment just withdrawn': async (scene) => {
    const own = await speak(scene)
    const page = await openTalk(scene, scene.me)
    await within(page, own, '.actions').getByRole('button', { name: scene.language.embed.withdraw }).click()
    return await shown(button(page, scene.language.more.restore))
  },
  'a comment that waits for a moderator': async (scene) => {
    await talk(scene)
    const body = { body: scene.language.said.before, anchor: scene.anchor(1) }
    await scene.call(scene.me, 'POST', `articles/${scene.articleId}/threads`, body)
    const page = await openTalk(scene, scene.me)
    return await shown(panel(page).locator('.comment.held > .note'))
  },
  'a comment of one’s own that a moderator removed': async (scene) => {
    const own = await speak(scene)
    await remove(scene, own)
    const page = await openTalk(scene, scene.me)
    return await shown(panel(page).locator('.comment.held > .note'))
  },
  'another look being asked for': async (scene) => {
    const own = await speak(scene)
    await remove(scene, own)
    const page = await openTalk(scene, scene.me)
    await button(page, scene.language.more.appeal).click()
    return await shown(panel(page).locator('.ask textarea'))
  },
  'another look asked for': async (scene) => {
    const own = await speak(scene)
    await remove(scene, own)
    await appeal(scene, scene.me, own)
    const page = await openTalk(scene, scene.me)
    return await shown(panel(page).getByText(scene.language.more.appealSent))
  },
  'a warning to be read before one writes on': async (scene) => {
    await remove(scene, await speak(scene), 'warn')
    const page = await openTalk(scene, scene.me)
    return await shown(button(page, scene.language.more.haveRead).first())
  },
  'a slow discussion': async (scene) => {
    await talk(scene)
    await setHours(scene, { slowMode: 90 })
    const page = await openTalk(scene, scene.me)
    return await shown(panel(page).locator('.composer .note[role=status]').last())
  },
  'a closed discussion': async (scene) => {
    await talk(scene)
    await setHours(scene, { readOnly: true })
    const page = await openTalk(scene, scene.me)
    return await shown(panel(page).locator('.composer .note[role=status]').last())
  },
  'a thread marked as answered, and how to mark it': async (scene) => {
    const { opening } = await talk(scene)
    await markThread(scene, opening, 'answered')
    const page = await openTalk(scene, await moderator(scene))
    await button(page, scene.language.more.markThread).click()
    return await shown(panel(page).locator('.badge + .menu'))
  },
}
