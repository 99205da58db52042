import { readdirSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { counting, type Counted } from '../../core/text/counted.ts'
import type { EmbedText } from '../../web/shared/messages/en/embed.ts'
import type { MarksText } from '../../web/shared/messages/en/marks.ts'
import type { MoreText } from '../../web/shared/messages/en/more.ts'
import type { SigninText } from '../../web/shared/messages/en/signin.ts'
import { languageFor } from '../../web/shared/messages/languages.ts'
import { signinLanguage } from '../../web/shared/messages/signin.ts'
import { isInWords, numbers, strictly } from '../text/plurals.ts'

type Tree = { [key: string]: Leaf | Tree }
type Leaf = string | ((...given: (string | number)[]) => string)

const languages = ['ar', 'de', 'es', 'fr', 'ja', 'kk', 'ru']
/** Names and symbols that other languages share with English. */
const shared = new Set(['Spam', 'Name', 'E-mail', '8', ''])
/** Functions of a number; all others are of a name or some words. */
const counts = new Set([
  'marks.count',
  'marks.mark',
  'marks.wholeArticle',
  'marks.reactions',
  'marks.reactionsOn',
  'embed.readers',
  'embed.stoodHere',
  'embed.fresh',
  'embed.showFresh',
  'embed.left',
  'embed.replies',
  'embed.continueThread',
  'more.earlier',
  'more.inboxUnread',
  'more.nextUnread',
  'more.unread',
  'embed.allPassages',
  'more.commentCount',
  'more.offered',
  'more.searchFound',
])

async function catalogue(language: string): Promise<Map<string, Leaf>> {
  const of = (name: string) => import(`../../web/shared/messages/${language}/${name}.ts`) as Promise<unknown>
  const { marks } = (await of('marks')) as { marks: (counted: Counted) => MarksText }
  const { embed } = (await of('embed')) as { embed: (counted: Counted) => EmbedText }
  const { more } = (await of('more')) as { more: (counted: Counted) => MoreText }
  const { signin } = (await of('signin')) as { signin: SigninText }
  const counted = strictly(language)
  const flat = new Map<string, Leaf>()
  const walk = (tree: Tree, path: string) => {
    for (const [key, value] of Object.entries(tree)) {
      if (typeof value === 'object') walk(value, `${path}.${key}`)
      else flat.set(`${path}.${key}`, value)
    }
  }
  walk(marks(counted) as unknown as Tree, 'marks')
  walk(embed(counted) as unknown as Tree, 'embed')
  walk(more(counted) as unknown as Tree, 'more')
  walk(signin as unknown as Tree, 'signin')
  return flat
}

const textOf = (leaf: Leaf | undefined, key: string) =>
  typeof leaf === 'function' ? leaf(counts.has(key) ? 8 : 'Zoë', 'Zoë') : (leaf ?? '')

test('every language that has texts can be asked for', () => {
  const folders = readdirSync(new URL('../../web/shared/messages', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  expect(folders.sort()).toEqual([...languages, 'en'].sort())
  expect(languages.map(languageFor)).toEqual(languages)
  expect(languages.map((language) => signinLanguage(language, []))).toEqual(languages)
})

describe.each(['en', ...languages])('the texts in %s', (language) => {
  it('are all there, and their own', async () => {
    const [english, own] = [await catalogue('en'), await catalogue(language)]
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort())
    for (const [key, leaf] of own) {
      const text = textOf(leaf, key)
      expect(typeof leaf, key).toBe(typeof english.get(key))
      if (key.endsWith('.language')) expect(text).toBe(language)
      else {
        if (key !== 'embed.states.live') expect(text, key).toMatch(/\S/)
        if (language !== 'en' && !shared.has(text)) expect(text, key).not.toBe(textOf(english.get(key), key))
      }
    }
  })

  it('say what they were given, in every plural form', async () => {
    for (const [key, leaf] of await catalogue(language)) {
      if (typeof leaf !== 'function') continue
      if (!counts.has(key)) {
        expect(leaf('Zoë $& #'), key).toContain('Zoë $& #')
        continue
      }
      for (const count of key === 'embed.left' ? [...numbers, ...numbers.map((count) => -count)] : numbers) {
        const text = leaf(count, 'Zoë $& #')
        if (key === 'marks.mark' || key === 'marks.reactionsOn') expect(text, key).toContain('Zoë $& #')
        // Marks with nothing yet invite instead of counting.
        const isSaid = count !== 0 || !['marks.mark', 'marks.wholeArticle'].includes(key)
        if (isSaid && !(isInWords(language, Math.abs(count)) && key !== 'marks.count'))
          expect(text, key).toContain(new Intl.NumberFormat(language).format(Math.abs(count)))
      }
    }
  })

  it('name buttons by the words or the number that are on them', async () => {
    const texts = await catalogue(language)
    const said = (key: string, given: string | number) => {
      const text = texts.get(`embed.${key}`) ?? texts.get(`more.${key}`)
      if (text === undefined || typeof text === 'object') throw new Error(`${key} is missing`)
      return (typeof text === 'string' ? text : text(given)).toLocaleLowerCase(language)
    }
    const pairs = { replyTo: 'reply', moreAbout: 'menu', markThread: 'mark' }
    for (const [name, shown] of Object.entries(pairs)) expect(said(name, 'Zoë')).toContain(said(shown, 'Zoë'))
    for (const count of numbers.filter((one) => one > 0)) {
      expect(said('showFresh', count)).toContain(said('fresh', count))
      expect(said('inboxUnread', count)).toContain(new Intl.NumberFormat(language).format(count))
      expect(said('nextUnread', count)).toContain(new Intl.NumberFormat(language).format(count))
    }
  })
})

describe('the language', () => {
  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['AR-eg', 'ar'],
    [' kk-Cyrl-KZ ', 'kk'],
    ['en-GB', 'en'],
    ['zh', 'en'],
    ['', 'en'],
    ['deu', 'en'],
    ['constructor', 'en'],
    ['__proto__', 'en'],
    [null, 'en'],
  ])('of a page in %j is %s', (tag, language) => {
    expect(languageFor(tag)).toBe(language)
  })

  it.each([
    ['de', ['fr'], 'de'],
    ['en', ['fr'], 'en'],
    [null, ['zh-CN', 'fr-CA', 'de'], 'fr'],
    [null, ['zh-CN', 'en-GB', 'de'], 'en'],
    ['../x', ['ja'], 'ja'],
    ['constructor', [], 'en'],
    [null, [], 'en'],
  ])('of the sign-in window asked for %j by a reader of %j is %s', (asked, preferred, language) => {
    expect(signinLanguage(asked, preferred)).toBe(language)
  })
})

test('numbers and their nouns go together', () => {
  const forms = { one: '# комментарий', few: '# комментария', many: '# комментариев', other: '# комментария' }
  const counted = counting('ru')
  expect([1, 2, 5, 21].map((count) => counted(count, forms))).toEqual([
    '1 комментарий',
    '2 комментария',
    '5 комментариев',
    '21 комментарий',
  ])
  expect(counting('de')(1234)).toBe('1.234')
})
