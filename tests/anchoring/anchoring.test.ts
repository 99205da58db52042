import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  describe as describePassage,
  describeBlock,
  fingerprint,
  locate,
  prepare,
  type Passage,
} from '../../core/anchoring/index.ts'
import { Anchor } from '../../core/contract/anchor.ts'
import { importArticle } from '../../server/articles/index.ts'
import { hold } from '../moderation/caller.ts'

const texts = [
  'The ferry leaves at seven — “or when the fog allows”, says the captain.',
  'Nobody waits.',
  'On the other side, the bus to the old town stands with its doors open.',
  'Nobody waits.',
  'By nine the harbour is as empty as it was: Nobody waits. Then the ferry leaves at seven again.',
]

/** The passage of the nth occurrence of words in a block. */
function passage(block: number, words: string, nth = 0, all = texts): Passage {
  let start = -1
  for (let found = 0; found <= nth; found += 1) start = all[block]?.indexOf(words, start + 1) ?? -1
  if (start < 0) throw new Error(`"${words}" is not in block ${block}`)
  return { block, start, endBlock: block, end: start + words.length }
}
const place = (all: string[], anchor: Anchor) => {
  const found = locate(all, anchor)
  return found && { block: found.block, start: found.start, endBlock: found.endBlock, end: found.end }
}

describe('a passage described and found again', () => {
  test.each([
    [0, 'ferry leaves at seven'],
    [2, 'the old town'],
    [4, 'ferry leaves at seven'],
    [0, '— “or when'],
    [3, 'Nobody waits.'],
    [1, 'Nobody'],
  ])('in the same text is where it was: block %i, “%s”', (block, words) => {
    const there = passage(block, words)
    expect(place(texts, describePassage(texts, there))).toEqual(there)
  })

  test('over several blocks is whole', () => {
    const there = { block: 1, start: 7, endBlock: 2, end: 17 }
    const anchor = describePassage(texts, there)
    expect(anchor.quote.exact).toBe('waits.\nOn the other side')
    expect(place(texts, anchor)).toEqual(there)
  })

  test('moves with a paragraph that comes before it', () => {
    const anchor = describePassage(texts, passage(2, 'the old town'))
    expect(place(['A new beginning.', ...texts], anchor)).toMatchObject({ block: 3 })
  })

  test('is not mistaken for equal words elsewhere when its paragraph goes', () => {
    const anchor = describePassage(texts, passage(1, 'Nobody waits.'))
    const found = locate(texts.toSpliced(1, 1, 'A wholly different paragraph stands here now.'), anchor)
    expect(found).toBeNull()
  })

  test('that is nowhere is said to be nowhere', () => {
    const anchor = describePassage(texts, passage(2, 'the old town'))
    expect(locate([texts[0] ?? '', 'Something else.'], anchor)).toBeNull()
    expect(locate([], anchor)).toBeNull()
    expect(locate(['', ''], anchor)).toBeNull()
  })

  test('is surer with context that agrees than without', () => {
    const sentence = 'On the other side, the bus to the old town stands with its doors open.'
    const anchor = describePassage(texts, passage(2, sentence))
    const same = locate(texts, anchor)
    const elsewhere = ['A guide to the island.', `It is well known. ${sentence} It leaves on the hour.`]
    const moved = locate(elsewhere, anchor)
    expect(same?.confidence).toBe(1)
    expect(moved).toMatchObject(passage(1, sentence, 0, elsewhere))
    expect(moved?.confidence).toBeLessThan(1)
  })

  test('keeps its full stop where the context after it is gone but for another', () => {
    const made = [texts[0] ?? '', 'See also: opening times etc. and fares.', texts[1] ?? '']
    const anchor = describePassage(made, passage(0, 'says the captain.', 0, made))
    const now = ['Read on the pier.', texts[0] ?? '', 'Nobody knows why.']
    expect(locate(now, anchor)).toMatchObject(passage(1, 'says the captain.', 0, now))
  })

  test.each([
    ['straight quotes and hyphens', (text: string) => text.replaceAll(/[“”]/g, '"').replaceAll('—', '-')],
    ['no-break spaces', (text: string) => text.replaceAll(' ', '\u00a0')],
    ['soft hyphens', (text: string) => text.replaceAll('captain', 'cap\u00adtain')],
    ['double spaces', (text: string) => text.replaceAll(' ', '  ')],
    ['letters in parts', (text: string) => text.normalize('NFD')],
  ])('is found in a text set with %s, at its real place', (_, change) => {
    const changed = texts.map(change)
    const anchor = describePassage(texts, passage(0, '“or when the fog allows”, says the captain'))
    const found = locate(changed, anchor)
    expect(found?.block).toBe(0)
    const words = changed[0]?.slice(found?.start, found?.end)
    expect(words).toBe(change('“or when the fog allows”, says the captain'))
  })

  test('never cuts a character in two, and holds the contract', () => {
    const emoji = '👩‍👩‍👧‍👦😀'.repeat(30)
    const anchor = describePassage([emoji], { block: 0, start: 41, endBlock: 0, end: 99 })
    const held = hold(Anchor, JSON.parse(JSON.stringify(anchor)))
    expect(held.quote.exact.isWellFormed()).toBe(true)
    expect(held.quote.prefix.isWellFormed()).toBe(true)
    expect(held.quote.suffix.isWellFormed()).toBe(true)
  })
})

