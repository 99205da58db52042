import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { locate, prepare } from '../../core/anchoring/index.ts'
import { normalise } from '../../core/anchoring/normalize.ts'
import { importArticle } from '../../server/articles/index.ts'
import { inPageScript, type InPage } from './bundle.ts'
import { textAt } from './in-page.ts'
import { openBrowser } from './stage.ts'

const folder = fileURLToPath(new URL('../../../shared/article/pages/', import.meta.url))
const pages = existsSync(folder) ? readdirSync(folder) : []
if (pages.length === 0) console.log('Skipped: the real pages (../shared/article/pages) are not here.')

const count = 40
const seed = Number(process.env['SEED'] ?? 20240726)
const address = 'https://publisher.example/article'

declare const window: { inPage: InPage }

let browser: Browser
let script: string
beforeAll(async () => {
  ;[browser, script] = await Promise.all([openBrowser(), inPageScript()])
  console.log(`Passages are chosen with SEED=${seed}.`)
})
afterAll(() => browser.close())

/** The page as it was served; nothing of its own runs, nothing is fetched. */
async function open(source: string): Promise<Page> {
  const context = await browser.newContext()
  await context.addInitScript({ content: script })
  await context.route('**', (route) =>
    route.request().url() === address
      ? route.fulfill({
          body: source,
          contentType: 'text/html; charset=utf-8',
          headers: { 'content-security-policy': "default-src 'none'" },
        })
      : route.abort(),
  )
  const page = await context.newPage()
  await page.goto(address, { waitUntil: 'domcontentloaded' })
  return page
}

const plain = (text: string) => normalise(text).text.trim()
/** Where paragraphs meet, the page has white space or none; it is not what is compared. */
const dense = (text: string) => plain(text).replaceAll(' ', '')

describe.runIf(pages.length > 0)(`of ${count} passages of a real page`, () => {
  test.each(pages)('%s: all are found in the page again, and in its import', async (name) => {
    const read = (file: string) => readFileSync(`${folder}${name}/${file}`, 'utf8')
    const imported = importArticle({ format: 'html', source: read('expected.html') }).blocks.map(
      ({ text }) => text,
    )
    const page = await open(read('source.html'))
    const chosen = await page.evaluate(([texts, wanted, from]) => window.inPage.choose(texts, wanted, from), [
      imported,
      count,
      seed,
    ] as const)
    await page.reload({ waitUntil: 'domcontentloaded' })
    const anchors = chosen.flatMap(({ anchor }) => anchor ?? [])
    const again = await page.evaluate(([texts, wanted]) => window.inPage.findAgain(texts, wanted), [
      imported,
      anchors,
    ] as const)
    await page.context().close()

    const prepared = prepare(imported)
    const inImport = anchors.map((anchor) => {
      const found = locate(prepared, anchor)
      return found && textAt(imported, found)
    })
    const lost = chosen.flatMap(({ words, mapped, back }, index) => {
      const all = { mapped, back, again: again[index] ?? '', import: inImport[index] ?? '' }
      const wrong = Object.entries(all).filter(([, text]) => dense(text) !== dense(words))
      return wrong.map(([where, text]) => ({ where, words, text }))
    })
    const foundIn = (where: string) => count - lost.filter((one) => one.where === where).length
    console.log(`${name}: ${foundIn('again')} in the page, ${foundIn('import')} in the import, of ${count}`)
    expect(chosen).toHaveLength(count)
    expect(lost).toEqual([])
  })
})
