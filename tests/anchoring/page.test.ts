import { parseHTML } from 'linkedom'
import { describe, expect, it, test } from 'vitest'
import { blocksOf, findArticle } from '../../core/anchoring/index.ts'

const read = (html: string) =>
  blocksOf(
    parseHTML(`<html><body><main>${html}</main></body></html>`).document.querySelector('main') as Element,
  )
const said = (html: string) => read(html).map(({ kind, text }) => `${kind}: ${text}`)

test.each([
  [
    'paragraphs and headings',
    '<h2>Head</h2><p>One.</p><p>Two.</p>',
    ['heading: Head', 'paragraph: One.', 'paragraph: Two.'],
  ],
  ['a list in a list', '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>', ['item: a', 'item: b', 'item: c']],
  ['a quote of two paragraphs', '<blockquote><p>a</p><p>b</p></blockquote>', ['quote: a', 'quote: b']],
  [
    'a picture’s caption',
    '<figure><img alt="x"><figcaption>By the sea</figcaption></figure>',
    ['caption: By the sea'],
  ],
  ['code', '<pre>let a\n  = 1</pre>', ['code: let a = 1']],
  ['containers in containers', '<div><section><div><p>deep</p></div></section></div>', ['paragraph: deep']],
  ['a paragraph made of a div', '<div>One.</div><div>Two.</div>', ['paragraph: One.', 'paragraph: Two.']],
  ['a line break', '<p>One<br>two</p>', ['paragraph: One two']],
  ['white space as a browser folds it', '<p> a\n\t b\u00a0 c </p>', ['paragraph: a b\u00a0 c']],
  ['inline markup', '<p>a <em>b</em><strong>c</strong></p>', ['paragraph: a bc']],
  ['a drop cap', '<p><span class="cap">D</span>igital</p>', ['paragraph: Digital']],
  [
    'what is no text',
    '<p>a<script>x</script><style>y</style></p><nav>menu</nav><p hidden>h</p>',
    ['paragraph: a'],
  ],
  ['what the page asks to leave out', '<p>a <span data-postil-ignore>[1]</span>b</p>', ['paragraph: a b']],
  ['what is there for the eye alone', '<p>a<span aria-hidden="true">#</span></p>', ['paragraph: a']],
  [
    'a table',
    '<table><caption>Sums</caption><tr><th>Year</th><td>12</td></tr></table>',
    ['caption: Sums', 'paragraph: Year', 'paragraph: 12'],
  ],
  [
    'lists in lists in lists',
    '<ol><li>a<ul><li>b<ul><li>c</li></ul></li></ul>d</li></ol>',
    ['item: a d', 'item: b', 'item: c'],
  ],
  ['an advert beside paragraphs', '<p>a</p><aside>Buy</aside><p>b</p>', ['paragraph: a', 'paragraph: b']],
  [
    'an element of the page’s own',
    '<p>a <x-note>b</x-note></p><x-box><p>c</p></x-box>',
    ['paragraph: a b', 'paragraph: c'],
  ],
  ['words in a container beside short ones', '<div>By me<p>a</p></div>', ['paragraph: a']],
  [
    'Chinese, Arabic',
    '<p>我们<b>都</b>是</p><p dir="rtl">نص <bdi>in English</bdi></p>',
    ['paragraph: 我们都是', 'paragraph: نص in English'],
  ],
  ['empty paragraphs', '<p></p><p> </p><p>\u00a0</p><p>a</p>', ['paragraph: a']],
  ['nothing', '', []],
])('the blocks of %s', (_, html, expected) => {
  expect(said(html)).toEqual(expected)
})

test('keep the words around an advert that a script has put into a paragraph', () => {
  const { document } = parseHTML('<html><body><main><p>One two. <b>Three.</b></p></main></body></html>')
  const advert = document.createElement('div')
  advert.append('Buy now')
  document.querySelector('b')?.before(advert)
  const main = document.querySelector('main') as Element
  expect(blocksOf(main).map(({ text }) => text)).toEqual(['One two. Three.', 'Buy now'])
})

test('are also long words that stand in a container between blocks, once', () => {
  const long = 'Words long enough to be a passage that readers talk about, with no paragraph of their own'
  expect(said(`<div>${long}<br>${long}<p>a</p></div>`)).toEqual([
    `paragraph: ${long} ${long}`,
    'paragraph: a',
  ])
  expect(said(`<x-box><i>${long}</i><p>a</p></x-box>`)).toEqual([`paragraph: ${long}`, 'paragraph: a'])
})

test('know the level of a heading and their element', () => {
  const [heading] = read('<h3>Head</h3>')
  expect(heading).toMatchObject({ kind: 'heading', level: 3 })
  expect(heading?.element.tagName).toBe('H3')
})

test('are 5,000 for 5,000 paragraphs', () => {
  const texts = Array.from({ length: 5000 }, (_, nth) => `Paragraph ${nth}`)
  expect(read(texts.map((text) => `<p>${text}</p>`).join('')).map(({ text }) => text)).toEqual(texts)
})

describe('the article on a page', () => {
  const found = (html: string, selector?: string) =>
    findArticle(parseHTML(`<!doctype html><html><body>${html}</body></html>`).document, selector).id
  const words = (count: number) => `<p>${'word '.repeat(count)}</p>`

  it('is the longest element made for it, also where others stand beside it', () => {
    const html = `<article id="teaser">${words(5)}</article><main id="main"><article id="text">${words(90)}</article></main>`
    expect(found(html)).toBe('text')
    expect(found(html, '#teaser')).toBe('teaser')
  })

  it('is none of the teasers on a page whose text stands elsewhere', () => {
    const teasers = `<article id="a">${words(5)}</article><article id="b">${words(9)}</article>`
    expect(found(`${teasers}<div id="text">${words(60)}${words(60)}</div>`)).toBe('text')
    expect(found(`<main id="main">${teasers}<div>${words(60)}</div></main>`)).toBe('main')
    expect(found(`<article id="long">${words(30)}</article><div>${words(90)}</div>`)).toBe('long')
  })
})
