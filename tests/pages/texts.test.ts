import { readdirSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import type { Counted } from '../../core/text/counted.ts'
import { textFor, textIn, type PageText } from '../../server/pages/messages/index.ts'
import { isInWords, numbers, strictly } from '../text/plurals.ts'

const languages = ['ar', 'de', 'en', 'es', 'fr', 'ja', 'kk', 'ru']
/** What may be the same as in English. */
const shared = new Set(['quoted', 'direction'])

async function textsOf(language: string): Promise<PageText> {
  const { pages } = (await import(`../../server/pages/messages/${language}.ts`)) as {
    pages: (counted: Counted) => PageText
  }
  return pages(strictly(language))
}

/** All texts by name, also those that are in groups. */
function flat({ faults, report, transparency, account, claim, erased, search, ...texts }: PageText) {
  const { categories, ...form } = report
  const { kinds, title, ...numbered } = transparency
  const inGroups = [
    ...Object.entries(faults).flatMap(([name, { title, help }]) => [
      [`${name} title`, title],
      [`${name} help`, help],
    ]),
    ...Object.entries(form).map(([name, text]) => [`report ${name}`, text]),
    ...Object.entries(categories).map(([name, text]) => [`category ${name}`, text]),
    ...Object.entries({ title: title('Zoë'), ...numbered }).map(([name, text]) => [`numbers ${name}`, text]),
    ...Object.entries(search).map(([name, text]) => [`search ${name}`, said(text, 'Zoë')]),
    ...Object.entries(claim).map(([name, text]) => [`claim ${name}`, text]),
    ...Object.entries({ ...account, ...erased }).map(([name, text]) => [`account ${name}`, text]),
    ...Object.entries(kinds).map(([name, text]) => [`kind ${name}`, text]),
  ]
  return { ...texts, ...(Object.fromEntries(inGroups) as Record<string, string>) }
}

const said = (leaf: unknown, given: string) =>
  typeof leaf === 'function' ? (leaf as (word: string) => string)(given) : leaf

test('every language that has texts can be asked for', () => {
  const files = readdirSync(new URL('../../server/pages/messages', import.meta.url))
  expect(files.sort()).toEqual([...languages.map((language) => `${language}.ts`), 'index.ts'].sort())
  expect(languages.map((language) => textIn(language)?.language)).toEqual(languages)
})

describe.each(languages)('the texts of the pages in %s', (language) => {
  it('are all there, and their own', async () => {
    const { wholeThread: inEnglish, ...english } = flat(await textsOf('en'))
    const { wholeThread, ...own } = flat(await textsOf(language))
    if (language !== 'en') expect(wholeThread(8)).not.toBe(inEnglish(8))
    expect(Object.keys(own).sort()).toEqual(Object.keys(english).sort())
    expect(own.language).toBe(language)
    expect(own.direction).toBe(language === 'ar' ? 'rtl' : 'ltr')
    for (const key of Object.keys(english) as (keyof typeof english)[]) {
      expect(typeof own[key], key).toBe(typeof english[key])
      expect(said(own[key], 'Zoë'), key).toMatch(/\S/)
      if (language !== 'en' && !shared.has(key))
        expect(said(own[key], 'Zoë'), key).not.toBe(said(english[key], 'Zoë'))
    }
  })

  it('say what they were given once, in every plural form', async () => {
    const { wholeThread, search, ...others } = await textsOf(language)
    for (const [key, leaf] of Object.entries({ ...others, ...search })) {
      if (typeof leaf === 'function') expect(leaf('Zoë $& #').split('Zoë $& #'), key).toHaveLength(2)
    }
    for (const count of numbers) {
      const text = wholeThread(count)
      expect(text).not.toContain('#')
      if (!isInWords(language, count)) expect(text).toContain(new Intl.NumberFormat(language).format(count))
    }
  })
})

describe('the language', () => {
  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['AR-eg', 'ar'],
    ['kk-Cyrl-KZ', 'kk'],
    ['zh', null],
    ['deu', null],
    ['', null],
    ['constructor', null],
    ['__proto__', null],
    [null, null],
  ])('of an article in %j is %s', (tag, language) => {
    expect(textIn(tag)?.language ?? null).toBe(language)
  })

  it.each([
    ['fr', 'fr'],
    ['zh-CN, fr-CA;q=0.8, de;q=0.9', 'de'],
    ['sv, ja ; q=0.5, *;q=0.1', 'ja'],
    ['de;q=0, ru;q=0.1', 'ru'],
    ['es, ar', 'es'],
    ['en-GB, de;q=0.9', 'en'],
    ['*', 'en'],
    ['', 'en'],
    [undefined, 'en'],
    [';;q=,,=;q=1;', 'en'],
    ['__proto__', 'en'],
  ])('for a reader who accepts %j is %s', (accepted, language) => {
    expect(textFor(accepted).language).toBe(language)
  })
})
