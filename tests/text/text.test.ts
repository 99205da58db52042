import { describe, expect, test } from 'vitest'
import { commentLimit, countedLength } from '../../core/text/limits.ts'
import { parse, requireText, toHtml, toPlainText } from '../../server/text/index.ts'
import { expectAllowed, inOrder, letters, lettersSaid } from './allowed.ts'
import { dice } from '../setup/dice.ts'

const text = (said: string) => ({ type: 'text', text: said })
const paragraph = (...children: object[]) => ({ type: 'paragraph', children })
const link = (href: string, said: string) => ({ type: 'link', href, children: [text(said)] })

describe('a text is taken', () => {
  test('composed, with plain line ends, and otherwise as typed', () => {
    expect(requireText('  Cafe\u0301 \r\n\tso\rand\vso\n')).toBe('  Café \n\tso\nand\nso\n')
  })

  test('without the control characters that came along with pasted text', () => {
    expect(requireText('a\u0001\u001b[31mb\u007f')).toBe('a[31mb')
  })

  test.each([
    ['plain letters', 'a'],
    ['signs of two units', '👍'],
    ['letters that are put together', 'e\u0301'],
    ['signs that grow when composed', '\u0958'],
    ['signs that grow to four units', '\u{1d15e}'],
  ])('up to the length that the field counts: %s', (_, sign) => {
    const most = Math.floor(commentLimit / countedLength(sign))
    expect(requireText(sign.repeat(most))).toBe(sign.repeat(most).normalize('NFC'))
    expect(countedLength(sign.repeat(most + 1))).toBeGreaterThan(commentLimit)
    expect(() => requireText(sign.repeat(most + 1))).toThrow('10000 is the most')
  })

  test.each(['', ' \n\t', ' \u00a0\u200b\u2060 ', '\u3164\u115f\ufe0f', '\u0001\u0002', '\u2800'])(
    'unless nothing is to be seen of it: %j',
    (typed) => {
      expect(() => requireText(typed)).toThrow('body: is empty')
    },
  )

  test.each([
    ['a\0b', /NUL/],
    ['\ud800', /surrogate/],
    ['a'.repeat(commentLimit + 1), /has 10001 characters; 10000 is the most/],
    ['\u{1D160}'.repeat(commentLimit / 2), /is the most/],
    [`${'> '.repeat(9)}a`, /deeper than 8/],
    [`${'- '.repeat(9)}a`, /deeper than 8/],
    ['> '.repeat(4000) + 'a', /deeper than 8/],
  ])('and unless it cannot be kept or read', (typed, reason) => {
    expect(() => requireText(typed)).toThrow(reason)
  })

  test('up to the limits', () => {
    expect(requireText('a'.repeat(commentLimit))).toHaveLength(commentLimit)
    expect(requireText(`${'> - '.repeat(4)}a`)).toContain('a')
  })
})

describe('a text is parsed', () => {
  test.each<[string, object[]]>([
    ['*so*', [paragraph({ type: 'emphasis', children: [text('so')] })]],
    ['one\ntwo', [paragraph(text('one'), { type: 'break' }, text('two'))]],
    ['# So', [paragraph({ type: 'strong', children: [text('So')] })]],
    ['# **So**', [paragraph({ type: 'strong', children: [text('So')] })]],
    ['**********so**********', [paragraph({ type: 'strong', children: [text('so')] })]],
    ['`*x*`', [paragraph({ type: 'code', text: '*x*' })]],
    ['> so', [{ type: 'quote', children: [paragraph(text('so'))] }]],
    ['```js\nx < 1\n```', [{ type: 'codeblock', text: 'x < 1' }]],
    ['~~~ and what now\nso\n~~~', [{ type: 'codeblock', text: 'and what now\nso' }]],
    ['```js\n```', [{ type: 'codeblock', text: 'js' }]],
    ['- a', [{ type: 'list', ordered: false, items: [[paragraph(text('a'))]] }]],
    [
      '3. a\n7. b',
      [
        { type: 'list', ordered: true, start: 3, items: [[paragraph(text('a'))]] },
        { type: 'list', ordered: true, start: 7, items: [[paragraph(text('b'))]] },
      ],
    ],
    [
      '1. a\n1. b',
      [{ type: 'list', ordered: true, items: [[paragraph(text('a'))], [paragraph(text('b'))]] }],
    ],
  ])('into the subset: %j', (source, tree) => {
    expect(parse(source)).toEqual(tree)
  })

  test.each([
    '-',
    '>',
    '#',
    '1.',
    '***',
    '` `',
    '<b>so</b>',
    '&lt;',
    'a | b',
    '[a]()',
    '[x](javascript:alert(1))',
  ])('and what is not in it stays as typed: %j', (source) => {
    expect(parse(source)).toEqual([paragraph(text(source))])
  })

  test('with the marks alone when there are only marks', () => {
    expect(parse('>\n\n-')).toEqual([paragraph(text('>'), { type: 'break' }, { type: 'break' }, text('-'))])
  })

  test('deeper than the limit as plain text, so that an import fails on no comment', () => {
    const deep = `${'> '.repeat(30)}so`
    expect(parse(deep)).toEqual([paragraph(text(deep))])
  })
})

