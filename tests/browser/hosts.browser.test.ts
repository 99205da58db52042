import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { scriptIntegrity } from '../../server/doctor/index.ts'
import { openPublisher } from './publisher.ts'
import { openBeside, openStage, panel, post, signIn, type Stage } from './stage.ts'

const text = `<article><h1>Title</h1>${[1, 2, 3, 4].map((nth) => `<p>Paragraph ${nth} of an article that somebody may want to talk about at some length.</p>`).join('')}</article>`
const page = (body: string, head: string, doctype = '<!doctype html>') =>
  `${doctype}<html lang="en"><head><meta name="viewport" content="width=device-width"><title>A page</title><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`
const tag = (postil: string, more = '') =>
  `<script type="module" src="${postil}/embed@1.js" data-site="demo" ${more}></script>`
const margins = '<style>article { max-width: 700px; margin: 40px }</style>'
const resets = `<style>
  * { all: unset; position: static; font-size: 8px; line-height: 3; letter-spacing: 4px; color: lime }
  *, ::before, ::after { box-sizing: content-box !important; display: block !important; transition: all 1s !important; float: none !important }
  * + * { margin-top: 3em }
  html { font-size: 62.5% }
  button, div, nav { padding: 20px !important; text-transform: uppercase }
  postil-discussion { position: fixed !important; inset: 0; width: 500px !important; opacity: 0.1; color: red }
  head, script, style, title, link, meta { display: none !important }
</style>`

let integrity: string
let stage: Stage
let publisher: Awaited<ReturnType<typeof openPublisher>>
const faults: string[] = []
let open: Page[] = []
beforeAll(async () => {
  stage = await openStage()
  integrity = (await scriptIntegrity()) ?? ''
  publisher = await openPublisher(stage, {
    '/plain': { source: (postil) => page(text, margins + tag(postil)) },
    '/without': { source: () => page(text, margins) },
    '/quirks': { source: (postil) => page(text, margins + tag(postil), '') },
    '/resets': { source: (postil) => page(text, margins + resets + tag(postil)) },
    '/nonce': {
      source: (postil) => page(text, tag(postil, 'nonce="r4nd0m"')),
      policy: (postil) =>
        `default-src 'none'; script-src 'nonce-r4nd0m' 'strict-dynamic'; connect-src ${postil} ${postil.replace('http', 'ws')}; img-src data:; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`,
    },
    '/twice': {
      source: (postil) =>
        page(
          text,
          `${tag(postil)}${tag(postil).replace('@1', '')}${tag(postil).replace('.js', '.js?again')}<script type="module">
            import * as one from '${postil}/embed@1.js'
            import * as other from '${postil}/embed.js'
            document.documentElement.dataset.same = one.mount === other.mount
          </script>`,
        ),
    },
    '/pinned': { source: (postil) => page(text, tag(postil, `integrity="${integrity}" crossorigin`)) },
    '/broken': {
      source: (postil) =>
        page(
          text,
          `<script>IntersectionObserver = function () { throw new Error('not here') }</script>${tag(postil)}`,
        ),
    },
  })
})
afterAll(async () => {
  await publisher.close()
  await stage.close()
})
afterEach(async () => {
  for (const one of open) await one.context().close()
  open = []
  expect(faults.splice(0)).toEqual([])
})

async function visit(path: string, origin = publisher.origin): Promise<Page> {
  const context = await stage.browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  })
  const visited = await context.newPage()
  visited.setDefaultTimeout(25_000)
  open.push(visited)
  visited.on('pageerror', (error) => faults.push(String(error)))
  visited.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text())
  })
  await visited.goto(origin + path)
  return visited
}

/** That somebody can come, sign in and write. */
async function write(visited: Page, words: string): Promise<void> {
  await openBeside(visited, 'Paragraph 2')
  await signIn(visited, 'ada@demo.example')
  await post(visited, words)
}

/** By how much a paragraph's mark is beside it, and level with it. */
const markBeside = (visited: Page) =>
  visited.evaluate(() => {
    const box = document.querySelector('article p')?.getBoundingClientRect()
    const mark = document
      .querySelector('postil-discussion')
      ?.shadowRoot?.querySelector('.mark[data-block="1"]')
    const at = mark?.getBoundingClientRect()
    return box && at && [at.left - box.right, at.top - box.top, at.width, at.height].map(Math.round)
  })

