import { describe, expect, test } from 'vitest'
import { fold } from '../../server/moderation/screen/fold.ts'
import { screen, type Screened } from '../../server/moderation/screen/index.ts'
import { wordsOf } from '../../server/moderation/screen/words.ts'
import { WordList } from '../../server/moderation/screen/list.ts'
import { noRules } from '../../server/moderation/index.ts'
import type { Rules } from '../../core/contract/rules.ts'

const known = { shownComments: 5, trusted: false, isGuest: false, timedOutUntil: null }
const plain: Screened = {
  text: 'So it is.',
  links: 0,
  author: known,
  recent: 1,
  article: { sensitive: false, ageDays: 0 },
  copies: 0,
  passageFound: true,
  learnt: null,
}
const { list } = await WordList.read(['crook'])
const screened = (given: Partial<Screened>, rules: Partial<Rules> = {}) =>
  screen({ ...plain, ...given }, { ...noRules, ...rules }, list)
const hits = async (text: string, words: string[]) => (await WordList.read(words)).list.hits(text)

describe('a comment is', () => {
  test('shown when nothing speaks against it', () => {
    expect(screened({})).toEqual({ hold: false, signals: [] })
  })

  test('held with every cause', () => {
    const author = { shownComments: 1, trusted: false, isGuest: false, timedOutUntil: null }
    expect(screened({ text: 'Crook!', author, passageFound: false }, { holdFirst: 2 })).toEqual({
      hold: true,
      signals: [
        { kind: 'word_list', detail: 'crook' },
        { kind: 'new_author', detail: '1' },
        { kind: 'passage_unknown', detail: '' },
      ],
    })
  })

  test('held for a word in disguise, which the moderator is shown', () => {
    expect(screened({ text: 'СRООK' }).signals).toEqual([{ kind: 'word_list', detail: 'crook (СRООK)' }])
  })

  test('never held when a moderator wrote it', () => {
    const author = { shownComments: 0, trusted: true, isGuest: false, timedOutUntil: null }
    expect(screened({ text: 'crook', author, passageFound: false })).toEqual({
      hold: false,
      signals: [],
    })
  })

  test('not held for newness where the site does not ask', () => {
    const author = { shownComments: 0, trusted: false, isGuest: false, timedOutUntil: null }
    expect(screened({ author }, { holdFirst: 0 }).hold).toBe(false)
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
    // Digits and signs for letters.
    ['cr00k', 'crook', 'cr00k'],
    ['an 1d10t', 'idiot', '1d10t'],
    ['v1agra!', 'viagra', 'v1agra'],
    ['іd!0t', 'idiot', 'іd!0t'],
    ['a $windler', 'swindler', '$windler'],
    ['p1ug', 'plug', 'p1ug'],
    // Letters that stand apart.
    ['c r o o k', 'crook', 'c r o o k'],
    ['He is a c.r.o.o.k.', 'crook', 'c.r.o.o.k'],
    ['C-R-O-O-K', 'crook', 'C-R-O-O-K'],
    ['с r о o k', 'crook', 'с r о o k'],
    // Other scripts, and pictures.
    ['هذا كــــلام فارغ', 'كلام', 'كــــلام'],
    ['هٰذَا كَلَامٌ', 'كلام', 'كَلَامٌ'],
    ['What 🍆\ufe0f is this', '🍆', '🍆\ufe0f'],
    ['👍🏽', '👍', '👍'],
    ['ДУРАК', 'дурак', 'ДУРАК'],
    ['ばかやろう', 'ばか', 'ばか'],
  ])('is found in %j', async (text, word, at) => {
    expect(await hits(text, [word])).toEqual([{ word, at }])
  })

  test.each([
    ['crooked', 'crook'],
    ['burn', 'bum'],
    ['modern', 'modem'],
    ['away from now', 'away now'],
    ['anything', ''],
    ['any - thing', '-'],
    ['In 1007 and 455', 'loot'],
    ['l a c r o s s e', 'cross'],
    ['Plan a, b, c or o, k?', 'crook'],
  ])('is not found in %j: %j', async (text, word) => {
    expect(await hits(text, [word])).toEqual([])
  })

  test('is given once, also when it stands twice in text and list', async () => {
    expect(await hits('Crook, crook!', ['crook', 'crook'])).toEqual([{ word: 'crook', at: 'Crook' }])
  })
})

