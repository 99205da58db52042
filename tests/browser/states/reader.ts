import type { Page } from 'playwright-core'
import { panel } from '../stage.ts'
import { react, told } from './acts.ts'
import { button, openTalk, openTalkOn, talk, shown, type Show } from './hands.ts'
import type { Scene } from './scene.ts'

const inbox = /\/inbox\?/

/** A reader who was answered twice. */
async function answered(scene: Scene): Promise<void> {
  const { said } = scene.language
  const { opening } = await talk(scene)
  const own = await scene.say(scene.me, said.before, { answers: opening })
  await scene.say(scene.ada, said.question, { answers: own })
  await scene.say(scene.bela, said.aside, { answers: own })
  await told(scene, 2)
}

async function openInbox(page: Page): Promise<void> {
  await panel(page).locator('.bell').click()
  await panel(page).locator('.back').waitFor()
}

async function openSettings(scene: Scene): Promise<Page> {
  await answered(scene)
  const page = await openTalk(scene, scene.me)
  await openInbox(page)
  await button(page, scene.language.more.followSettings).click()
  await panel(page).locator('.settings').waitFor()
  return page
}

/** What a reader reacts to, follows and is told of. */
export const reader: Record<string, Show> = {
  'reactions, one of them one’s own': async (scene) => {
    await talk(scene)
    for (const by of [scene.ada, scene.bela]) await react(scene, by, 1, 'agree')
    const page = await openTalk(scene, scene.me)
    await panel(page).locator('.react button').first().click()
    return await shown(panel(page).locator('.react [aria-pressed=true]'))
  },
  'a reaction that was not saved': async (scene) => {
    const page = await openTalk(scene, scene.me)
    await page.route(/\/reaction$/, (route) => route.abort())
    await panel(page).locator('.react button').first().click()
    return await shown(panel(page).locator('.reactions .problem'))
  },
  'a typo being reported': async (scene) => {
    const page = await openTalk(scene, scene.me)
    await button(page, scene.language.more.typo).click()
    return await shown(panel(page).locator('.ask textarea'))
  },
  'a typo reported': async (scene) => {
    await talk(scene)
    const page = await openTalk(scene, scene.me)
    await button(page, scene.language.more.typo).click()
    await button(page, scene.language.more.typoSend).click()
    return await shown(button(page, scene.language.more.takeBack))
  },
  'a thread followed': async (scene) => {
    await talk(scene)
    const page = await openTalk(scene, scene.me)
    await button(page, scene.language.more.follow).click()
    return await shown(panel(page).locator('.follow[aria-pressed=true]'))
  },
  'a thread that could not be followed': async (scene) => {
    await talk(scene)
    const page = await openTalk(scene, scene.me)
    await page.route(/\/follows$/, (route) => route.abort())
    await button(page, scene.language.more.follow).click()
    return await shown(panel(page).locator('.thread > .problem'))
  },
  'an inbox with nothing in it': async (scene) => {
    const page = await openTalk(scene, scene.me)
    await openInbox(page)
    return await shown(panel(page).getByText(scene.language.more.inboxEmpty))
  },
  'the bell counting what is unread': async (scene) => {
    await answered(scene)
    const page = await openTalk(scene, scene.me)
    return await shown(panel(page).locator('.bell span'))
  },
  'an inbox with something unread': async (scene) => {
    await answered(scene)
    const page = await openTalk(scene, scene.me)
    await openInbox(page)
    return await shown(panel(page).locator('.entry').nth(1))
  },
  'the inbox on its way': async (scene) => {
    await talk(scene)
    const page = await scene.visit(scene.me, { prepare: (page) => page.route(inbox, () => undefined) })
    await openTalkOn(scene, page, scene.me)
    await openInbox(page)
    return await shown(panel(page).locator('.skeleton'))
  },
  'the inbox not loaded': async (scene) => {
    const page = await scene.visit(scene.me, {
      prepare: (page) => page.route(inbox, (route) => route.abort()),
    })
    await openTalkOn(scene, page, scene.me)
    await openInbox(page)
    return await shown(button(page, scene.language.embed.retry))
  },
  'what one follows, and when mail comes': async (scene) => {
    const page = await openSettings(scene)
    return await shown(panel(page).locator('.settings select').first())
  },
  'mail that came back': async (scene) => {
    await scene.house.stage.db
      .updateTable('account')
      .set({ mail_stopped_at: new Date(), mail_stopped_reason: '550 5.1.1 No such mailbox' })
      .where('id', '=', scene.me.id)
      .execute()
    const page = await openSettings(scene)
    return await shown(panel(page).locator('.ask .note'))
  },
}
