import type { Page } from 'playwright-core'
import { appeal, moderator, objectTo, remove, report } from './acts.ts'
import { shown, talk, type Show } from './hands.ts'
import type { Scene } from './scene.ts'

/** Three comments that readers reported. */
async function reported(scene: Scene): Promise<void> {
  const { opening, question, answer } = await talk(scene)
  for (const comment of [opening, question, answer]) await report(scene, scene.me, comment)
}

/** The queue of who leads the moderation, with a case on the card. */
async function openQueue(scene: Scene): Promise<Page> {
  const page = await scene.visitConsole(await moderator(scene, 'lead'))
  await page.locator('.card .text').waitFor()
  return page
}

async function openReported(scene: Scene): Promise<Page> {
  await reported(scene)
  return await openQueue(scene)
}

/** A removed comment whose author wants another look. */
async function openAppeal(scene: Scene): Promise<Page> {
  const own = await scene.say(scene.me, scene.language.said.before, { paragraph: 1 })
  await remove(scene, own)
  await appeal(scene, scene.me, own)
  const page = await openQueue(scene)
  await shown(page.locator('.appeal textarea'))
  return page
}

/** A case that a colleague decided while somebody had it before them. */
async function openDecided(scene: Scene): Promise<Page> {
  const own = await scene.say(scene.me, scene.language.said.before, { paragraph: 1 })
  await report(scene, await moderator(scene), own)
  const page = await openQueue(scene)
  await remove(scene, own)
  await shown(page.locator('.foot .word'))
  // Nothing else waits, so it is in hand again as it is now.
  await page.keyboard.press('a')
  return await shown(page.locator('.objecting input'))
}

async function openBulk(scene: Scene): Promise<Page> {
  const page = await openReported(scene)
  await page.keyboard.press('x')
  await page.locator('.bulk .examples').waitFor({ state: 'attached' })
  return page
}

async function openRules(scene: Scene): Promise<Page> {
  const page = await scene.visitConsole(await moderator(scene, 'lead'), '&view=rules')
  await page.locator('.add-hours').first().click()
  return page
}

/** What moderators have before them. */
export const judging: Record<string, Show> = {
  'a case on the card': openReported,
  'the keys of a case': async (scene) => {
    const page = await openReported(scene)
    await page.keyboard.press('?')
    return await shown(page.locator('dialog[open] .keys'))
  },
  'the reasons for a rejection': async (scene) => {
    const page = await openReported(scene)
    await page.keyboard.press('r')
    return await shown(page.locator('.reasons button').first())
  },
  'a text translated by a machine': async (scene) => {
    const page = await openReported(scene)
    await page.keyboard.press('l')
    return await shown(page.locator('#translation blockquote'))
  },
  'an appeal on the card': openAppeal,
  'an appeal to be answered in words': async (scene) => {
    const page = await openAppeal(scene)
    await page.locator('.appeal .approve').click()
    return await shown(page.locator('.appeal .fault'))
  },
  'a case that a colleague was faster with': openDecided,
  'an objection to be said in words': async (scene) => {
    const page = await openDecided(scene)
    await page.keyboard.press('e')
    await page.keyboard.press('Enter')
    return await shown(page.locator('.objecting .fault'))
  },
  'an objection on the card': async (scene) => {
    const own = await scene.say(scene.me, scene.language.said.before, { paragraph: 1 })
    await objectTo(scene, await remove(scene, own))
    const page = await openQueue(scene)
    return await shown(page.locator('.card .proposal'))
  },
  'the fields of a filter': async (scene) => {
    const page = await openReported(scene)
    await page.keyboard.press('f')
    return await shown(page.locator('#filter select').first())
  },
  'a filter that finds nothing': async (scene) => {
    const page = await scene.visitConsole(await moderator(scene, 'lead'), '&standing=clean')
    return await shown(page.locator('main .button'))
  },
  'many cases about to be decided': openBulk,
  'many cases about to be rejected, and why': async (scene) => {
    const page = await openBulk(scene)
    await page.keyboard.press('r')
    await page.keyboard.press('1')
    return await shown(page.locator('.bulk .confirm'))
  },
  'many cases being decided': async (scene) => {
    const page = await openBulk(scene)
    await page.route(/\/bulks\//, () => undefined)
    await page.keyboard.press('a')
    await page.locator('.bulk .confirm').click()
    return await shown(page.locator('.bulk progress'))
  },
  'many cases that the network left half decided': async (scene) => {
    const page = await openBulk(scene)
    await page.route(/\/bulks\//, (route) => route.abort())
    await page.keyboard.press('a')
    await page.locator('.bulk .confirm').click()
    return await shown(page.locator('.bulk .resume'))
  },
  'many cases decided': async (scene) => {
    const page = await openBulk(scene)
    await page.keyboard.press('a')
    await page.locator('.bulk .confirm').click()
    await page.locator('.bulk').waitFor({ state: 'detached' })
    return await shown(page.locator('.foot .last'))
  },
  'many cases undone': async (scene) => {
    const page = await openBulk(scene)
    await page.keyboard.press('a')
    await page.locator('.bulk .confirm').click()
    await page.locator('.bulk').waitFor({ state: 'detached' })
    await page.keyboard.press('u')
    return await shown(page.locator('.card .text'))
  },
  'many cases undone, but for one that was edited since': async (scene) => {
    const page = await openBulk(scene)
    await page.keyboard.press('r')
    await page.keyboard.press('1')
    await page.locator('.bulk .confirm').click()
    await page.locator('.bulk').waitFor({ state: 'detached' })
    const { stage } = scene.house
    const { id } = await stage.db
      .selectFrom('comment')
      .select('id')
      .where('author_id', '=', scene.bela.id)
      .executeTakeFirstOrThrow()
    await scene.call(scene.bela, 'PATCH', `comments/${id}`, { body: scene.language.said.aside, revision: 1 })
    await page.keyboard.press('u')
    return await shown(page.locator('.foot .word'))
  },
  'the rules, with hours of every week': async (scene) => {
    const page = await openRules(scene)
    return await shown(page.locator('.schedule .days').first())
  },
  'the rules, with a slow hour that passes midnight': async (scene) => {
    const page = await openRules(scene)
    const hours = page.locator('.schedule').first()
    await hours.locator('select').first().selectOption({ index: 1 })
    await hours.locator('[type=time]').first().fill('22:00')
    await hours.locator('[type=time]').last().fill('06:00')
    return await shown(hours.locator('.hint'))
  },
}
