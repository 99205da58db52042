import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importArticle, saveArticle } from '../../server/articles/index.ts'
import { findSite, type Site } from '../../server/sites/index.ts'
import { axeFindings } from './publisher.ts'
import {
  commentOnWords,
  openBeside,
  openConsole,
  openStage,
  panel,
  post,
  signIn,
  type Stage,
} from './stage.ts'

const gone = 'Passages that are no longer found in the article'
const seed = new URL('../../../shared/article/seed.txt', import.meta.url)

let stage: Stage
let site: Site
beforeAll(async () => {
  stage = await openStage()
  const found = await findSite(stage.db, 'demo')
  if (!found) throw new Error('the demo site is missing')
  site = found
})
afterAll(() => stage.close())

/** The marks that have comments: the passage each stands at, and how many. */
const marks = async (page: Page) =>
  await page
    .locator('postil-discussion .mark:not(.quiet)')
    .evaluateAll((all) => all.map((mark) => mark.getAttribute('aria-label') ?? ''))

const openWhole = async (page: Page) => {
  await page.locator('postil-discussion .mark.whole').click()
  await panel(page).waitFor()
}

async function comment(page: Page, words: string, text: string): Promise<void> {
  await commentOnWords(page, words)
  await post(page, text)
}

describe('the demo article, edited while somebody reads it', () => {
  let ada: Page
  let html: string
  const save = async (source: string) =>
    await saveArticle(stage.db, site, importArticle({ source, format: 'html' }), { slug: 'demo' })

  beforeAll(async () => {
    html = await readFile(new URL('../../server/pages/files/demo.html', import.meta.url), 'utf8')
    ada = await stage.visit('/demo/')
    await openBeside(ada, 'the thing was for')
    await signIn(ada, 'ada@demo.example')
    await comment(ada, 'not spoiling the book', 'On words that will be edited.')
    await comment(ada, 'exactly what the thing was for', 'On a paragraph that will move.')
    await comment(ada, 'It must hold still', 'On a paragraph that will go.')
  })

  const edits = [
    ['not spoiling the book', 'not damaging the volume'],
    ['the easiest thing to build', 'the cheapest thing to build'],
    ['closed the wrong thing', 'shut the wrong thing'],
  ] as const

  /** The page as its publisher edits it: three paragraphs changed, one moved to the end, a list item gone. */
  function revised(): string {
    const moved = /<p>\s*A note of this kind[\s\S]*?<\/p>/.exec(html)?.[0] ?? 'none'
    const gone = /<li>\s*It must hold still[\s\S]*?<\/li>/.exec(html)?.[0] ?? 'none'
    expect([moved, gone]).not.toContain('none')
    const changed = edits.reduce((text, [from, to]) => text.replace(from, to), html)
    return changed.replace(gone, '').replace(moved, '').replace('</article>', `${moved}</article>`)
  }

  it('says in the thread that the wording changed, with what it was and is, without a reload', async () => {
    await openBeside(ada, 'not spoiling the book')
    expect(await panel(ada).getByText('The wording changed since').count()).toBe(0)
    expect((await save(revised())).doubt).toBeNull()
    const wording = panel(ada).locator('.wording')
    await wording.getByText('The wording changed since').click()
    await wording.locator('del').first().waitFor()
    const words = async (name: string) => (await wording.locator(name).allInnerTexts()).join('')
    expect(await words('del')).toContain('spoiling')
    expect(await words('ins')).toContain('damaging')
  })

  it('keeps the marks at their passages when the page itself shows the new text', async () => {
    const top = await ada.evaluate(() => scrollY)
    await ada.evaluate((all) => {
      const find = (words: string) =>
        [...document.querySelectorAll('article p, article li')].find((one) => one.textContent.includes(words))
      for (const [from, to] of all) {
        const node = [...(find(from)?.childNodes ?? [])].find(({ nodeValue }) => nodeValue?.includes(from))
        if (!node) throw new Error(`“${from}” is not on the page`)
        node.nodeValue = (node.nodeValue ?? '').replace(from, to)
      }
      find('It must hold still')?.remove()
      const moved = find('A note of this kind')
      if (moved) document.querySelector('article')?.append(moved)
    }, edits)
    // The paragraph that moved is the last of the article now, and its mark the last before that of the whole.
    await expect.poll(async () => (await marks(ada)).at(-2)).toContain('A note of this kind')
    expect((await marks(ada))[0]).toContain('Open almost any book')
    expect(await ada.evaluate(() => scrollY)).toBe(top)
    expect(await panel(ada).getByText('On words that will be edited.').count()).toBe(1)
    const lit = await ada.evaluate(() => [...(CSS.highlights.get('postil-passage') ?? [])].map(String))
    expect(lit).toContain('not damaging the volume')
  })

  it('lists the thread whose words are gone once, at the end of the list of all under a heading of its own', async () => {
    await openWhole(ada)
    const said = panel(ada).getByText('On a paragraph that will go.')
    expect(await said.count()).toBe(0)
    await panel(ada).getByRole('button', { name: 'All passages (5)' }).click()
    await panel(ada).getByRole('heading', { name: gone, level: 3 }).waitFor()
    const items = panel(ada).getByRole('button', { name: /It must hold still/ })
    expect(await items.count()).toBe(1)
    const order = await panel(ada).locator('.threads h3, h3, h4').allInnerTexts()
    const at = order.findIndex((text) => text.startsWith('It must hold still'))
    expect(at).toBe(order.length - 1)
    expect(order[at - 1]).toMatch(/^In “/)
    expect(order[at - 2]).toBe(gone)
    expect(await axeFindings(ada)).toEqual([])
    await items.press('Enter')
    expect(await said.count()).toBe(1)
    await panel(ada).getByRole('button', { name: 'On the article' }).click()
    await panel(ada).getByRole('textbox', { name: 'Comment on the article' }).waitFor()
    expect(await said.count()).toBe(0)
  })

  it('leads to it from the article, and by a link, with the focus on what was said', async () => {
    const comment = panel(ada).locator('.comment').filter({ hasText: 'On a paragraph that will go.' })
    await panel(ada).getByRole('button', { name: gone }).press('Enter')
    await comment.and(ada.locator(':focus')).waitFor()
    expect(await panel(ada).locator('.comment').count()).toBe(1)
    const id = (await comment.getAttribute('data-comment')) ?? ''
    const { thread_id: thread } = await stage.db
      .selectFrom('comment')
      .select('thread_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const shown = await ada.context().newPage()
    await shown.route('**/demo/', (route) =>
      route.fulfill({ body: revised(), contentType: 'text/html; charset=utf-8' }),
    )
    await shown.goto(`${stage.origin}/demo/#postil=${thread}/${id}`)
    const linked = panel(shown).locator(`[data-comment="${id}"].linked`)
    await linked.and(shown.locator(':focus')).waitFor()
    await panel(shown).getByRole('heading', { name: gone }).waitFor()
    await expect
      .poll(() => linked.evaluate((one) => one.getBoundingClientRect().bottom <= innerHeight))
      .toBe(true)
    await shown.close()
  })

  it('lets the author of a thread whose words are gone attach it, and take that back', async () => {
    const lost = panel(ada).locator('.thread').filter({ hasText: 'On a paragraph that will go.' })
    await lost.waitFor()
    await lost.getByRole('button', { name: 'Attach to other words' }).click()
    await ada.getByText('Select the words in the article').waitFor()
    await ada.evaluate((words) => {
      const nodes = [...document.querySelectorAll('article p')].flatMap(({ childNodes }) => [...childNodes])
      const node = nodes.find(({ nodeValue }) => nodeValue?.includes(words))
      if (!node) throw new Error(`“${words}” is not on the page`)
      node.parentElement?.scrollIntoView({ block: 'center' })
      const at = (node.nodeValue ?? '').indexOf(words)
      document.getSelection()?.setBaseAndExtent(node, at, node, at + words.length)
    }, 'shut the wrong thing')
    await ada.getByRole('button', { name: 'Attach here' }).click()
    await panel(ada).getByText('Attached to these words.').waitFor()
    expect(await panel(ada).getByText('On a paragraph that will go.').count()).toBe(1)
    await panel(ada).getByRole('button', { name: 'Undo' }).click()
    await panel(ada).getByText('On a paragraph that will go.').waitFor({ state: 'detached' })
    await openWhole(ada)
    await panel(ada)
      .getByRole('button', { name: /It must hold still/ })
      .waitFor()
  })

  it('gives everything back when the text goes back', async () => {
    const bela = await stage.visit('/demo/')
    await openBeside(bela, 'not spoiling the book')
    await panel(bela).getByText('The wording changed since').waitFor()
    await save(html)
    await panel(bela).getByText('The wording changed since').waitFor({ state: 'detached' })
    expect((await marks(bela)).join('\n')).toContain('A note of this kind')
  })
})

describe('a text that looks like another article’s', () => {
  const paragraph =
    'The ferry to the island leaves at seven in the morning, and comes back at six with everyone.'
  const foreign = 'Der Bürgermeister hat gestern gesagt, dass die Schule im Frühling geschlossen werden soll.'
  const save = async (text: string) =>
    await saveArticle(
      stage.db,
      site,
      importArticle({ source: `# The ferry\n\n${Array(6).fill(text).join('\n\n')}`, format: 'markdown' }),
      { slug: 'ferry' },
    )

  it('waits in the console for a publisher, who drops it, and shows the next', async () => {
    await save(paragraph)
    expect((await save(foreign)).doubt).not.toBeNull()
    const pia = await openConsole(stage, 'pia@demo.example')
    await pia.getByRole('button', { name: 'Waiting texts' }).click()
    await pia.getByText('Der Bürgermeister hat gestern gesagt').waitFor()
    await pia.getByRole('button', { name: 'Drop this text of “The ferry”' }).click()
    await pia.getByText('Dropped. “The ferry” stays as it was.').waitFor()
    await pia.getByText('No text waits for you.').waitFor()
    expect(await (await fetch(`${stage.origin}/a/ferry`)).text()).toContain('leaves at seven')

    expect((await save(foreign.replaceAll('Schule', 'Bücherei'))).doubt).not.toBeNull()
    await pia.reload()
    await pia.getByRole('button', { name: 'Show this text as “The ferry”' }).click()
    await pia.getByText('Readers of “The ferry” see the new text now').waitFor()
    expect(await (await fetch(`${stage.origin}/a/ferry`)).text()).toContain('die Bücherei')
  })

  it('is no moderator’s to decide about', async () => {
    const mo = await openConsole(stage, 'mo@demo.example')
    await mo.getByRole('button', { name: 'Lost passages' }).waitFor()
    expect(await mo.getByRole('button', { name: 'Waiting texts' }).count()).toBe(0)
  })
})

describe.skipIf(!existsSync(seed))(
  'the real article, imported again with boilerplate and the body once',
  () => {
    it('keeps each thread at its passage', async () => {
      const source = await readFile(seed, 'utf8')
      const save = async (text: string) =>
        await saveArticle(stage.db, site, importArticle({ source: text, format: 'text' }), { slug: 'seed' })
      await save(source)
      const ada = await stage.visit('/a/seed')
      await openBeside(ada, 'knows no boundaries')
      await signIn(ada, 'ada@demo.example')
      await comment(ada, 'digital economy knows no boundaries', 'Does it not?')
      const paragraphs = source.split(/\n\s*\n/)
      const half = paragraphs.slice(Math.floor(paragraphs.length / 2))
      const furniture = [
        'Read more about the region in our newsletter, sent every week to subscribers in forty countries.',
      ]
      const again = half
        .flatMap((text, index) => (index % 4 === 1 ? [...furniture, text] : [text]))
        .join('\n\n')
      expect((await save(again)).doubt).toBeNull()
      const bela = await stage.visit('/a/seed')
      await openBeside(bela, 'knows no boundaries')
      await panel(bela).getByText('Does it not?').waitFor()
      const lit = await bela.evaluate(() => [...(CSS.highlights.get('postil-passage') ?? [])].map(String))
      expect(lit).toContain('digital economy knows no boundaries')
    })
  },
)
