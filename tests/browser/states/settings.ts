import type { Page } from 'playwright-core'
import { moderator } from './acts.ts'
import { shown, type Show } from './hands.ts'
import type { Scene } from './scene.ts'

/** A part of the settings, for who publishes the site. */
async function openPart(scene: Scene, part: string): Promise<Page> {
  const page = await scene.visitConsole(await moderator(scene, 'publisher'), `&view=settings&part=${part}`)
  await page.locator('.settings h2, .settings form').first().waitFor()
  return page
}

/** What a publisher settles in the console. */
export const settings: Record<string, Show> = {
  'the settings of a site': async (scene) =>
    shown((await openPart(scene, 'site')).locator('.copied').first()),
  'an origin left out, and one that is none': async (scene) => {
    const page = await openPart(scene, 'site')
    await page.locator('.settings textarea').fill('nonsense')
    await page.locator('.settings [type=submit]').first().click()
    return await shown(page.locator('.faults li'))
  },
  'a page that is set up wrong': async (scene) => {
    const page = await openPart(scene, 'site')
    await page.locator('[type=url]').fill('https://elsewhere.example/')
    await page.locator('.settings [type=submit]').last().click()
    return await shown(page.locator('.findings li').first())
  },
  'who works for a site, with one of them changed': async (scene) => {
    const page = await openPart(scene, 'people')
    await page.locator('.members [aria-expanded]').first().click()
    return await shown(page.locator('.members form select'))
  },
  'somebody invited': async (scene) => {
    const page = await openPart(scene, 'people')
    await page.locator('[type=email]').fill(`${scene.me.id}@elsewhere.example`)
    await page.keyboard.press('Enter')
    return await shown(page.getByText(`${scene.me.id}@elsewhere.example`).first())
  },
  'a key shown once': async (scene) => {
    const page = await openPart(scene, 'keys')
    // What there may be no more than five of.
    await scene.house.stage.db.deleteFrom('site_key').execute()
    await page.getByText('Make a key for articles').click()
    return await shown(page.locator('.secret pre'))
  },
  'the look, tried on an article': async (scene) => {
    const page = await openPart(scene, 'look')
    await page.locator('.colour [type=checkbox]').first().check()
    await page.frameLocator('.preview iframe').locator('postil-discussion .mark').first().waitFor()
    return await shown(page.locator('.preview'))
  },
  'the data of a site': async (scene) => shown((await openPart(scene, 'data')).locator('a.button')),
  'an invitation that no longer works': async (scene) => {
    const page = await scene.visitOwn('/signin/#invitation=made-up-made-up-made-up')
    return await shown(page.locator('h1'))
  },
}
