import type { Page } from 'playwright-core'
import { mailLink, markThread } from './acts.ts'
import { button, openTalk, talk, shown, type Show } from './hands.ts'
import type { Scene } from './scene.ts'

async function signInWindow(scene: Scene): Promise<Page> {
  const page = await openTalk(scene, null)
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    button(page, scene.language.embed.signIn).click(),
  ])
  return await shown(popup.locator('form input').first())
}

/** Pages of Postil's own that a reader comes to. */
export const pages: Record<string, Show> = {
  'the sign-in window': signInWindow,
  'the sign-in window, to create an account, with fields not filled in': async (scene) => {
    const popup = await signInWindow(scene)
    await popup.getByRole('button', { name: scene.language.signin.create }).first().click()
    await popup.locator('form .main').click()
    return await shown(popup.locator('.fault').first())
  },
  'the sign-in window, with a wrong password shown': async (scene) => {
    const popup = await signInWindow(scene)
    await popup.locator('#email').fill('ada@demo.example')
    await popup.locator('#password').fill('not this one')
    await popup.locator('.show').click()
    await popup.locator('form .main').click()
    return await shown(popup.getByText(scene.language.signin.problem.wrong))
  },
  'the sign-in window without an article': async (scene) => {
    const page = await scene.visitOwn('/signin/?site=demo')
    return await shown(page.getByRole('heading'))
  },
  'the discussion of an article, without script': async (scene) => {
    const { opening } = await talk(scene)
    const { said } = scene.language
    await scene.say(scene.me, said.before, 'article')
    await markThread(scene, opening, 'answered')
    const page = await scene.visitOwn(`/d/${scene.articleId}`)
    return await shown(page.locator('blockquote').first())
  },
  'a thread, without script': async (scene) => {
    const { opening } = await talk(scene)
    return await scene.visitOwn(`/d/${scene.articleId}/${opening.threadId}`)
  },
  'a comment with what it answers, without script': async (scene) => {
    const { question } = await talk(scene)
    const page = await scene.visitOwn(`/c/${question.id}`)
    return await shown(page.locator('[aria-current]'))
  },
  'the report of who has no account': async (scene) => {
    const { question } = await talk(scene)
    const page = await scene.visitOwn(`/report/${question.id}`)
    return await shown(page.getByRole('radio').first())
  },
  'the report of who has no account, received': async (scene) => {
    const { question } = await talk(scene)
    const page = await scene.visitOwn(`/report/${question.id}`)
    await page.getByRole('radio').first().check()
    await page.locator('[name=text]').fill(scene.language.said.aside)
    await page.locator('[name=name]').fill(scene.language.names.bela)
    await page.locator('[name=email]').fill('bela@reader.example')
    await page.locator('[name=faith]').check()
    await page.locator('form.report button').click()
    await page.locator('form.report').waitFor({ state: 'detached' })
    return page
  },
  'an address at which nothing stands': (scene) => scene.visitOwn('/c/nothing'),
  'switching mail off by its link': async (scene) => {
    const page = await scene.visitOwn(await mailLink(scene))
    return await shown(page.locator('form button'))
  },
  'mail switched off by its link': async (scene) => {
    const page = await scene.visitOwn(await mailLink(scene))
    await page.locator('form button').click()
    await page.locator('form').waitFor({ state: 'detached' })
    return page
  },
  'a link of a mail that is not known': (scene) => scene.visitOwn('/unsubscribe/not-known'),
  'the start page': (scene) => scene.visitOwn('/'),
}