describe('ordinary words are not taken for', () => {
  const listed =
    'ass cock tit cum shit fuck sex anal rape nazi hell dick cul con pute merde arsch fotze culo puta'
  test.each([
    [
      'en',
      'Scunthorpe, Penistone, Essex and Sussex. Classic assassins assume a cockatoo’s title; a therapist in Shitterton documents analysis, grape and Dickens. Hello!',
    ],
    [
      'de',
      'Die Analyse der Klasse: Nazareth, Kultur, Assessor, Titel, Marschall, Sextett. Z. B. um 5 Uhr, d. h. am 1. 4.',
    ],
    ['fr', 'Calcul, culture, concert, député, réputation, le titre, un assassin, cocktail, Sussex.'],
    ['es', 'La disputa, el computador, calcular, un vehículo, título, análisis, documento, círculo.'],
    ['ru', 'Хлеба и зрелищ: оскорблять, страховать, команда, рубля, употреблять, не, а, и, в, с, к.'],
    ['ar', 'كانت المقالة طويلة، وفيها كلمات كثيرة و أ و ب و ج.'],
    ['ja', 'この記事は長い。分析、資料、歴史、そして題名。'],
    ['kk', 'Бұл мақала ұзақ: талдау, құжат, тарих, атау және басқалар.'],
  ])('listed ones: %s', async (_, text) => {
    expect(await hits(text, listed.split(' '))).toEqual([])
  })
})

describe('a rule', () => {
  const old = { author: { ...known, shownComments: 5 } }
  test.each([
    ['links', { links: 3 }, { links: { most: 2, newAuthors: 0 } }, '3'],
    ['links', { links: 1 }, { links: { most: null, newAuthors: 6 } }, '1'],
    ['rate', { recent: 6 }, { rate: { comments: 5, minutes: 10 } }, '6'],
    ['article', { article: { sensitive: true, ageDays: 0 } }, {}, 'sensitive'],
    ['article', { article: { sensitive: false, ageDays: 30.5 } }, { olderThanDays: 30 }, '30'],
    ['duplicate', { copies: 2 }, { duplicates: { copies: 2, hours: 6 } }, '2'],
  ] as const)('holds for %s', (kind, given, rules, detail) => {
    expect(screened({ ...old, ...given }, rules).signals).toEqual([{ kind, detail }])
  })

  test.each([
    ['links', { links: 2 }, { links: { most: 2, newAuthors: 5 } }],
    ['links', { links: 99 }, {}],
    ['rate', { recent: 5 }, { rate: { comments: 5, minutes: 10 } }],
    ['article', { article: { sensitive: false, ageDays: 30 } }, { olderThanDays: 30 }],
    ['duplicate', { copies: 1 }, { duplicates: { copies: 2, hours: 6 } }],
    ['duplicate', { copies: 99 }, {}],
  ] as const)('lets pass what it does not ask: %s', (_, given, rules) => {
    expect(screened({ ...old, ...given }, rules)).toEqual({ hold: false, signals: [] })
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

describe('the words of a text', () => {
  const read = (text: string) => wordsOf(text).map(({ folded, from, to }) => [folded, text.slice(from, to)])

  test.each([
    [
      'Cafe\u0301 no\u030812',
      [
        ['cafe', 'Cafe\u0301'],
        ['no12', 'no\u030812'],
      ],
    ],
    ['a\u0301', [['a', 'a\u0301']]],
    ['cas\u200bi\u00adno', [['casino', 'cas\u200bi\u00adno']]],
    ['1\ufe0f\u20e3x', [['1x', '1\ufe0f\u20e3x']]],
    [
      'СRооK,ab',
      [
        ['crook', 'СRооK'],
        ['ab', 'ab'],
      ],
    ],
    [
      '漢字a',
      [
        ['漢', '漢'],
        ['字', '字'],
        ['a', 'a'],
      ],
    ],
    [
      'a😀b',
      [
        ['a', 'a'],
        ['😀', '😀'],
        ['b', 'b'],
      ],
    ],
    ['\ud800a', [['a', 'a']]],
  ])('are folded, and known by their places: %s', (text, words) => {
    expect(read(text)).toEqual(words)
  })
})
