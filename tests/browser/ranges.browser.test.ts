import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Passage } from '../../core/anchoring/index.ts'
import { inPageScript, type InPage } from './bundle.ts'
import { openBrowser } from './stage.ts'

declare const window: { inPage: InPage }

let browser: Browser
let page: Page
beforeAll(async () => {
  browser = await openBrowser()
  page = await browser.newPage()
  await page.addInitScript({ content: await inPageScript() })
})
afterAll(() => browser.close())

interface Mapped {
  texts: string[]
  passage: Passage | null
  words: string
  /** Of the range that the passage is mapped back to: its words, and its passage. */
  back: string
  again: Passage | null
  /** Whether blocks stand inside of the selection's block. */
  nested: boolean
}

const dense = (text: string) => text.replace(/\s/g, '')

/**
 * Selects on a page what stands between `[` and `]`, which are taken out, and maps it there and back.
 * @param html of the article
 * @param prepare runs in the page before the selection is made
 */
async function select(html: string, prepare = ''): Promise<Mapped> {
  await page.goto('about:blank')
  await page.setContent(
    `<!doctype html><meta charset="utf-8"><body><p>Before [0] it.</p><article>${html}</article>`,
  )
  if (prepare) await page.evaluate(prepare)
  return await page.evaluate(() => {
    const { blocksOf, fromRange, toRange, textAt, wordsOf } = window.inPage
    const range = document.createRange()
    const cut = (sign: string): [Text, number] => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.nodeValue?.lastIndexOf(sign) ?? -1
        if (!(node instanceof Text) || at < 0 || node.data.includes('[0]')) continue
        node.deleteData(at, 1)
        return [node, at]
      }
      throw new Error(`there is no ${sign}`)
    }
    range.setStart(...cut('['))
    range.setEnd(...cut(']'))
    const article = document.querySelector('article')
    if (!article) throw new Error('there is no article')
    const blocks = blocksOf(article)
    const texts = blocks.map(({ text }) => text)
    const passage = fromRange(blocks, range)
    const back = passage && toRange(blocks, passage)
    const around = passage?.block === passage?.endBlock ? blocks[passage?.block ?? 0]?.element : undefined
    return {
      texts,
      passage,
      words: passage ? textAt(texts, passage) : '',
      back: back ? wordsOf(back) : '',
      again: back && fromRange(blocks, back),
      nested: blocks.some(({ element }) => element !== around && around?.contains(element)),
    }
  })
}

