import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { blocksOf } from '../../core/anchoring/index.ts'
import { importArticle } from '../../server/articles/index.ts'
import { parse } from '../../server/articles/import/dom.ts'
import { ImportError } from '../../server/articles/import/types.ts'

const folder = fileURLToPath(new URL('../../../shared/article/', import.meta.url))
const hasArticles = existsSync(folder)
if (!hasArticles) console.log('Skipped: the real articles (../shared/article) are not here.')

const html = (body: string, head = '<title>A page</title>') =>
  importArticle({ format: 'html', source: `<!doctype html><html><head>${head}</head><body>${body}</body>` })
const plain = (source: string) => importArticle({ format: 'text', source })
const long = (nth: number) =>
  `Paragraph ${nth} of a story that is long enough, with commas, clauses, and a point at its end, to be read as prose.`

describe.runIf(hasArticles)('the article as an extractor left it', () => {
  const article = hasArticles ? plain(readFileSync(`${folder}seed.txt`, 'utf8')) : plain('a\n\nb')
  const texts = article.blocks.map(({ text }) => text)

  test('has its title, byline, date and standfirst', () => {
    expect(article).toMatchObject({
      title: 'A blueprint for Central Asia’s growth through digital diplomacy',
      byline: 'Anatoly Motkin',
      publishedAt: '2024-07-26T00:00:00.000Z',
      excerpt: expect.stringMatching(
        /^In Central Asia, digital diplomacy .* writes Anatoly Motkin\.$/,
      ) as unknown,
    })
  })

  test('has its drop cap joined to the word', () => {
    expect(texts[0]).toMatch(/^Digital diplomacy has two primary meanings\. /)
  })

  test('has its body once, headings as headings', () => {
    expect(new Set(texts).size).toBe(texts.length)
    expect(article.blocks.map(({ kind }) => kind.charAt(0)).join('')).toBe('phphphphpphpp')
    expect(article.blocks.filter(({ kind }) => kind === 'heading').map(({ text }) => text)).toEqual([
      'Digital diplomacy in Central Asia',
      'Geopolitical landscape in Central Asia',
      'Western vs. Chinese technological presence',
      'Successful examples of digital collaboration',
      'Consequences of digital diplomacy or civil society',
    ])
  })

  test('keeps no-break spaces, en dashes in words and curly quotes as they are', () => {
    const all = texts.join('\n')
    expect(all).toContain('famine–stricken')
    expect(all).toContain('becoming a “unicorn” without')
    expect(all).toContain('Qatar’s')
    expect(all).toMatch(/\u00a0/)
  })

  test('reports what was left out, and leaves nothing out unreported', () => {
    const left = article.report.filter(({ kind }) => kind === 'dropped').map(({ detail }) => detail)
    expect(left).toEqual([
      expect.stringMatching(/^a second copy of the body: 14 paragraphs/),
      'boilerplate: www.diplomaticourier.com',
      expect.stringMatching(/^boilerplate: Sunrise at Oskemen/),
      expect.stringMatching(/^about the author: /),
      'boilerplate: a global affairs media network',
    ])
    const known = [...texts, article.title, ...article.report.map(({ detail }) => detail)]
      .join(' ')
      .replaceAll(/\s+/g, ' ')
    const lines = readFileSync(`${folder}seed.txt`, 'utf8').split('\n')
    const words = lines.map((line) => line.replaceAll(/\s+/g, ' ').trim()).filter((line) => line.length > 1)
    expect(words.filter((line) => !known.includes(line.replace(/^igital/, 'Digital')))).toEqual([])
  })
})

describe.runIf(hasArticles)('a real page', () => {
  const pages = hasArticles ? readdirSync(`${folder}pages`) : []
  test.each(pages)('%s has its title, byline, date, language and direction, and its text', (name) => {
    const at = (file: string) => readFileSync(`${folder}pages/${name}/${file}`, 'utf8')
    const expected = JSON.parse(at('expected-metadata.json')) as Record<string, string | null | undefined>
    const article = importArticle({ format: 'html', source: at('source.html') })
    expect(article.title).toBe(expected['title'])
    expect(article.byline).toBe(expected['byline'])
    expect(article.language).toBe(expected['lang'] ?? null)
    expect(article.direction).toBe(expected['dir'] ?? 'auto')
    const date = expected['publishedTime']
    if (date) expect(article.publishedAt?.slice(0, 4)).toBe(date.slice(0, 4))

    const theirs = blocksOf(parse(at('expected.html')).documentElement).map(({ text }) => text)
    const ours = article.blocks.map(({ text }) => text)
    expect(share(theirs, ours), 'of what a reader mode shows').toBeGreaterThan(0.97)
    expect(share(ours, theirs), 'of what is kept').toBeGreaterThan(0.97)
  })
})

