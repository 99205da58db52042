import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { counting, type Counted } from '../../core/text/counted.ts'
import type { MailText } from '../../server/mail/index.ts'
import { mailText, mailTextFor } from '../../server/mail/messages/index.ts'

type Leaf = string | ((...given: (string | number)[]) => string)
type Tree = { [key: string]: Leaf | Tree }

const languages = readdirSync(new URL('../../server/mail/messages', import.meta.url))
  .map((name) => name.replace('.ts', ''))
  .filter((name) => name !== 'index')
const counts = new Set([
  'subject.article',
  'subject.thread',
  'subject.replies',
  'more',
  'claim.found',
  'notice.many.reject',
  'notice.many.reverse',
])
const numbers = [1, 2, 3, 5, 11, 21, 100, 1234, 1_000_000]

/** Counts as the language does, and looks at all forms it is given. */
function strictly(language: string): Counted {
  const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  const counted = counting(language)
  return (count, forms) => {
    if (forms) expect(Object.keys(forms).sort()).toEqual([...categories].sort())
    return counted(count, forms)
  }
}

async function catalogue(language: string): Promise<Map<string, Leaf>> {
  const { mail } = (await import(`../../server/mail/messages/${language}.ts`)) as {
    mail: (counted: Counted) => MailText
  }
  const flat = new Map<string, Leaf>()
  const walk = (tree: Tree, path: string) => {
    for (const [key, value] of Object.entries(tree)) {
      if (typeof value === 'object') walk(value, `${path}${key}.`)
      else flat.set(`${path}${key}`, value)
    }
  }
  walk(mail(strictly(language)) as unknown as Tree, '')
  return flat
}

test('mail speaks the languages that the embed speaks', () => {
  const embed = readdirSync(new URL('../../web/shared/messages', import.meta.url), { withFileTypes: true })
  expect(languages.sort()).toEqual(
    embed
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort(),
  )
  expect(languages.map((language) => mailText(language).language)).toEqual(languages)
})

describe.each(languages)('the texts of mail in %s', (language) => {
  test('are all there, their own, and say what they were given', async () => {
    const [english, own] = [await catalogue('en'), await catalogue(language)]
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort())
    const inWords = (count: number) =>
      language === 'ar' && ['one', 'two'].includes(new Intl.PluralRules('ar').select(count))
    const said = (leaf: Leaf | undefined, key: string, count: number): string =>
      typeof leaf !== 'function'
        ? (leaf ?? '')
        : counts.has(key)
          ? leaf(count, 'Zoë $& #', 'Tide $& #')
          : leaf('Zoë $& #')
    for (const [key, leaf] of own) {
      expect(typeof leaf, key).toBe(typeof english.get(key))
      for (const count of numbers) {
        const text = said(leaf, key, count)
        expect(text, key).toMatch(/\S/)
        if (typeof leaf !== 'function') continue
        if (key !== 'more') expect(text, key).toContain('Zoë $& #')
        if (counts.has(key) && !inWords(count))
          expect(text, key).toContain(new Intl.NumberFormat(language).format(count))
        if (language !== 'en') expect(text, key).not.toBe(said(english.get(key), key, count))
      }
      if (typeof leaf === 'string' && language !== 'en' && key !== 'direction')
        expect(leaf, key).not.toBe(english.get(key))
    }
    expect(own.get('language')).toBe(language)
    expect(own.get('direction')).toBe(language === 'ar' ? 'rtl' : 'ltr')
  })
})

test.each([
  ['de-AT', 'de'],
  ['AR-eg', 'ar'],
  ['zh', 'en'],
  ['constructor', 'en'],
  ['', 'en'],
])('a follow in %j gets its mail in %s', (tag, language) => {
  expect(mailText(tag).language).toBe(language)
})

test.each([
  [undefined, 'en'],
  ['zh, fr-CA;q=0.8, de;q=0.5', 'fr'],
  ['en, de;q=0.5', 'en'],
  [', ;;,', 'en'],
])('a browser that accepts %j reads %s', (accepted, language) => {
  expect(mailTextFor(accepted).language).toBe(language)
})
