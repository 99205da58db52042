import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inPageScript, type InPage } from './bundle.ts'
import { openPublisher } from './publisher.ts'
import { openBeside, openStage, panel, signIn, type Stage } from './stage.ts'

const folder = fileURLToPath(new URL('../../../shared/article/pages/', import.meta.url))
const names = existsSync(folder) ? readdirSync(folder) : []
if (names.length === 0) console.log('Skipped: the real pages (../shared/article/pages) are not here.')

declare const window: { inPage: InPage }

const source = (name: string) => readFileSync(`${folder}${name}/source.html`, 'utf8')
/** The page as it was served, with the tag in its head. */
const withTag = (name: string, tag: string) => source(name).replace(/<\/head>/i, (end) => tag + end)
/** Nothing runs and nothing is fetched but Postil; what style is on the page itself counts. */
const policy = (postil: string) =>
  `default-src 'none'; script-src ${postil}; connect-src ${postil} ${postil.replace('http', 'ws')}; style-src 'unsafe-inline'; require-trusted-types-for 'script'; trusted-types 'none'`

let stage: Stage
let publisher: Awaited<ReturnType<typeof openPublisher>>
let reader: Page
let lines: string[] = []
beforeAll(async () => {
  stage = await openStage()
  let origin = ''
  const embedded = (name: string) => (postil: string) =>
    withTag(
      name,
      `<script type="module" src="${postil}/embed@1.js" data-site="demo" data-url="${origin}/${name}"></script>`,
    )
  publisher = await openPublisher(stage, {
    '/first': { html: '<article><p>The paragraph at which the reader signs in.</p></article>', policy },
    ...Object.fromEntries(
      names.flatMap((name) => [
        [`/${name}-with`, { policy, source: embedded(name) }],
        [`/${name}`, { policy, source: () => source(name) }],
      ]),
    ),
  })
  ;({ origin } = publisher)
  reader = await stage.visit('/readyz', { viewport: { width: 1280, height: 900 } })
  await reader.context().addInitScript({ content: await inPageScript() })
  await reader.goto(`${origin}/first`)
  await openBeside(reader, 'The paragraph at which')
  await signIn(reader, 'ada@demo.example')
  const fault = (text: string) => lines.push(text)
  reader.on('pageerror', (error) => fault(String(error)))
  reader.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) fault(message.text())
  })
})
afterAll(async () => {
  await publisher.close()
  await stage.close()
})

/** How the page looks from its beginning on, without our marks, and what its console says. */
async function look(path: string, height?: number) {
  lines = []
  await reader.goto(publisher.origin + path, { waitUntil: 'load' })
  if (path.endsWith('-with'))
    await reader.locator('postil-discussion .mark.whole').waitFor({ state: 'attached' })
  const all = await reader.evaluate(() => document.documentElement.scrollHeight)
  const shot = await reader.screenshot({
    fullPage: true,
    clip: { x: 0, y: 0, width: 1280, height: Math.min(height ?? all, 12_000) },
    animations: 'disabled',
    // Of ours, in front of the page.
    style: '.marks { visibility: hidden !important }',
  })
  const boxes = await reader.evaluate(() =>
    [...document.body.querySelectorAll('*:not(postil-discussion)')]
      .filter((element) => !(element instanceof HTMLScriptElement))
      .map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect()
        return [element.tagName, x, y, width, height].join(' ')
      }),
  )
  return { shot, boxes, all, lines }
}

/** The blocks that the embed finds, and the first long paragraph among them, brought into sight. */
const found = () =>
  reader.evaluate(() => {
    const blocks = window.inPage.blocksOf(window.inPage.findArticle(document, undefined))
    const at = blocks.findIndex(({ kind, text }) => kind === 'paragraph' && text.length > 60)
    const paragraphs = blocks.filter(({ kind }) => kind === 'paragraph').length
    blocks[at]?.element.scrollIntoView({ block: 'center' })
    return { at, paragraphs, blocks: blocks.length }
  })

describe.runIf(names.length > 0)('a real page from another origin, under a strict policy', () => {
  test.each(names)(
    '%s: nothing on it moves, its paragraphs are found, and one is commented on',
    { timeout: 90_000 },
    async (name) => {
      const before = await look(`/${name}`)
      const after = await look(`/${name}-with`, before.all)
      expect(after.lines.filter((line) => !before.lines.includes(line))).toEqual([])
      expect(after.boxes).toEqual(before.boxes)
      expect(after.shot.equals(before.shot)).toBe(true)

      const { at, paragraphs, blocks } = await found()
      console.log(
        `${name}: ${paragraphs} paragraphs of ${blocks} blocks; page ${after.all - before.all} pixels longer`,
      )
      expect(paragraphs).toBeGreaterThan(0)
      await reader.locator(`postil-discussion .mark[data-block="${at}"]`).press('Enter')
      const field = panel(reader).locator('.body > form textarea')
      await field.fill(`A note on ${name}.`)
      await field.press('Control+Enter')
      await panel(reader).locator('.comment[data-comment] > .text').filter({ hasText: name }).waitFor()
      expect(after.lines.filter((line) => !before.lines.includes(line))).toEqual([])
      await reader.reload()
      await reader
        .locator(`postil-discussion .mark[data-block="${at}"]:not(.quiet)`)
        .waitFor({ state: 'attached' })
    },
  )
})
