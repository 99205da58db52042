import { describe, expect, test } from 'vitest'
import { fold } from '../../server/moderation/screen/fold.ts'
import { screen } from '../../server/moderation/screen/index.ts'
import { wordHits } from '../../server/moderation/screen/words.ts'

const known = { shownComments: 5, trusted: false, timedOutUntil: null }
const plain = { text: 'So it is.', words: ['crook'], author: known, holdFirst: 1, passageFound: true }

describe('a comment is', () => {
  test('shown when nothing speaks against it', () => {
    expect(screen(plain)).toEqual({ hold: false, signals: [] })
  })

  test('held with every cause', () => {
    const author = { shownComments: 1, trusted: false, timedOutUntil: null }
    expect(screen({ ...plain, text: 'Crook!', author, holdFirst: 2, passageFound: false })).toEqual({
      hold: true,
      signals: [
        { kind: 'word_list', detail: 'crook' },
        { kind: 'new_author', detail: '1' },
        { kind: 'passage_unknown', detail: '' },
      ],
    })
  })

  test('held for a word in disguise, which the moderator is shown', () => {
    expect(screen({ ...plain, text: 'СRООK' }).signals).toEqual([
      { kind: 'word_list', detail: 'crook (СRООK)' },
    ])
  })

  test('never held when a moderator wrote it', () => {
    const author = { shownComments: 0, trusted: true, timedOutUntil: null }
    expect(screen({ ...plain, text: 'crook', author, passageFound: false })).toEqual({
      hold: false,
      signals: [],
    })
  })

  test('not held for newness where the site does not ask', () => {
    const author = { shownComments: 0, trusted: false, timedOutUntil: null }
    expect(screen({ ...plain, author, holdFirst: 0 }).hold).toBe(false)
  })
})

describe('a listed word', () => {
  test.each([
    ['What a СRООK!', 'crook', 'СRООK'],
    ['ＣＲＯＯＫ', 'crook', 'ＣＲＯＯＫ'],
    ['ⓒⓡⓞⓞⓚ', 'crook', 'ⓒⓡⓞⓞⓚ'],
    ['c\u0336r\u0336ook', 'crook', 'c\u0336r\u0336ook'],
    ['cr\u00ado\u200bok.', 'crook', 'cr\u00ado\u200bok'],
    ['Great CROOKS, a crook', 'crook', 'crook'],
    ['go  away – now', 'away now', 'away – now'],
    ['Café', 'cafe', 'Café'],
    ['STRASSE', 'straße', 'STRASSE'],
    ['我不赌博了', '赌博', '赌博'],
    ['see https://casino.example/', 'casino', 'casino'],
  ])('is found in %j', (text, word, at) => {
    expect(wordHits(text, [word])).toEqual([{ word, at }])
  })

  test.each([
    ['crooked', 'crook'],
    ['burn', 'bum'],
    ['modern', 'modem'],
    ['c r o o k', 'crook'],
    ['cr00k', 'crook'],
    ['away from now', 'away now'],
    ['anything', ''],
    ['any - thing', '-'],
  ])('is not found in %j: %j', (text, word) => {
    expect(wordHits(text, [word])).toEqual([])
  })

  test('is given once, also when it stands twice in text and list', () => {
    expect(wordHits('Crook, crook!', ['crook', 'crook'])).toEqual([{ word: 'crook', at: 'Crook' }])
  })
})

test('folding what is folded changes nothing, for every character there is', () => {
  for (let plane = 0; plane <= 0x10; plane++) {
    const points = Array.from({ length: 0x10000 }, (_, low) => plane * 0x10000 + low)
    const all = points
      .filter((point) => point < 0xd800 || point > 0xdfff)
      .map((point) => String.fromCodePoint(point))
    const once = fold(all.join(' '))
    expect(fold(once) === once).toBe(true)
  }
})
