import { mkdir, readFile } from 'node:fs/promises'
import type { BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings, sideways } from './publisher.ts'
import { consoleStates, states } from './states.ts'
import { openHouse, Scene, type House, type Setting } from './states/scene.ts'

/** Where pictures of all states are put; then they are looked at in more settings. */
const folder = process.env['SCREENSHOTS']

const desktop: BrowserContextOptions = { viewport: { width: 1440, height: 900 } }
const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const setting = (
  device: 'desktop' | 'phone',
  colorScheme: 'light' | 'dark',
  language: Setting['language'],
) => ({
  name: `${device}-${colorScheme}-${language}`,
  language,
  states,
  options: { ...(device === 'phone' ? phone : desktop), colorScheme },
})
/** Moderators sit at it for hours, some with colours of their own. */
const forced = (device: 'desktop' | 'phone') => {
  const plain = setting(device, 'dark', 'en')
  const options = { ...plain.options, forcedColors: 'active' as const }
  return { ...plain, name: `${device}-forced-en`, options, states: consoleStates }
}
const always = [setting('desktop', 'light', 'en'), setting('phone', 'dark', 'ar'), forced('desktop')]
const forPictures = [
  setting('desktop', 'dark', 'en'),
  setting('phone', 'light', 'en'),
  setting('phone', 'dark', 'en'),
  setting('desktop', 'light', 'ar'),
  setting('desktop', 'dark', 'ja'),
  setting('phone', 'light', 'ja'),
  forced('phone'),
]
const only = process.env['SETTINGS']?.split(',')

let house: House
beforeAll(async () => {
  house = await openHouse()
  if (folder) await mkdir(folder, { recursive: true })
})
afterAll(() => house.close())

describe.each([...always, ...(folder ? forPictures : [])].filter(({ name }) => !only || only.includes(name)))(
  'axe finds nothing, and nothing scrolls sideways, on $name:',
  (where) => {
    it.each(where.states)('%s', async (name, show) => {
      const scene = await Scene.begin(house, where)
      try {
        const page = await show(scene)
        if (folder)
          await page.screenshot({ path: `${folder}/${where.name}/${name.replace(/[^a-z]+/gi, '-')}.png` })
        expect(await axeFindings(page)).toEqual([])
        expect(await sideways(page)).toBe(0)
      } finally {
        await scene.end()
      }
    })
  },
)

it('docs/accessibility.md lists these states', async () => {
  const document = await readFile(new URL('../../docs/accessibility.md', import.meta.url), 'utf8')
  const section = document.split('## What axe looks at')[1]?.split('\n## ')[0] ?? ''
  expect(section.match(/(?<=^- ).+/gm)).toEqual(states.map(([name]) => name))
})