/** How all that is in the discussion is drawn. */
const drawn = (visited: Page) =>
  visited.evaluate(() => {
    const names = [
      'display',
      'position',
      'boxSizing',
      'fontSize',
      'lineHeight',
      'letterSpacing',
      'textTransform',
      'color',
      'padding',
      'marginTop',
      'opacity',
      'inlineSize',
    ] as const
    const root = document.querySelector('postil-discussion')?.shadowRoot
    return [...(root?.querySelectorAll('.marks, .mark, .mark span, .panel, .panel *') ?? [])].map(
      (element) => {
        const style = getComputedStyle(element)
        return [element.tagName, element.className, ...names.map((name) => style[name])].join(' ')
      },
    )
  })

describe('the embed', () => {
  it.each(['/quirks', '/nonce', '/pinned'])('works as anywhere on a page like %s', async (path) => {
    const visited = await visit(path)
    expect(await visited.evaluate(() => document.compatMode)).toBe(
      path === '/quirks' ? 'BackCompat' : 'CSS1Compat',
    )
    await write(visited, `From ${path}.`)
    await panel(visited).getByText('Signed in as Ada').waitFor()
    await visited.keyboard.press('Escape')
    await visited.getByRole('button', { name: 'The whole article' }).click()
    await panel(visited).getByRole('button', { name: 'All passages' }).click()
    await panel(visited).getByText('Paragraph 2 of an article').first().waitFor()
  })

  it('stands beside its paragraph in quirks mode, too', async () => {
    const [plain, quirks] = [await visit('/plain'), await visit('/quirks')]
    await expect.poll(() => markBeside(plain)).toEqual([6, -8, 44, 44])
    await expect.poll(() => markBeside(quirks)).toEqual([6, -8, 44, 44])
  })

  it('looks the same whatever the page’s style says of all elements, and of ours', async () => {
    const shots = []
    for (const path of ['/plain', '/resets']) {
      const visited = await visit(path)
      await openBeside(visited, 'Paragraph 3')
      await panel(visited).getByRole('button', { name: 'Agree' }).waitFor()
      await expect.poll(() => markBeside(visited)).toEqual([6, -8, 44, 44])
      shots.push(await drawn(visited))
    }
    expect(shots[1]).toEqual(shots[0])
  })

  it('is not printed, and neither is what it has marked in the text', async () => {
    const [without, plain] = [await visit('/without'), await visit('/plain')]
    await openBeside(plain, 'Paragraph 3')
    await plain.waitForFunction(() => CSS.highlights.get('postil-passage')?.size === 1)
    const onScreen = await plain.screenshot()
    for (const one of [without, plain]) await one.emulateMedia({ media: 'print' })
    const printed = await plain.screenshot()
    expect(printed.equals(onScreen)).toBe(false)
    expect(printed.equals(await without.screenshot())).toBe(true)
  })

  it('is there once where its script is there several times, by several names', async () => {
    const visited = await visit('/twice')
    await write(visited, 'Only once.')
    expect(await visited.locator('postil-discussion').count()).toBe(1)
    expect(await visited.locator('html').getAttribute('data-same')).toBe('true')
  })

  it('leaves the page as it was where something inside goes wrong', async () => {
    const visited = await visit('/broken')
    await expect.poll(() => faults.length).toBe(1)
    expect(faults.splice(0)[0]).toContain('Postil could not start on this page.')
    expect(await visited.locator('postil-discussion').count()).toBe(0)
    expect(await visited.locator('article').evaluate((element) => element.outerHTML)).toBe(text)
  })

  it('shows nothing on an origin that is not registered, and one line in the console says what to do', async () => {
    const lines: string[] = []
    const visited = await stage.browser.newPage()
    open.push(visited)
    visited.on('console', (message) => lines.push(message.text()))
    const stranger = publisher.origin.replace('127.0.0.1', 'localhost')
    await visited.goto(`${stranger}/plain`)
    await expect.poll(() => lines.length).toBeGreaterThan(0)
    await visited.evaluate(() => document.querySelector('article')?.append(document.createElement('p')))
    expect(lines).toEqual([
      `Postil shows nothing on this page: ${stranger} is not among the origins of the site "demo". To see what to run: npm run postil -- doctor ${stranger}/plain --site demo`,
    ])
    expect(await visited.locator('postil-discussion').count()).toBe(0)
  })
})
