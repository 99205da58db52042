import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  align,
  carry,
  describe as describePassage,
  describeBlock,
  locate,
  passageAt,
  prepare,
  sectionOf,
  type Passage,
} from '../../core/anchoring/index.ts'
import { normalise } from '../../core/anchoring/normalize.ts'
import { blocks, hostile, hostileBlocks } from './any-text.ts'

/** What a selection can be: some characters of the article, at least one of which shows. */
interface Selected {
  texts: string[]
  there: Passage
}

const longest = 2000

/** Any part of any article, from character to character. */
const selected = fc
  .tuple(blocks, fc.nat(), fc.nat({ max: 400 }))
  .map(([texts, from, length]): Selected => {
    const joined = texts.join('\n')
    const whole = (at: number) => ((joined.charCodeAt(at) & 0xfc00) === 0xdc00 ? at - 1 : at)
    let start = whole(from % (joined.length + 1))
    let end = whole(Math.min(joined.length, start + 1 + length))
    // The cut between two blocks is in neither of them.
    while (joined[start] === '\n') start += 1
    while (end > start && joined[end - 1] === '\n') end -= 1
    return { texts, there: passageAt(prepare(texts), start, end) }
  })
  .filter(({ texts, there }) => normalise(wordsOf(texts, there)).text !== '')

function wordsOf(texts: string[], { block, start, endBlock, end }: Passage): string {
  const before = (index: number) => texts.slice(0, index).reduce((sum, text) => sum + text.length + 1, 0)
  return texts.join('\n').slice(before(block) + start, before(endBlock) + end)
}

function isInside(texts: readonly string[], { block, start, endBlock, end }: Passage): boolean {
  const [first, last] = [texts[block], texts[endBlock]]
  if (first === undefined || last === undefined) return false
  return (
    start >= 0 && start <= first.length && end >= 0 && end <= last.length && (block < endBlock || start < end)
  )
}

const placeOf = ({ block, start, endBlock, end }: Passage): Passage => ({ block, start, endBlock, end })

/** A passage without the white space and what does not show at its ends: those are nobody's to keep. */
function shown(texts: string[], passage: Passage): Passage {
  const joined = texts.join('\n')
  const { starts } = prepare(texts)
  let start = (starts[passage.block] ?? 0) + passage.start
  let end = (starts[passage.endBlock] ?? 0) + passage.end
  const isEmpty = (at: number) => normalise(joined.charAt(at)).text === ''
  while (start < end && isEmpty(start)) start += 1
  while (end > start && isEmpty(end - 1)) end -= 1
  return passageAt({ starts }, start, end)
}

describe('a passage of any text in any script', () => {
  test('is found in the same text exactly where it was', () => {
    fc.assert(
      fc.property(selected, ({ texts, there }) => {
        const found = locate(texts, describePassage(texts, there))
        expect(found && placeOf(found)).toEqual(there)
      }),
      { numRuns: 3000, seed: 21 },
    )
  })

  test('is found by its words when something new comes before it all, or seldom not', () => {
    let missed = 0
    fc.assert(
      fc.property(selected, ({ texts, there }) => {
        const now = ['Something new', ...texts]
        const found = locate(now, describePassage(texts, there))
        // One sign among others like it says too little. (A known limit, not met here: in a word so long that the
        // prefix does not reach its beginning, the place inside of the word is not exact.)
        if (!found) {
          missed += 1
          return
        }
        const { block, start, endBlock, end } = shown(texts, there)
        expect(shown(now, found)).toEqual({ block: block + 1, start, endBlock: endBlock + 1, end })
      }),
      { numRuns: 3000, seed: 22 },
    )
    expect(missed).toBeLessThan(15)
  })

  test('is carried over to the same text exactly where it was', () => {
    fc.assert(
      fc.property(selected, ({ texts, there }) => {
        const carried = carry(align(prepare(texts), prepare(texts)), there)
        expect(carried.status).toBe('same')
        expect(carried.passage && shown(texts, carried.passage)).toEqual(shown(texts, there))
      }),
      { numRuns: 3000, seed: 23 },
    )
  })
})

test('a longer passage is anchored by its beginning, up to a whole character', () => {
  for (const text of ['😀'.repeat(1500), `a${'😀'.repeat(1500)}`, 'Often said. '.repeat(300)]) {
    const anchor = describePassage([text], { block: 0, start: 0, endBlock: 0, end: text.length })
    expect(anchor.quote.exact).toBe(text.slice(0, text.startsWith('a') ? longest - 1 : longest))
    expect(locate([text], anchor)).toMatchObject({ block: 0, start: 0, end: anchor.quote.exact.length })
  }
})

const edits = ['stay', 'stay', 'stay', 'go', 'twice', 'cut', 'new'] as const

