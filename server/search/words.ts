/** A word as it is compared, and where it stands in its text. */
export interface Word {
  word: string
  start: number
  end: number
}

const unspaced = String.raw`\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}`
/**
 * A letter of a script that has no spaces between words is one by itself, so that what is looked for is found wherever it
 * stands; all other words are letters and digits that stand together.
 */
const pattern = new RegExp(
  String.raw`[[\p{L}\p{N}]&&[${unspaced}]]\p{M}*|[[\p{L}\p{N}]--[${unspaced}]][[\p{L}\p{N}\p{M}]--[${unspaced}]]*`,
  'gv',
)

/** What is longer is no word of any language, and what has more of them is no comment. */
const longest = 100
const mostWords = 20_000

/** The words of a text, in its order. The database is only given these: it would read addresses, numbers and hyphens its own way. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  for (const { 0: found, index: start } of text.matchAll(pattern)) {
    if (words.length === mostWords) break
    if (found.length <= longest) words.push({ word: folded(found), start, end: start + found.length })
  }
  return words
}

const sign = new RegExp(`^[${unspaced}]`, 'v')

/** Whether a word is a sign of a script without spaces. */
export const isSign = ({ word }: Word): boolean => sign.test(word)

/** One word to its text, as the database is given it: words with a space between. */
export const joined = (words: readonly Word[]): string => words.map(({ word }) => word).join(' ')

/** In lower case whatever the database's collation; wide letters as the others. The dot of "İ" would be a sign of its own. */
const folded = (word: string) =>
  word.normalize('NFKC').toLowerCase().replaceAll('i\u0307', 'i').replace(/\s/g, '')

/** A comment's text as it is searched and shown: in one line, its letters composed. */
export const inOneLine = (text: string): string =>
  text.normalize('NFC').replaceAll('\u00AD', '').replace(/\s+/g, ' ').trim()

/**
 * What somebody typed, for `websearch_to_tsquery`: all of the words, those in quotes one after the other, none of those after a
 * minus; `or` for either.
 * @returns empty where it has no word
 * @example toQuery('e-mail -"spam mail"') // '"e mail" -"spam mail"'
 */
export function toQuery(typed: string): string {
  const parts = [...typed.normalize('NFC').matchAll(/(-?)"([^"]*)"?|(-?)(\S+)/g)]
  return parts
    .flatMap(([, not = '', quoted, notWord = '', word = '']) => {
      if (quoted === undefined && notWord === '' && word.toLowerCase() === 'or') return 'or'
      const words = joined(wordsOf(quoted ?? word))
      return words === '' ? [] : `${quoted === undefined ? notWord : not}"${words}"`
    })
    .join(' ')
}
