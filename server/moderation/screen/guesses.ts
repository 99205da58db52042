import { wordsOf, type Word } from './words.ts'

// Digits and signs that are written for letters; `1`, `|` and `!` for two of them.
const signs: Record<string, string> = { 0: 'o', 3: 'e', 4: 'a', 5: 's', 7: 't', 8: 'b', '@': 'a', $: 's' }
const upright = /[1|]|!(?=[\p{L}\p{N}@$])/gu
const mixed = /[\p{L}\p{M}\p{Cf}\d@$!|]+/gu

/**
 * Other ways to read a text: digits and signs as the letters they are like (`cr00k`), where a word has letters beside
 * them. What is found so and not in the text as it stands is a guess, which holds a comment and never rejects it.
 * Places in them are places in the text.
 * @example guesses('a cr00k!') // ['a crook!']
 */
export function guesses(text: string): string[] {
  if (!/[0134578@$|!]/.test(text)) return []
  const asLetters = (one: 'i' | 'l') =>
    text.replace(mixed, (word) =>
      /\p{L}/u.test(word)
        ? word.replace(upright, one).replace(/[034578@$]/g, (sign) => signs[sign] ?? sign)
        : word,
    )
  return [...new Set([asLetters('i'), asLetters('l')])].filter((guess) => guess !== text)
}

/** Between the letters of `c r o o k` and `c.r.o.o.k` there is little else. */
const widestGap = 3

/**
 * Words whose letters stand apart: `c r o o k`, `c.r.o.o.k`. Three letters at the least, and only whole rows of them,
 * or without a one-letter word at either end (`a b a d`).
 */
export function spacedWords(words: Word[]): Word[] {
  const found: Word[] = []
  for (let start = 0; start < words.length;) {
    let end = start
    while (isNext(words, start, end)) end++
    if (end - start >= 3) found.push(...readings(words.slice(start, end)))
    start = Math.max(end, start + 1)
  }
  return found
}

function isNext(words: Word[], start: number, at: number): boolean {
  const word = words[at]
  if (!word || word.alone || word.folded.length > 2 || Array.from(word.folded).length !== 1) return false
  return at === start || word.from - (words[at - 1]?.to ?? 0) <= widestGap
}

function readings(row: Word[]): Word[] {
  const parts = [row, row.slice(1), row.slice(0, -1)].filter((part) => part.length >= 3)
  return parts.map((part) => ({
    folded: part.map(({ folded }) => folded).join(''),
    from: part[0]?.from ?? 0,
    to: part.at(-1)?.to ?? 0,
    alone: false,
  }))
}

/** All readings of a text, as words: as it stands first. */
export const readingsOf = (text: string): Word[][] => [text, ...guesses(text)].map(wordsOf)
