import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { build } from 'vite'

const words = 5_000
const perParagraph = 50
const syllables = [
  'ta',
  'ri',
  'mo',
  'ken',
  'su',
  'lap',
  'or',
  'ed',
  'vi',
  'non',
  'gra',
  'el',
  'pu',
  'sten',
  'ya',
]

/**
 * Milliseconds for which a browser looks for 500 passages of a page of 5,000 words whose every tenth paragraph has been edited
 * since: on a page just opened, as the code is run once.
 */
export async function timeAnchoring(browser: Browser, anchors: number): Promise<number> {
  const page = await browser.newPage()
  try {
    const before = Array.from({ length: words / perParagraph }, (_, nth) => paragraph(nth))
    const after = before.map((text, nth) => (nth % 10 === 0 ? text.replace(/(\w+) (\w+)/, 'newly $2') : text))
    const module = `data:text/javascript;base64,${Buffer.from(await bundled()).toString('base64')}`
    return await page.evaluate(look, { module, before, after, anchors })
  } finally {
    await page.close()
  }
}

/** Words that are as rare as those of a language are: some often, most hardly ever. */
function paragraph(nth: number): string {
  return Array.from({ length: perParagraph }, (_, at) => {
    const dice = (nth * 7919 + at * 104_729) % 9_973
    return [dice % 15, dice % 11, dice % 7]
      .map((one) => syllables[one])
      .slice(0, 1 + (dice % 3))
      .join('')
  }).join(' ')
}

async function bundled(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      lib: {
        entry: fileURLToPath(new URL('../../core/anchoring/index.ts', import.meta.url)),
        formats: ['es'],
      },
    },
  })
  const bundle = [built].flat()[0]
  if (!bundle || !('output' in bundle)) throw new Error('the anchoring was not built')
  return bundle.output[0].code
}

/** Runs in the page. */
async function look(given: {
  module: string
  before: string[]
  after: string[]
  anchors: number
}): Promise<number> {
  const { describe, locate, prepare } = (await import(
    given.module
  )) as typeof import('../../core/anchoring/index.ts')
  const described = Array.from({ length: given.anchors }, (_, nth) => {
    const block = nth % given.before.length
    const start = (nth * 13) % 100
    return describe(given.before, { block, start, endBlock: block, end: start + 60 })
  })
  const began = performance.now()
  const page = prepare(given.after)
  const found = described.filter((anchor) => locate(page, anchor) !== null)
  const took = performance.now() - began
  if (found.length < given.anchors * 0.9)
    throw new Error(`${found.length} of ${given.anchors} passages were found`)
  return took
}
