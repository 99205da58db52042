import type { Locator, Page, Route } from 'playwright-core'
import { commentLimit } from '../../../core/text/limits.ts'
import { panel } from '../stage.ts'
import { endSession, remove } from './acts.ts'
import { button, field, openTalk, openTalkOn, talk, within, shown, type Show } from './hands.ts'
import type { Scene } from './scene.ts'

/** The field for a new thread, with the focus in it and its tools. */
async function write(scene: Scene, page: Page, text: string): Promise<Locator> {
  const box = field(page, scene.language.embed.writeOnPassage)
  await box.focus()
  await panel(page).locator('.format').waitFor()
  await box.fill(text)
  return box
}

/** A discussion with a field in use, of who is signed in. */
async function begin(scene: Scene, text: string): Promise<{ page: Page; box: Locator }> {
  await talk(scene)
  const page = await openTalk(scene, scene.me)
  return { page, box: await write(scene, page, text) }
}

/** What comes of a thread or an answer that is posted: by default, no connection. */
const whenPosted = (page: Page, act: (route: Route) => unknown = (route) => route.abort()) =>
  page.route(/\/(threads|comments)$/, (route) =>
    route.request().method() === 'POST' ? act(route) : route.continue(),
  )

/** Writing, and what becomes of it on its way. */
export const writing: Record<string, Show> = {
  'a field in use, with its toolbar': async (scene) => {
    const { page } = await begin(scene, scene.language.said.before)
    return page
  },
  'a draft of who is not signed in': async (scene) => {
    const page = await openTalk(scene, null)
    await write(scene, page, scene.language.said.before)
    return page
  },
  'a preview': async (scene) => {
    const { said, more } = scene.language
    const { page } = await begin(scene, `> ${said.question}\n\n${said.opening}\n\n- ${said.aside}`)
    await button(page, more.preview).click()
    return await shown(panel(page).locator('.preview strong'))
  },
  'a preview that the network does not bring': async (scene) => {
    const { page } = await begin(scene, scene.language.said.before)
    await page.route(/\/preview$/, (route) => route.abort())
    await button(page, scene.language.more.preview).click()
    return await shown(panel(page).locator('.preview .problem'))
  },
  'names offered after an @': async (scene) => {
    const { page, box } = await begin(scene, '')
    await box.pressSequentially(`@${scene.ada.name.slice(0, 1)}`)
    return await shown(panel(page).locator('.people li'))
  },
  'few characters left': async (scene) => {
    const { page } = await begin(scene, 'a '.repeat(commentLimit / 2 - 20))
    return await shown(panel(page).getByText(scene.language.embed.left(40)))
  },
  'too many characters': async (scene) => {
    const { page } = await begin(scene, 'a '.repeat(commentLimit / 2 + 20))
    return await shown(panel(page).locator('.composer .problem'))
  },
  'a draft from another tab': async (scene) => {
    const { said } = scene.language
    const { page, box } = await begin(scene, '')
    await box.pressSequentially(said.before.slice(0, 10))
    const other = await scene.again(page)
    await openTalkOn(scene, other, scene.me)
    await (await write(scene, other, said.after)).blur()
    await other.close()
    return await shown(panel(page).locator('.other'))
  },
  'a browser that keeps nothing': async (scene) => {
    await talk(scene)
    const page = await scene.visit(scene.me, {
      prepare: (page) =>
        page.addInitScript(() => {
          const blocked = () => {
            throw new DOMException('blocked', 'SecurityError')
          }
          indexedDB.open = blocked
          Object.defineProperty(window, 'localStorage', { get: blocked })
        }),
    })
    await openTalkOn(scene, page, scene.me)
    await (await write(scene, page, '')).pressSequentially('ab')
    return await shown(panel(page).getByText(scene.language.embed.unkept))
  },
  'a comment on its way': async (scene) => {
    const { page, box } = await begin(scene, scene.language.said.before)
    await whenPosted(page, () => undefined)
    await box.press('Control+Enter')
    return await shown(panel(page).locator('.comment.sending'))
  },
  'a comment waiting for the network': async (scene) => {
    const { page, box } = await begin(scene, scene.language.said.before)
    await whenPosted(page)
    await box.press('Control+Enter')
    return await shown(button(page, scene.language.embed.tryNow))
  },
  'a comment waiting for its author to sign in': async (scene) => {
    const { page, box } = await begin(scene, scene.language.said.before)
    await whenPosted(page)
    await box.press('Control+Enter')
    await button(page, scene.language.embed.tryNow).waitFor()
    await endSession(scene)
    await page.unrouteAll()
    await button(page, scene.language.embed.tryNow).click()
    return await shown(button(page, scene.language.embed.signInToSend))
  },
  'a comment that the server refused when its turn came': async (scene) => {
    const { opening } = await talk(scene)
    const page = await openTalk(scene, scene.me)
    const { embed, said } = scene.language
    await within(page, opening, '.actions').getByRole('button', { name: embed.reply }).click()
    await whenPosted(page)
    const box = within(page, opening, '.composer').locator('textarea')
    await box.fill(said.before)
    await box.press('Control+Enter')
    await button(page, embed.tryNow).waitFor()
    await page.unrouteAll()
    await remove(scene, opening)
    await button(page, embed.tryNow).click()
    return await shown(panel(page).locator('.comment > .problem'))
  },
  'a comment that the server does not take, kept in its field': async (scene) => {
    const { page, box } = await begin(scene, scene.language.said.before)
    await whenPosted(page, (route) =>
      route.fulfill({
        status: 429,
        headers: {
          'access-control-allow-origin': new URL(page.url()).origin,
          'access-control-allow-credentials': 'true',
        },
        json: { type: '/problems/too-many', title: 'Too many requests', status: 429 },
      }),
    )
    await box.press('Control+Enter')
    return await shown(panel(page).locator('.composer').getByText(scene.language.embed.problems[429]))
  },
  'a session that ran out while somebody wrote': async (scene) => {
    const { page, box } = await begin(scene, scene.language.said.before)
    await endSession(scene)
    await box.press('Control+Enter')
    return await shown(panel(page).getByText(scene.language.embed.signInLapsed))
  },
  'the sign-in window blocked': async (scene) => {
    const page = await openTalk(scene, null)
    await page.evaluate(() => (window.open = () => null))
    await button(page, scene.language.embed.signIn).click()
    return await shown(panel(page).getByText(scene.language.embed.popupBlocked))
  },
  'an answer being written': async (scene) => {
    const { opening } = await talk(scene)
    const page = await openTalk(scene, scene.me)
    await within(page, opening, '.actions')
      .getByRole('button', { name: scene.language.embed.replyTo(scene.ada.name) })
      .click()
    return await shown(within(page, opening, '.composer').locator('.format'))
  },
}