describe('a selection is mapped to its words and back', () => {
  const advert = `document.querySelectorAll('article p').forEach((p) => {
    const advert = document.createElement('div'); advert.textContent = 'Buy now'
    p.firstChild.after(advert)
  })`
  test.each<[name: string, html: string, words: string, texts: string[], prepare?: string]>([
    ['over inline elements', '<p>a <em>b[c</em><b>d</b> e] f</p>', 'cd e', ['a bcd e f']],
    ['from a drop cap', '<p><span class="cap">[D</span>igital] age</p>', 'Digital', ['Digital age']],
    [
      'from a drop cap that floats',
      '<p><span style="display:inline-block;float:left">D</span>[ig]ital age</p>',
      'ig',
      ['Digital age'],
    ],
    ['over a line break', '<p>One[ two<br>\n three] four</p>', 'two three', ['One two three four']],
    ['that begins at a line break', '<p>One[<br>two] three</p>', 'two', ['One two three']],
    ['with folded white space', '<p>\n  a  [b\n\t c] \n d </p>', 'b c', ['a b c d']],
    ['from the white space before a paragraph', '[\n<p>\n a b] c</p>', 'a b', ['a b c']],
    [
      'over a hidden element',
      '<p>a [b <span hidden>no</span>c <i aria-hidden="true">#</i>d] e</p>',
      'b c d',
      ['a b c d e'],
    ],
    [
      'over an aside in the paragraph',
      '<p>a [b <span data-postil-ignore>advert</span> c] d</p>',
      'b c',
      ['a b c d'],
    ],
    [
      'over paragraphs with a figure and an advert between them',
      '<p>One [two.</p><aside>Buy</aside><figure><img alt=""><figcaption>By the sea</figcaption></figure><p>Three] four.</p>',
      'two.\nBy the sea\nThree',
      ['One two.', 'By the sea', 'Three four.'],
    ],
    [
      'over an advert put into a paragraph',
      '<p>One [two <b>three] four</b></p>',
      'two three',
      ['One two three four', 'Buy now'],
      advert,
    ],
    [
      'in an outer item after an inner list',
      '<ul><li>a<ul><li>b</li></ul>[c] d</li><li>e</li></ul>',
      'c',
      ['a c d', 'b', 'e'],
    ],
    [
      'from item to item of lists in one another',
      '<ol><li>a [b<ul><li>c</li><li>d e] f</li></ul></li></ol>',
      'b\nc\nd e',
      ['a b', 'c', 'd e f'],
    ],
    [
      'over an inner list into what the outer item says after it',
      '<ul><li>a [b<ul><li>c</li></ul>d] e</li></ul>',
      'b d',
      ['a b d e', 'c'],
    ],
    [
      'over cells of a table',
      '<table><tr><th>[Year</th><th>Sum</th></tr><tr><td>1900]</td><td>12</td></tr></table>',
      'Year\nSum\n1900',
      ['Year', 'Sum', '1900', '12'],
    ],
    ['in code', '<pre>let [a\n   = b] + 1</pre>', 'a = b', ['let a = b + 1']],
    [
      'beside a custom element, whose shadow is left alone',
      '<p>a [b <x-note>slotted</x-note> c] d</p>',
      'b slotted c',
      ['a b slotted c d'],
      `document.querySelector('x-note').attachShadow({ mode: 'open' }).append('of the shadow')`,
    ],
    [
      'in Arabic with English words in it',
      '<p dir="rtl">هذا [نص <bdi>in English</bdi> ثم] عربي</p>',
      'نص in English ثم',
      ['هذا نص in English ثم عربي'],
    ],
    ['in Chinese', '<p>我们[都是<b>读者</b>，]不是吗</p>', '都是读者，', ['我们都是读者，不是吗']],
    ['in Japanese with ruby', '<p>東[京<ruby>都<rt>と</rt></ruby>の]人</p>', '京都との', ['東京都との人']],
    ['between characters of two units', '<p>a 👩‍🚀[𝒳👍] b</p>', '𝒳👍', ['a 👩‍🚀𝒳👍 b']],
  ])('%s', async (_, html, words, texts, prepare) => {
    const mapped = await select(html, prepare)
    expect(mapped.texts).toEqual(texts)
    expect(mapped.words).toBe(words)
    // Blocks inside of others are on the way; which words the range runs over as well, is another question.
    if (!mapped.nested) expect(dense(mapped.back)).toBe(dense(words))
    expect(mapped.again).toEqual(mapped.passage)
  })

  test.each([
    ['of nothing but white space', '<p>a[ ]b</p>'],
    ['in an aside', '<p>a</p><aside>[Buy now]</aside>'],
    ['in our own element', '<p>a</p><postil-discussion>[words]</postil-discussion>'],
  ])('%s is none', async (_, html) => {
    expect((await select(html)).passage).toBeNull()
  })

  test('outside of the article, in a field of it or in a shadow root is none', async () => {
    await page.setContent(
      '<p id="before">Before</p><article><p>a</p><p>b <input value="typed"> <textarea>typed</textarea></p><x-note></x-note></article><p id="after">After</p>',
    )
    const found = await page.evaluate(() => {
      const { blocksOf, fromRange } = window.inPage
      const article = document.querySelector('article')
      const note = document.querySelector('x-note')
      if (!article || !note) return ['no article']
      const shadow = note.attachShadow({ mode: 'open' })
      shadow.append('of the shadow')
      const blocks = blocksOf(article)
      const nodes = [
        document.querySelector('#before'),
        document.querySelector('#after'),
        document.querySelector('input'),
        document.querySelector('textarea'),
        shadow,
      ]
      return nodes.map((node) => {
        const range = document.createRange()
        if (node) range.selectNodeContents(node)
        return fromRange(blocks, range)
      })
    })
    expect(found).toEqual([null, null, null, null, null])
  })

  test('of all the page is clipped to the article, and described by its beginning', async () => {
    const paragraph = 'A sentence to be read. '.repeat(20).trim()
    await page.setContent(`<p>Before</p><article>${`<p>${paragraph}</p>`.repeat(5000)}</article><p>After</p>`)
    const { passage, anchor, took } = await page.evaluate(() => {
      const { blocksOf, fromRange, describe } = window.inPage
      const article = document.querySelector('article')
      if (!article) throw new Error('there is no article')
      const blocks = blocksOf(article)
      const range = document.createRange()
      range.selectNodeContents(document.body)
      const start = performance.now()
      const passage = fromRange(blocks, range)
      const took = performance.now() - start
      const texts = blocks.map(({ text }) => text)
      return { passage, took, anchor: passage && describe(texts, passage) }
    })
    console.log(`Mapping a selection of 5,000 paragraphs took ${Math.round(took)} ms.`)
    expect(passage).toEqual({ block: 0, start: 0, endBlock: 4999, end: paragraph.length })
    expect(anchor?.quote.exact).toHaveLength(2000)
    expect(anchor?.quote.exact.startsWith(`${paragraph}\n${paragraph}`)).toBe(true)
    expect(took).toBeLessThan(1000)
  })
})
