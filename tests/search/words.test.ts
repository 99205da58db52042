import { describe, expect, test } from 'vitest'
import { excerptOf } from '../../server/search/excerpt.ts'
import { configurationOf } from '../../server/search/languages.ts'
import { inOneLine, joined, toQuery, wordsOf } from '../../server/search/words.ts'

test.each([
  ['The e-mail, “again”: https://example.org/A_b', 'the e mail again https example org a b'],
  ['L’ÉTÉ à Genève', 'l été à genève'],
  ['Отчёт № 7', 'отчёт 7'],
  ['報告書を見れば、AI2で分かる。', '報 告 書 を 見 れ ば ai2 で 分 か る'],
  ['İstanbul ＡＢＣ', 'istanbul abc'],
  ['สวัสดี', 'ส วั ส ดี'],
  ['한국어 텍스트', '한국어 텍스트'],
  ['<b>\u0000\ud800&amp;', 'b amp'],
  [`a ${'x'.repeat(101)} b`, 'a b'],
  ['…', ''],
])('the words of %j are %j', (text, words) => {
  expect(joined(wordsOf(text))).toBe(words)
})

test('words know where they stand', () => {
  const text = 'Ein “Wort”, 二つ.'
  expect(wordsOf(text).map(({ start, end }) => text.slice(start, end))).toEqual(['Ein', 'Wort', '二', 'つ'])
})

test.each([
  ['harbour storm', '"harbour" "storm"'],
  ['"harbour storm" -dull', '"harbour storm" -"dull"'],
  ['e-mail -"cold calls', '"e mail" -"cold calls"'],
  ['harbour OR storm', '"harbour" or "storm"'],
  ['"or" -or', '"or" -"or"'],
  ['報告', '"報 告"'],
  ['- -" !', ''],
  ["' | & :* \\ \u0000", ''],
])('%j is looked for as %j', (typed, query) => {
  expect(toQuery(typed)).toBe(query)
})

test.each([
  ['de-AT', 'german'],
  ['NB', 'norwegian'],
  ['ja', 'simple'],
  ['kk', 'simple'],
  ['constructor', 'simple'],
  [null, 'simple'],
])('a text in %j is read as %s', (tag, configuration) => {
  expect(configurationOf(tag)).toBe(configuration)
})

describe('an excerpt', () => {
  const marked = (text: string, ...hits: string[]) =>
    wordsOf(text)
      .map(({ word }) => (hits.includes(word) ? `<${word}>` : word))
      .join(' ')
  const shown = (text: string, ...hits: string[]) =>
    excerptOf(text, marked(text, ...hits), hits.join(''))
      .map(({ text: piece, hit }) => (hit ? `[${piece}]` : piece))
      .join('')

  test('of a short text is all of it, with what was found', () => {
    expect(shown('The Storm; the storm. 報告書の告', 'storm', '報', '告')).toBe(
      'The [Storm]; the [storm]. [報告]書の告',
    )
    expect(shown('Nothing here.')).toBe('Nothing here.')
    expect(excerptOf('', '', 'storm')).toEqual([])
  })

  test('of a long text begins and ends with a word, around what was found first', () => {
    const text = `${'before '.repeat(60)}storm ${'after '.repeat(60)}storm`
    const piece = shown(text, 'storm')
    expect(piece).toMatch(/^…(before )+\[storm\] (after )+after…$/)
    expect(piece.length).toBeLessThan(300)
    expect(shown('word '.repeat(100).trim())).toMatch(/^(word )+word…$/)
    expect(shown(`${'before '.repeat(60)}storm`, 'storm')).toMatch(/^…(before )+\[storm\]$/)
  })

  test('of a text without spaces is no longer', () => {
    const text = '報'.repeat(1000)
    const piece = shown(text, '報')
    expect(piece.length).toBeLessThan(300)
  })
})

test('a text is searched in one line', () => {
  expect(inOneLine(' Cafe\u0301\n\n  Zu\u00ADcker ')).toBe('Café Zucker')
})
