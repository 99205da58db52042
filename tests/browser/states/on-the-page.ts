import { react } from './acts.ts'
import { button, mark, openAt, openTalk, select, talk, shown, type Show } from './hands.ts'

/** What stands on the page while no discussion is open. */
export const onThePage: Record<string, Show> = {
  'marks at rest: with comments, with reactions only, with neither': async (scene) => {
    await talk(scene)
    await react(scene, scene.bela, 2, 'helpful')
    const page = await scene.visit(null)
    return await shown(page.locator('.mark.reacted'))
  },
  'a mark with the focus': async (scene) => {
    await talk(scene)
    const page = await scene.visit(null)
    await page.locator('.mark:not(.quiet)').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await mark(page, scene.paragraph(1)).and(page.locator(':focus-visible')).waitFor()
    return page
  },
  'words selected, with the button beside them': async (scene) => {
    const page = await scene.visit(null)
    await select(page, scene.language.words)
    return page
  },
  'a mark with the dot of what is unread': async (scene) => {
    const { opening } = await talk(scene)
    const first = await openTalk(scene, null)
    await first.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith('postil:read:')))
    await first.close()
    await scene.say(scene.bela, scene.language.said.aside, { answers: opening })
    const page = await scene.again(first)
    await openAt(page, scene.paragraph(3))
    await page.keyboard.press('Escape')
    return await shown(page.locator('.mark.new'))
  },
  'the marks hidden': async (scene) => {
    await talk(scene)
    const page = await openTalk(scene, null)
    await button(page, scene.language.embed.hideMarks).click()
    return await shown(button(page, scene.language.embed.showMarks))
  },
  'the network does not bring the discussion': async (scene) => {
    const page = await scene.visit(null, {
      prepare: (page) => page.route(/\/assets\/view-/, (route) => route.abort()),
    })
    await mark(page, scene.paragraph(1)).click()
    return await shown(page.locator('.notice[role=alert]'))
  },
}