/** How much of the words of some texts is among those of others. */
function share(some: string[], others: string[]): number {
  const count = new Map<string, number>()
  const wordsOf = (texts: string[]) => texts.join(' ').match(/[\p{L}\p{N}]+/gu) ?? []
  for (const word of wordsOf(others)) count.set(word, (count.get(word) ?? 0) + 1)
  const words = wordsOf(some)
  const found = words.filter((word) => {
    const left = count.get(word) ?? 0
    count.set(word, left - 1)
    return left > 0
  })
  return found.length / words.length
}

describe('plain text', () => {
  test('its first line is the title, blank lines part its paragraphs, lines within one are joined', () => {
    const { title, blocks } = plain('A title\r\n\r\nFirst line\r\nsecond line.\r\n\r\n\r\nNext.\r\n')
    expect(title).toBe('A title')
    expect(blocks.map(({ text }) => text)).toEqual(['First line second line.', 'Next.'])
  })

  test.each(['', '   \n\n ', '\0\0', '\ufeff'])('without words (%j) is refused with the reason', (source) => {
    expect(() => plain(source)).toThrow(ImportError)
    expect(() => plain(source)).toThrow('there are no paragraphs in it')
  })
})

describe('an HTML page', () => {
  test('without paragraphs is refused with the reason', () => {
    expect(() => html('<img src="a.png"><script>let words</script>')).toThrow(ImportError)
  })

  test('too large is refused with the limit', () => {
    expect(() => html(`<p>${'word '.repeat(2_200_000)}`)).toThrow('larger than 10 MB')
  })

  test('with 5,000 paragraphs has them all, in order', () => {
    const texts = Array.from({ length: 5000 }, (_, nth) => long(nth))
    const { blocks } = html(`<article>${texts.map((text) => `<p>${text}</p>`).join('')}</article>`)
    expect(blocks.map(({ text }) => text)).toEqual(texts)
  })

  test('with 400 elements inside one another is read; with 2,000 it is refused with the reason', () => {
    const nested = (depth: number) =>
      html(`${'<div>'.repeat(depth)}<p>${long(1)}</p><p>${long(2)}</p>${'</div>'.repeat(depth)}`)
    expect(nested(400).blocks.map(({ text }) => text)).toEqual([long(1), long(2)])
    expect(() => nested(2000)).toThrow('more than 512 deep')
  })

  test('keeps words in another direction, and says the direction of the page', () => {
    const source = `<html lang="ar" dir="rtl"><title>عنوان</title><article><p>${'نص طويل بما يكفي للقراءة، '.repeat(8)}</p><p>${'فقرة أخرى من المقال، '.repeat(8)}</p></article>`
    expect(importArticle({ format: 'html', source })).toMatchObject({ language: 'ar', direction: 'rtl' })
  })

  test.each([
    ['a script', '<script>alert(1)</script>'],
    ['a handler', '<b onclick="alert(1)">bold</b>'],
    ['a javascript address', '<a href="javascript:alert(1)">link</a>'],
    ['a javascript address behind white space', '<a href=" java\nscript:alert(1)">link</a>'],
    ['a data address', '<a href="data:text/html,alert(1)">link</a>'],
    ['an image', '<img src=x onerror=alert(1)>'],
    ['SVG', '<svg onload=alert(1)><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>'],
    ['raw text', '<xmp><img src=x onerror=alert(1)></xmp>'],
    ['a style', '<style>body{display:none}</style><b style="position:fixed">bold</b>'],
    ['a frame', '<iframe srcdoc="<script>alert(1)</script>"></iframe>'],
  ])('keeps nothing that runs of %s', (_, hostile) => {
    const { blocks } = html(`<article><p>${long(1)} ${hostile}</p><p>${long(2)}</p></article>`)
    const kept = blocks.map((block) => block.html ?? '').join('')
    expect(kept).not.toMatch(
      /<(?!\/?(?:a|b|em|strong|i|code|q|sup|sub|br|cite|abbr|mark|s|del|ins|u|small)\b)/i,
    )
    expect(kept).not.toMatch(/\son\w+=|javascript:|data:|style=|srcdoc/i)
    expect(blocks[0]?.text).toContain(long(1))
  })

  test('completes relative links with the address of the page', () => {
    const source = `<title>T</title><article><p>${long(1)} <a href="/more?a=1&b=2">more</a></p><p>${long(2)}</p></article>`
    const { blocks } = importArticle({ format: 'html', source, url: 'https://gazette.example/a/b' })
    expect(blocks[0]?.html).toContain('href="https://gazette.example/more?a=1&amp;b=2"')
  })
})
