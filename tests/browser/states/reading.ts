import type { Page } from 'playwright-core'
import { cutUntilSaid, panel } from '../stage.ts'
import { markThread, remove } from './acts.ts'
import {
  button,
  commentOf,
  field,
  openAt,
  openTalk,
  openWhole,
  settled,
  talk,
  within,
  shown,
  type Show,
} from './hands.ts'
import type { Scene } from './scene.ts'

const threads = /\/threads\?/

/** Answers below answers, as deep as no panel can indent. */
async function talkDeeply(scene: Scene) {
  const { answer } = await talk(scene)
  let last = answer
  for (const [at, text] of scene.language.said.deep.entries())
    last = await scene.say(at % 2 === 0 ? scene.bela : scene.ada, text, { answers: last })
}

/** A reader who has been here, and what was written since. */
async function comeBack(scene: Scene) {
  const { opening } = await talk(scene)
  const first = await openTalk(scene, null)
  await first.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith('postil:read:')))
  await first.close()
  const news = await scene.say(scene.bela, scene.language.said.aside, { answers: opening })
  await scene.say(scene.ada, scene.language.said.before, { paragraph: 3 })
  return { first, news }
}

/** The discussion open; where it is a sheet, as high or as low as it goes. */
async function drawn(scene: Scene, key: 'Home' | 'End'): Promise<Page> {
  const page = await openTalk(scene, scene.me)
  const grip = panel(page).getByRole('slider')
  if (scene.setting.options.isMobile) await grip.press(key)
  return page
}

/** Reading what is said. */
export const reading: Record<string, Show> = {
  'the discussion on its way': async (scene) => {
    const page = await scene.visit(null, { prepare: (page) => page.route(threads, () => undefined) })
    await page.locator('.mark.whole').click()
    return await shown(panel(page).locator('.skeleton'))
  },
  'the discussion not loaded': async (scene) => {
    const page = await scene.visit(null, {
      prepare: (page) => page.route(threads, (route) => route.abort()),
    })
    await page.locator('.mark.whole').click()
    return await shown(button(page, scene.language.embed.retry))
  },
  'nothing said on a passage yet': (scene) => openTalk(scene, null),
  'a thread with answers, for who is not signed in': async (scene) => {
    await talk(scene)
    return await openTalk(scene, null)
  },
  'a thread with answers, for who is signed in, with one of theirs': async (scene) => {
    const { opening } = await talk(scene)
    const own = await scene.say(scene.me, scene.language.said.before, { answers: opening })
    const page = await openTalk(scene, scene.me)
    return await shown(within(page, own, '.actions'))
  },
  'several threads on one paragraph, one of them on some words': async (scene) => {
    const { said, words } = scene.language
    await talk(scene)
    await scene.say(scene.bela, said.aside, { paragraph: 1, words })
    const page = await openTalk(scene, scene.me)
    return await shown(panel(page).locator('.thread .passage'))
  },
  'a thread longer than a page of comments': async (scene) => {
    const { opening } = await talk(scene)
    for (let count = 0; count < 100; count++)
      await scene.say(scene.bela, scene.language.said.aside, { answers: opening })
    const page = await openTalk(scene, null)
    return await shown(button(page, scene.language.embed.more))
  },
  'somebody else reading too': async (scene) => {
    await talk(scene)
    const page = await openTalk(scene, scene.me)
    await openTalk(scene, null)
    return await shown(panel(page).getByText(scene.language.embed.readers(2)))
  },
  'the sheet drawn up': async (scene) => {
    await talk(scene)
    return await drawn(scene, 'End')
  },
  'the sheet drawn down': async (scene) => {
    await talk(scene)
    return await drawn(scene, 'Home')
  },
  'answers deeper than three levels': async (scene) => {
    await talkDeeply(scene)
    const page = await openTalk(scene, null)
    return await shown(button(page, scene.language.embed.continueThread(2)))
  },
  'a branch shown alone': async (scene) => {
    await talkDeeply(scene)
    const page = await openTalk(scene, null)
    await button(page, scene.language.embed.continueThread(2)).press('Enter')
    return await shown(button(page, scene.language.embed.wholeThread))
  },
  'answers folded, with something new among them': async (scene) => {
    const { question } = await talk(scene)
    const page = await openTalk(scene, null)
    await commentOf(page, question).locator('.fold').press('Enter')
    await scene.say(scene.bela, scene.language.said.aside, { answers: question })
    return await shown(panel(page).locator('.count'))
  },
  'new comments waiting behind a button': async (scene) => {
    const { question } = await talk(scene)
    const page = await openTalk(scene, scene.me)
    const { embed, said } = scene.language
    await field(page, embed.writeOnPassage).fill(said.before)
    await scene.say(scene.bela, said.aside, { answers: question })
    return await shown(panel(page).locator('.fresh'))
  },
  'unread comments with dots, counted in the head': async (scene) => {
    const { first, news } = await comeBack(scene)
    const page = await scene.again(first)
    await openAt(page, scene.paragraph(1))
    await within(page, news, '.by .dot').waitFor()
    return await shown(panel(page).locator('.to-unread'))
  },
  'all marked as read': async (scene) => {
    const { first } = await comeBack(scene)
    const page = await scene.again(first)
    await openAt(page, scene.paragraph(1))
    await button(page, scene.language.more.markAllRead).press('Enter')
    return await shown(panel(page).locator('.all-read'))
  },
  'the comment that a link leads to': async (scene) => {
    const { answer } = await talk(scene)
    const page = await scene.visit(null, { hash: `#postil=${answer.threadId}/${answer.id}` })
    await panel(page).locator('.comment.linked').waitFor()
    await settled(page)
    return page
  },
  'what is left of comments that were withdrawn or removed': async (scene) => {
    const { question, answer } = await talk(scene)
    await scene.say(scene.bela, scene.language.said.aside, { answers: answer })
    await scene.call(scene.bela, 'POST', `comments/${question.id}/withdrawal`)
    await remove(scene, answer)
    const page = await openTalk(scene, null)
    return await shown(panel(page).getByText(scene.language.embed.removed))
  },
  'the line to the server broken': async (scene) => {
    await talk(scene)
    const page = await openTalk(scene, scene.me)
    const { reconnecting } = scene.language.embed
    await cutUntilSaid(scene.house.stage, page, reconnecting)
    return await shown(panel(page).getByText(reconnecting))
  },
  'a part that the network does not bring': async (scene) => {
    const { opening } = await talk(scene)
    const page = await openTalk(scene, null)
    await page.route(/\/assets\/CommentMenu-/, (route) => route.abort())
    await within(page, opening, '.actions').locator('[aria-expanded]').click()
    return await shown(button(page, scene.language.embed.retry))
  },
  'the whole article, with nothing said': async (scene) => {
    const page = await scene.visit(null)
    await openWhole(page)
    return page
  },
  'the whole article, for who is signed in': async (scene) => {
    await talk(scene)
    await scene.say(scene.ada, scene.language.said.before, 'article')
    const page = await scene.visit(scene.me)
    await openWhole(page)
    return await shown(button(page, scene.language.more.followArticle))
  },
  'the list of all passages, one of them open': async (scene) => {
    const { said, words, embed } = scene.language
    const { opening } = await talk(scene)
    await scene.say(scene.ada, said.before, 'article')
    await scene.say(scene.bela, said.aside, { paragraph: 1, words })
    await markThread(scene, opening, 'answered')
    const page = await scene.visit(scene.me)
    await openWhole(page)
    await button(page, embed.allPassages(3)).click()
    await panel(page).locator('.item').nth(1).click()
    return await shown(panel(page).locator('.badge svg'))
  },
}
