import type { Page } from 'playwright-core'
import { moderator } from './acts.ts'
import { shown, type Show } from './hands.ts'
import type { Scene } from './scene.ts'
import { failingWebhook } from './webhooks.ts'

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
  'webhooks, one of which fails and one of which is disabled': async (scene) => {
    await failingWebhook(scene)
    return await shown((await openPart(scene, 'webhooks')).locator('.members .fault').first())
  },
  'a webhook with nothing in its fields that could be sent': async (scene) => {
    await failingWebhook(scene)
    const page = await openPart(scene, 'webhooks')
    await page.getByRole('button', { name: 'Change: ' }).first().click()
    await page.locator('.members [type=url]').fill('')
    await page.getByRole('button', { name: 'None' }).first().click()
    await page.getByRole('button', { name: 'Save' }).click()
    return await shown(page.getByText('Choose one at least.'))
  },
  'a webhook that was changed by somebody else meanwhile': async (scene) => {
    await failingWebhook(scene)
    const page = await openPart(scene, 'webhooks')
    await page.getByRole('button', { name: 'Change: ' }).first().click()
    await page.locator('.members [type=text]').fill('The archive')
    await scene.house.stage.db.updateTable('webhook').set({ version: 2, description: 'The desk' }).execute()
    await page.getByRole('button', { name: 'Save' }).click()
    return await shown(page.getByText('Save mine all the same'))
  },
  'the secret of a new webhook': async (scene) => {
    await scene.house.stage.db.deleteFrom('webhook').execute()
    const page = await openPart(scene, 'webhooks')
    await page.locator('[type=url]').fill('https://hooks.example/postil')
    // Told of nothing that other scenes do.
    await page.getByRole('button', { name: 'None' }).click()
    await page.locator('[value="account.erased"]').check()
    await page.getByRole('button', { name: 'Add a webhook' }).click()
    return await shown(page.locator('.secret pre'))
  },
  'the messages to a webhook, some of them given up': async (scene) => {
    await failingWebhook(scene)
    const page = await openPart(scene, 'webhooks')
    await page.getByRole('button', { name: 'Messages: ' }).first().click()
    return await shown(page.locator('.messages .members .fault').first())
  },
  'a webhook about to be deleted': async (scene) => {
    await failingWebhook(scene)
    const page = await openPart(scene, 'webhooks')
    await page.getByRole('button', { name: 'Delete: ' }).first().click()
    return await shown(page.getByRole('button', { name: 'Delete it' }))
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
