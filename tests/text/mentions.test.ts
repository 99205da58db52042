import fc from 'fast-check'
import Value from 'typebox/value'
import { Type } from 'typebox'
import { describe, expect, test } from 'vitest'
import { TextBlock, type Inline } from '../../core/contract/text.ts'
import { commentLimit, mentionLimit } from '../../core/text/limits.ts'
import { mentioned, namesIn, parse, toHtml, toPlainText, withMentions } from '../../server/text/index.ts'
import { hasCorpus, naughtyStrings } from './corpus.ts'

const id = (nth: number) => `01890000-0000-7000-8000-${String(nth).padStart(12, '0')}`
const names = [
  'Ada',
  'Ada Lovelace',
  'Jean-Luc',
  '田中',
  'محمد علي',
  'Zoë',
  'สมชาย',
  "O'Neil",
  '😀 Fan',
  'Mo!',
]
/** Two people have it. */
const shared = 'Anna'

/** Stands in for the database: whoever is called like a candidate, without regard to case. */
function named(source: string): TextBlock[] {
  const blocks = parse(source)
  const people = new Map(
    namesIn(blocks).flatMap((typed): [string, { id: string; name: string } | null][] => {
      const lower = typed.toLowerCase()
      if (lower === shared.toLowerCase()) return [[typed, null]]
      const nth = names.findIndex((name) => name.toLowerCase() === lower)
      return nth < 0 ? [] : [[typed, { id: id(nth), name: names[nth] ?? '' }]]
    }),
  )
  return withMentions(blocks, people)
}

const who = (source: string) => mentioned(named(source)).map((one) => names[Number(one.slice(-12))])

describe('an @ names somebody', () => {
  test.each<[string, string[]]>([
    ['@Ada', ['Ada']],
    ['Hello @ada, and @ADA again', ['Ada']],
    ['(@Ada)', ['Ada']],
    ['@Ada’s point', ['Ada']],
    ['As @Ada.', ['Ada']],
    ['@Ada, @Zoë', ['Ada', 'Zoë']],
    ['@ada lovelace knew', ['Ada Lovelace']],
    ['@Ada  Lovelace', ['Ada Lovelace']],
    ['@Ada and @Ada Lovelace', ['Ada', 'Ada Lovelace']],
    ["> @Zoë\n\n- *@Jean-Luc*\n- **@O'Neil**", ['Zoë', 'Jean-Luc', "O'Neil"]],
    ['ありがとう@田中さん', ['田中']],
    ['@Adaさん', ['Ada']],
    ['قال @محمد علي، نعم', ['محمد علي']],
    ['@สมชายครับ', ['สมชาย']],
    ['@😀 Fan', ['😀 Fan']],
    ['@Mo! Well', ['Mo!']],
    ['# @Ada', ['Ada']],
  ])('%j: %j', (source, expected) => {
    expect(who(source)).toEqual(expected)
  })

  test('as its account has it, with what stood around it', () => {
    const text = (said: string) => ({ type: 'text', text: said })
    expect(named('Ask @ada lovelace, now.')).toEqual([
      {
        type: 'paragraph',
        children: [text('Ask '), { type: 'mention', id: id(1), name: 'Ada Lovelace' }, text(', now.')],
      },
    ])
    expect(toHtml(named('Ask @ada.'))).toBe('<p dir="auto">Ask <bdi>@Ada</bdi>.</p>')
    expect(toPlainText(named('Ask @ada.'))).toBe('Ask @Ada.')
  })

  test('and a name is never more than text', () => {
    const blocks = withMentions(parse('@x'), new Map([['x', { id: id(0), name: '<img src=x>&' }]]))
    expect(toHtml(blocks)).toBe('<p dir="auto"><bdi>@&lt;img src=x&gt;&amp;</bdi></p>')
  })
})

describe('an @ names nobody', () => {
  test.each([
    'mail me@ada',
    'me.@ada and x+@ada',
    'example.org/@ada',
    '@@Ada',
    '@Ada@mastodon.example',
    '@ada.example.org',
    '@ada/package',
    '@Adam',
    '@Ada_2',
    '@Ada2',
    '@Ada-Marie',
    '@ Ada',
    '`@Ada`',
    '```\n@Ada\n```',
    '[@Ada](https://example.org)',
    '[*@Ada*](https://example.org)',
    'https://example.org/@Ada',
    '*me*@Ada',
    '@Ada*m*',
    '@Ada\u0301',
    '@Anna',
    '@nobody',
    '@',
  ])('%j', (source) => {
    expect(who(source)).toEqual([])
    expect(named(source)).toEqual(parse(source))
  })

  test('after the tenth', () => {
    const blocks = named('@Ada '.repeat(12))
    const nodes: Inline[] = blocks.flatMap((block) => (block.type === 'paragraph' ? block.children : []))
    expect(nodes.filter(({ type }) => type === 'mention')).toHaveLength(mentionLimit)
    expect(toPlainText(blocks)).toBe('@Ada '.repeat(12).trim())
  })
})

const Blocks = Type.Array(TextBlock)

/** Naming people changes no letter, and makes nothing but allowed nodes. */
function expectSound(source: string): void {
  const blocks = named(source)
  expect(Value.Check(Blocks, blocks), JSON.stringify(blocks)).toBe(true)
  expect(toPlainText(blocks).toLowerCase().replace(/\s+/gu, ' ')).toBe(
    toPlainText(parse(source)).toLowerCase().replace(/\s+/gu, ' '),
  )
  expect(mentioned(blocks).length).toBeLessThanOrEqual(mentionLimit)
}

describe('whatever is typed, not a letter is lost', () => {
  const piece = fc.constantFrom(
    ...names.flatMap((name) => [name, `@${name}`, name.toUpperCase()]),
    ...[
      '@',
      '@@',
      ' ',
      '\n',
      '*',
      '**',
      '`',
      '[',
      '](https://a.example)',
      '> ',
      '- ',
      '\\',
      '.',
      '-',
      '\u0301',
    ],
    ...['\u200d', '\u200f', '\u00ad', '𠮷', '\ud83d\ude00', 'a@b.example', 'ß', 'İ'],
  )

  test('of any text', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        expectSound(pieces.join(''))
      }),
      { numRuns: 500 },
    )
  })

  test.skipIf(!hasCorpus)('of the naughty strings, before and after an @', () => {
    for (const text of naughtyStrings().map((one) => one.normalize('NFC'))) {
      for (const source of [text, `@${text}`, `@Ada${text}`, `${text}@Ada`, `@Ada ${text}`])
        expectSound(source)
    }
  })

  test.each(['@', '@a ', '@Ada', '@Ada ', '@田', '*@Ada* ', '@\u0301', '@ ', '> @Ada\n\n'])(
    'of a flood of %j',
    (unit) => {
      const source = unit.repeat(commentLimit / unit.length)
      expectSound(source)
      expect(namesIn(parse(source)).length).toBeLessThanOrEqual(30 * 80)
    },
  )
})