/** An article and its next revision: blocks stay, go, come twice, lose their end, get a new one before them, move. */
const revised = fc
  .tuple(selected, fc.array(fc.constantFrom(...edits), { maxLength: 6 }), blocks, fc.nat())
  .map(([{ texts, there }, edit, news, turn]) => {
    const now = texts.flatMap((text, at) => {
      if (edit[at] === 'go') return []
      if (edit[at] === 'twice') return [text, text]
      if (edit[at] === 'cut') return [text.slice(0, text.length >> 1)]
      return edit[at] === 'new' ? [news[at % news.length] ?? '', text] : [text]
    })
    const cut = turn % 3 === 0 ? turn % (now.length + 1) : 0
    return { texts, there, now: [...now.slice(cut), ...now.slice(0, cut)] }
  })

describe('a passage carried over an edit', () => {
  test('and back again is where it was, if nothing was changed in it', () => {
    let many = 0
    fc.assert(
      fc.property(revised, ({ texts, there, now }) => {
        const [before, after] = [prepare(texts), prepare(now)]
        const over = carry(align(before, after), there)
        if (!over.passage || over.status === 'edited') return
        const back = carry(align(after, before), over.passage)
        if (!back.passage || back.status === 'edited') return
        many += 1
        expect(shown(texts, back.passage)).toEqual(shown(texts, there))
      }),
      { numRuns: 5000, seed: 31 },
    )
    // Most of these edits leave the passage alone.
    expect(many).toBeGreaterThan(2500)
  })

  test('has the same words as before, where it is said to be the same or moved', () => {
    fc.assert(
      fc.property(revised, ({ texts, there, now }) => {
        const { status, passage } = carry(align(prepare(texts), prepare(now)), there)
        expect(passage === null).toBe(status === 'orphaned')
        if (!passage || status === 'edited') return
        const [was, is] = [shown(texts, there), shown(now, passage)]
        expect(comparable(wordsOf(now, is))).toBe(comparable(wordsOf(texts, was)))
      }),
      { numRuns: 5000, seed: 32 },
    )
  })
})

/** Whatever the blocks and the case: how a text is cut into blocks does not change its words. */
const comparable = (text: string) => normalise(text).text.normalize('NFKC').toLowerCase().replaceAll(' ', '')

describe('whatever comes', () => {
  const passages = fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => (texts: string[]): Passage => {
    const { joined, starts } = prepare(texts)
    const [from, to] = [a % (joined.length + 1), b % (joined.length + 1)]
    return passageAt({ starts }, Math.min(from, to), Math.max(from, to))
  })

  test('is described, and an anchor is found inside of the blocks or not at all', () => {
    fc.assert(
      fc.property(hostileBlocks, hostileBlocks, passages, (texts, others, choose) => {
        const anchor = describePassage(texts, choose(texts))
        for (const article of [texts, others, [...others, ...texts]]) {
          const found = locate(article, anchor)
          if (found) expect(isInside(article, found)).toBe(true)
        }
      }),
      { numRuns: 5000, seed: 41 },
    )
  })

  test('is looked for by any selectors', () => {
    fc.assert(
      fc.property(
        hostileBlocks,
        hostile,
        hostile,
        hostile,
        fc.nat({ max: 500 }),
        (texts, prefix, exact, suffix, start) => {
          const found = locate(texts, {
            quote: { prefix, exact, suffix },
            position: { start, end: start + exact.length },
          })
          if (found) expect(isInside(texts, found)).toBe(true)
        },
      ),
      { numRuns: 5000, seed: 42 },
    )
  })

  test('is carried over to inside of the blocks or to nowhere, with a block that stands for its place', () => {
    fc.assert(
      fc.property(hostileBlocks, hostileBlocks, passages, fc.boolean(), (texts, others, choose, isAdded) => {
        const now = isAdded ? [...others, ...texts] : others
        const alignment = align(prepare(texts), prepare(now))
        const there = choose(texts)
        const { passage, confidence } = carry(alignment, there)
        if (passage) expect(isInside(now, passage)).toBe(true)
        expect(confidence).toBeGreaterThanOrEqual(0)
        expect(confidence).toBeLessThanOrEqual(1)
        const section = sectionOf(alignment, there)
        expect(section).toBeGreaterThanOrEqual(0)
        expect(section).toBeLessThan(Math.max(1, now.length))
      }),
      { numRuns: 5000, seed: 43 },
    )
  })

  test('that has something in it is anchored as a whole block', () => {
    fc.assert(
      fc.property(hostileBlocks, (texts) => {
        for (const [block, text] of texts.entries()) {
          if (normalise(text).text === '') continue
          expect(locate(texts, describeBlock(texts, block))).toMatchObject({ block, start: 0 })
        }
      }),
      { numRuns: 2000, seed: 44 },
    )
  })
})
