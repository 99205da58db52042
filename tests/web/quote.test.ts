import { afterEach, describe, expect, it, vi } from 'vitest'
import { parse, toPlainText } from '../../server/text/index.ts'
import { addQuote, quoted } from '../../web/embed/later/quote.ts'

afterEach(() => vi.unstubAllGlobals())

describe('a quotation', () => {
  it.each([
    'Nothing special.',
    '2 * 3 * 4 is not emphasis, nor is _this_ or snake_case',
    '**bold** and `code` and [a](b) and <tag> and ~~x~~',
    '# not a title',
    '###### nor this',
    '- not a list',
    '+ nor this',
    '12. nor a numbered one',
    '3) nor this',
    '> not twice',
    '=== and ---',
    '---',
    String.raw`back\slash \* and \\`,
    'two lines\n1. and the second',
    'an empty one\n\nbetween',
    'Das „Wort“ — كلمة — 言葉 — 👩‍👩‍👧',
    'see https://example.org/_a_b?c=~d and _e_',
  ])('says the very words, and no more: %j', (words) => {
    const blocks = parse(quoted(words))
    expect(blocks.map(({ type }) => type)).toEqual(['quote'])
    const [quote] = blocks
    const inside = quote?.type === 'quote' ? quote.children : []
    expect(new Set(inside.map(({ type }) => type))).toEqual(new Set(['paragraph']))
    expect(toPlainText(inside).replace(/\n+/g, '\n')).toBe(words.replace(/\n+/g, '\n'))
  })

  it('is cut where it would be the comment once more, and not within a letter', () => {
    const long = quoted('😀'.repeat(5000))
    expect(long.length).toBeLessThan(700)
    expect(long.isWellFormed()).toBe(true)
    expect(long.endsWith('…')).toBe(true)
  })
})

describe('a quotation in an answer', () => {
  // What storage does not keep, the page does: each draft has a place of its own.
  let nth = 0
  const anew = () => `place ${(nth += 1)}`
  const body = parse('First paragraph,\nin *two* lines.\n\nSecond.')

  it('is of the words selected, else of the first paragraph', () => {
    expect(addQuote(anew(), body, '  two \n')).toBe('> two\n\n')
    expect(addQuote(anew(), body, '')).toBe('> First paragraph,\n> in two lines.\n\n')
  })

  it('is of what there is where there is no paragraph', () => {
    expect(addQuote(anew(), parse('- one\n- two'), '')).toBe('> one\n\n')
    expect(addQuote(anew(), parse('> said before\n\nAnd I say.'), '')).toBe('> And I say.\n\n')
    expect(addQuote(anew(), parse('> > said before'), '')).toBe('> said before\n\n')
    expect(addQuote(anew(), [], '')).toBe('>\n\n')
  })

  it('goes below what is typed already, and is kept with it', () => {
    const kept = new Map([['postil:draft:here', 'Half a thought\n']])
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => kept.set(key, text),
    })
    addQuote('here', body, 'two')
    expect(addQuote('here', body, 'lines')).toBe('Half a thought\n\n> two\n\n> lines\n\n')
    expect(kept.get('postil:draft:here')).toBe('Half a thought\n\n> two\n\n> lines\n\n')
  })
})
