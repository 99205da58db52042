import type { Locator, Page } from 'playwright-core'
import type { CommentView } from '../../../core/contract/threads.ts'
import type { Actor } from '../../../server/people/index.ts'
import { panel } from '../stage.ts'
import type { Scene } from './scene.ts'

/** Brings a state about on a page. */
export type Show = (scene: Scene) => Promise<Page>

/** The mark of a paragraph. */
export const mark = (page: Page, passage: string): Locator =>
  page.locator(`postil-discussion .mark[aria-label*="${passage.slice(0, 12)}"]`)

/** A button in the panel. */
export const button = (page: Page, name: string): Locator =>
  panel(page).getByRole('button', { name, exact: true })

/** A field in the panel. */
export const field = (page: Page, label: string): Locator =>
  panel(page).getByRole('textbox', { name: label, exact: true })

/** A comment as it is drawn. */
export const commentOf = (page: Page, { id }: { id: string }): Locator =>
  panel(page).locator(`.comment[data-comment="${id}"]`)

/** What a comment itself shows, not what answers it. */
export const within = (page: Page, comment: { id: string }, part: string): Locator =>
  commentOf(page, comment).locator(`> ${part}`)

/** Opens the discussion of a paragraph, and waits for all that comes with it. */
export async function openAt(page: Page, passage: string): Promise<void> {
  await mark(page, passage).click()
  await settled(page)
}

/** Opens the discussion of the whole article. */
export async function openWhole(page: Page): Promise<void> {
  await page.locator('postil-discussion .mark.whole').click()
  await settled(page)
}

/** Waits for what comes a moment after the panel. */
export async function settled(page: Page): Promise<void> {
  await panel(page).locator('.composer').first().waitFor()
  await panel(page).locator('.skeleton').waitFor({ state: 'detached' })
  if ((await panel(page).locator('.reactions').count()) > 0) await panel(page).locator('.react').waitFor()
}

/** Selects words of the article. */
export async function select(page: Page, words: string): Promise<void> {
  await page.locator('postil-discussion .mark').first().waitFor({ state: 'attached' })
  await page.evaluate((wanted) => {
    for (const paragraph of document.querySelectorAll('article p')) {
      const text = paragraph.firstChild
      const at = text?.nodeValue?.indexOf(wanted) ?? -1
      if (!text || at < 0) continue
      paragraph.scrollIntoView({ block: 'center' })
      return document.getSelection()?.setBaseAndExtent(text, at, text, at + wanted.length)
    }
    throw new Error(`“${wanted}” is not on the page`)
  }, words)
  await page.locator('postil-discussion .on-selection').waitFor()
}

/** Opens the discussion on selected words. */
export async function openOn(page: Page, words: string): Promise<void> {
  await select(page, words)
  await page.locator('postil-discussion .on-selection').click()
  await settled(page)
}

/** Waits for what a state is about, and brings it into view. */
export async function shown(locator: Locator): Promise<Page> {
  await locator.waitFor()
  await locator.scrollIntoViewIfNeeded()
  return locator.page()
}

/** Opens the menu of a comment. */
export async function openMenu(page: Page, comment: CommentView): Promise<void> {
  await within(page, comment, '.actions').locator('[aria-expanded]').click()
  await within(page, comment, '.menu').waitFor()
}

/** A conversation beside the second paragraph, which most states are about. */
export async function talk(scene: Scene) {
  const { said } = scene.language
  const opening = await scene.say(scene.ada, said.opening, { paragraph: 1 })
  const question = await scene.say(scene.bela, said.question, { answers: opening })
  const answer = await scene.say(scene.ada, said.answer, { answers: question })
  return { opening, question, answer }
}

/** Opens that discussion on a page, as who is signed in there. */
export async function openTalkOn(scene: Scene, page: Page, by: Actor | null): Promise<void> {
  await openAt(page, scene.paragraph(1))
  if (by) await panel(page).locator('.bell').waitFor()
}

/** The page with the discussion of the second paragraph open. */
export async function openTalk(scene: Scene, by: Actor | null): Promise<Page> {
  const page = await scene.visit(by)
  await openTalkOn(scene, page, by)
  return page
}