describe('a link', () => {
  test.each<[string, object[]]>([
    ['[a](https://x.example "why\nso")', [link('https://x.example/', 'a'), text(' (why so)')]],
    ['[](https://x.example)', [link('https://x.example/', 'https://x.example/')]],
    ['![a](https://x.example/i.png)', [text('!'), link('https://x.example/i.png', 'a')]],
    ['<reader@x.example>', [link('mailto:reader@x.example', 'reader@x.example')]],
    [
      'see https://bücher.example.',
      [text('see '), link('https://xn--bcher-kva.example/', 'https://bücher.example'), text('.')],
    ],
    ['https://аррӏе.example/', [link('https://xn--80ak6aa92e.example/', 'https://xn--80ak6aa92e.example/')]],
    ['[<https://a.example>](https://b.example)', [link('https://b.example/', 'https://a.example')]],
  ])('is made of %j', (source, children) => {
    expect(parse(source)).toEqual([paragraph(...children)])
  })

  test.each([
    'example.org',
    'a@x.example',
    'ftp://x.example',
    '//x.example',
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://localhost/',
    'http://a.localhost./',
    'http://intranet/',
    'https://reader:word@x.example/',
    '<mailto:a@x.example?bcc=b@x.example>',
    '[a](HTTPS:x.example)',
  ])('is not made of %j', (source) => {
    expect(parse(source)).toEqual([paragraph(text(source))])
  })
})

test('HTML is made of escaped text', () => {
  expect(toHtml(parse('5. *1 < 2 & "so"*\n\n> `<b>`\n\n[a](https://x.example/?b&c)'))).toBe(
    '<ol start="5"><li><p dir="auto"><em>1 &lt; 2 &amp; "so"</em></p></li></ol>' +
      '<blockquote><p dir="auto"><code>&lt;b&gt;</code></p></blockquote>' +
      '<p dir="auto"><a href="https://x.example/?b&amp;c" rel="nofollow ugc noopener">a</a></p>',
  )
})

test('HTML holds no link that the tree should never have had', () => {
  const forged = parse('so').concat({
    type: 'paragraph',
    children: [{ type: 'link', href: 'javascript:alert(1)', children: [{ type: 'text', text: 'a' }] }],
  })
  expect(toHtml(forged)).not.toContain('javascript:')
})

test('plain text keeps quotes, numbers and addresses', () => {
  expect(
    toPlainText(parse('> **No.**\n> So.\n\n3. a\n4. b\n\n[Yes](https://x.example) https://x.example')),
  ).toBe('> No.\n> So.\n\n3. a\n4. b\n\nYes (https://x.example/) https://x.example')
})

test('whatever is typed, no word is lost, and the tree is one of the allowed', () => {
  const pieces = [
    'word',
    'wörd',
    '語',
    ' ',
    ' ',
    '\n',
    '\n\n',
    '*',
    '**',
    '_',
    '`',
    '```',
    '~~~',
    '> ',
    '- ',
    '+ ',
    '# ',
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    '!',
    '\\',
    '"',
    ':',
    'https://x.example/a',
    'javascript:',
    '&amp;',
    '|',
    '---',
    '\t',
    '    ',
  ]
  const next = dice(20)
  for (let round = 0; round < 800; round++) {
    const source = Array.from({ length: 1 + next(25) }, () => pieces[next(pieces.length)] ?? '').join('')
    if (source.trim() === '') continue
    expectAllowed(source)
    // A language is told by its place: the only word that is a mark.
    const typed = letters(source.replace(/(?<=(```|~~~)[ \t]*)(word|wörd|語)(?=[ \t]*\n)/g, ''))
    expect(inOrder(typed, lettersSaid(source)), JSON.stringify(source)).toBe(true)
  }
})

test('taking a text twice changes nothing more', () => {
  const next = dice(7)
  for (let round = 0; round < 500; round++) {
    const typed = `a${String.fromCodePoint(...Array.from({ length: 20 }, () => 1 + next(0x2fff)))}`
    const taken = requireText(typed)
    expect(requireText(taken)).toBe(taken)
  }
})
