import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endOf, normalise } from '../../core/anchoring/normalize.ts'
import { hostile, text } from './any-text.ts'

const runs = { numRuns: 1000, seed: 11 }

describe('the way back from a normalised text', () => {
  test('never falls and ends at the end', () => {
    fc.assert(
      fc.property(hostile, (original) => {
        const { text: plain, origin } = normalise(original)
        expect(origin).toHaveLength(plain.length + 1)
        expect(origin.at(-1)).toBe(original.length)
        expect(origin.toSorted()).toEqual(origin)
      }),
      runs,
    )
  })

  test('leads to the characters that each unit was made of', () => {
    fc.assert(
      fc.property(hostile, (original) => {
        const { text: plain, origin } = normalise(original)
        for (let from = 0, to = 1; from < plain.length; from = to, to += 1) {
          while (to < plain.length && origin[to] === origin[from]) to += 1
          const piece = original.slice(origin[from], origin[to])
          const made = plain.slice(from, to)
          // Those characters by themselves come to the same, but for the spaces at the end of it all.
          expect(normalise(`|${piece}`).text).toBe(`|${made}`.trimEnd())
          expect(/^\s/.test(piece)).toBe(made === ' ')
        }
      }),
      runs,
    )
  })

  test('leads from a letter to that letter', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (original) => {
        const { text: plain, origin } = normalise(original)
        for (const [at, unit] of Array.from(plain).entries()) expect(original[origin[at] ?? -1]).toBe(unit)
        expect(plain).toBe(original.trim().replaceAll(/ +/g, ' '))
      }),
      runs,
    )
  })

  test('leads past all that is a part of a character, and past nothing that does not show', () => {
    fc.assert(
      fc.property(hostile, (original) => {
        const normal = normalise(original)
        for (let to = 1; to <= normal.text.length; to += 1) {
          const [last, next] = [normal.origin[to - 1] ?? -1, normal.origin[to] ?? -1]
          if (normal.text[to - 1] === ' ' || last === next) continue
          const end = endOf(normal, original, to)
          expect(normalise(original.slice(end, next)).text).toBe('')
          expect(normalise(original.slice(end - 1, end)).text).not.toBe('')
          expect(end).toBeGreaterThan(last)
        }
      }),
      runs,
    )
  })
})

describe('what typesetting changes', () => {
  test.each([
    ['soft hyphens', 'cap\u00adtain', 'captain'],
    ['zero-width spaces and joiners', 'a\u200bb\u200cc\u200dd\u2060e\ufefff', 'abcdef'],
    ['direction marks', '\u200fשלום\u200e', 'שלום'],
    ['ligatures', 'ﬁnd oﬀ ﬂow eﬃcient baﬄe', 'find off flow efficient baffle'],
    ['double quotes', '“a” „b‟ «c»', '"a" "b" "c"'],
    ['single quotes', '‘a’ ‚b‛ ‹c› 5′', "'a' 'b' 'c' 5'"],
    ['dashes and the minus', 'a—b–c‑d‐e−f', 'a-b-c-d-e-f'],
    ['an ellipsis', 'and…', 'and...'],
    ['white space of all kinds', '\u00a0 a\t\u2009b\r\n\u3000c \n', 'a b c'],
    ['letters in parts', 'e\u0301te\u0301', 'été'],
    ['several marks, in another order', 'a\u0323\u0302', 'a\u0302\u0323'.normalize('NFC')],
    ['Hangul in parts', '\u1112\u1161\u11ab', '한'],
    ['parts beyond the first plane', '\u{11131}\u{11127}', '\u{1112e}'],
    ['a sign that stands for another', '\u212b', 'å'.toUpperCase()],
  ])('makes no difference: %s', (_, set, plain) => {
    expect(normalise(set).text).toBe(plain)
  })

  test('makes no difference: letters composed or in parts, of any text', () => {
    fc.assert(
      fc.property(text, (original) => {
        expect(normalise(original.normalize('NFD')).text).toBe(normalise(original.normalize('NFC')).text)
      }),
      { numRuns: 5000, seed: 12 },
    )
  })

  test.each(['Straße', 'ВОДА', 'x²', '½', 'a_b', '海の', 'naïve', '1,000.50'])(
    'and what writing means stays: %s',
    (written) => {
      expect(normalise(written).text).toBe(written)
    },
  )

  test('leads back through each of them', () => {
    const original = 'An e\u0301te\u0301, “ﬁne”…'
    const normal = normalise(original)
    expect(normal.text).toBe('An été, "fine"...')
    const back = (words: string) => {
      const at = normal.text.indexOf(words)
      return original.slice(normal.origin[at], normal.origin[at + words.length])
    }
    expect(back('été')).toBe('e\u0301te\u0301')
    expect(back('"fine"')).toBe('“ﬁne”')
    expect(back('...')).toBe('…')
    expect(back('ne')).toBe('ne')
  })
})