describe('a paragraph anchored as a whole', () => {
  test('is found by its words wherever it stands', () => {
    const anchor = describeBlock(texts, 2)
    expect(place([...texts.slice(2), ...texts.slice(0, 2)], anchor)).toMatchObject({ block: 0, start: 0 })
  })

  test('is told from its equals by its neighbours', () => {
    for (const nth of [1, 3]) {
      const anchor = describeBlock(texts, nth)
      expect(place(texts, anchor)?.block).toBe(nth)
      expect(place(['New.', 'And new.', ...texts], anchor)?.block).toBe(nth + 2)
    }
  })

  test.each([-1, 5, 1.5, Number.NaN])('cannot be number %d of five', (index) => {
    expect(() => describeBlock(texts, index)).toThrow(RangeError)
  })
})

describe('a fingerprint', () => {
  test('is the same for words set in another way, and another for other words', () => {
    expect(fingerprint('“So – he said…”')).toBe(fingerprint('"So - he\u00a0said..."'))
    expect(fingerprint('So he said')).not.toBe(fingerprint('So he says'))
    expect(fingerprint('')).toMatch(/^[0-9a-z]*$/)
  })
})

describe('every passage of any text', () => {
  const words = fc.array(fc.constantFrom('a', 'the', 'sea', '“fog”', 'été', '海', '😀', '\u00a0', '–'), {
    minLength: 1,
    maxLength: 40,
  })
  const article = fc.array(
    words.map((all) => all.join(' ')),
    { minLength: 1, maxLength: 8 },
  )

  test('is found: the same words, with a confidence that says something', () => {
    fc.assert(
      fc.property(article, fc.nat(), fc.nat(), fc.nat(), (blocks, which, from, length) => {
        const block = which % blocks.length
        const text = blocks[block] ?? ''
        const start = from % text.length
        const end = Math.min(text.length, start + 2 + (length % 30))
        const anchor = describePassage(blocks, { block, start, endBlock: block, end })
        const found = locate(blocks, anchor)
        if (!found) {
          // White space alone is no passage.
          expect(anchor.quote.exact.trim()).toBe('')
          return
        }
        const there = blocks[found.block]?.slice(found.start, found.end) ?? ''
        if (found.block === found.endBlock) expect(fingerprint(there)).toBe(fingerprint(anchor.quote.exact))
        expect(found.confidence).toBeGreaterThanOrEqual(0.5)
        expect(found.confidence).toBeLessThanOrEqual(1)
      }),
      { numRuns: 2000, seed: 7 },
    )
  })
})

const seed = fileURLToPath(new URL('../../../shared/article/seed.txt', import.meta.url))
test.runIf(existsSync(seed))('every sentence and paragraph of the real article is found where it is', () => {
  const { blocks } = importArticle({ format: 'text', source: readFileSync(seed, 'utf8') })
  const all = blocks.map(({ text }) => text)
  const prepared = prepare(all)
  for (const [block, text] of all.entries()) {
    expect(locate(prepared, describeBlock(all, block))).toMatchObject({ block, start: 0, end: text.length })
    for (const { index, segment } of new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text)) {
      const there = { block, start: index, endBlock: block, end: index + segment.trimEnd().length }
      expect(locate(prepared, describePassage(all, there))).toMatchObject(there)
    }
  }
})
