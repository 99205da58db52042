import { expect, test } from 'vitest'
import { align, carry, describe, locate, passageAt, prepare, sectionOf } from '../../core/anchoring/index.ts'

const size = 1_000_000
const quoteLength = 2000

/** Vocabulary of a few words in no order, the same each time. */
function shuffled(seed: number): string {
  let state = seed
  const next = (below: number) => (state = (state * 48_271) % 2_147_483_647) % below
  return Array.from({ length: size / 5 }, () => `w${next(50)}${next(8) === 0 ? '.' : ''}`).join(' ')
}

// What is super-linear takes minutes with these, and the test's time runs out.
test.each([
  ['one letter', 'a'.repeat(size)],
  ['two words', 'ab cd '.repeat(size / 6)],
  ['spaces', ' '.repeat(size)],
  ['one letter of Chinese', '海'.repeat(size)],
  ['one mark', '\u0301'.repeat(size)],
  ['two marks in the wrong order', `a${'\u0301\u0323'.repeat(size / 2)}`],
  ['soft hyphens', '\u00ad'.repeat(size)],
  ['one sign', '.'.repeat(size)],
  ['sentences of one letter', 'a. '.repeat(size / 3)],
  ['half a character', '\ud83d'.repeat(size)],
  ['fifty words in no order', shuffled(1)],
])('a million of %s is prepared, searched and aligned', (_, text) => {
  const ordinary = ['The ferry leaves at seven, or when the fog allows, says the captain. '.repeat(5000)]
  const [article, shifted, other, mixed] = [[text], ['New.', text], ordinary, [shuffled(2)]].map((texts) =>
    prepare(texts),
  )
  if (!article || !shifted || !other || !mixed) throw new Error('four were given')
  const middle = size / 2
  const anchor = describe([text], passageAt(article, middle, middle + quoteLength))
  const found = locate(article, anchor)
  // White space, marks that do not show and nothing else are no quote.
  if (found) expect(found).toMatchObject({ block: 0, endBlock: 0 })
  locate(shifted, anchor)
  locate(other, anchor)
  locate(mixed, anchor)
  locate(article, describe(ordinary, { block: 0, start: 100, endBlock: 0, end: 100 + quoteLength }))
  for (const [before, after] of [
    [article, article],
    [article, shifted],
    [article, other],
    [other, article],
    [article, mixed],
  ] as const) {
    const alignment = align(before, after)
    for (const to of [quoteLength, before.joined.length]) {
      const there = passageAt(before, 0, to)
      const { passage } = carry(alignment, there)
      if (passage) expect(passage.endBlock).toBeLessThan(after.texts.length)
      expect(sectionOf(alignment, there)).toBeLessThan(after.texts.length)
    }
  }
  const self = carry(align(article, article), passageAt(article, middle, middle + quoteLength))
  expect(self.status).toBe(found ? 'same' : 'orphaned')
})
