import type { CountedWord } from '../../database/schema.ts'
import { hashOf, type Features } from './features.ts'

/** What became of the comments with a word. */
interface Counted {
  /** Null until several people have used it: until then nobody can read it here. */
  word: string | null
  stands: number
  falls: number
  /** Hashes of those who used it, while it has no name. */
  authors: number[]
}

/** Words by their hashes. */
export type CountedWords = Map<number, Counted>

/** So many words are kept; twice as many while they are counted. */
const keptWords = 2000
/** A word of fewer people may be a name or an address, and has to be gone with the text that had it. */
const severalPeople = 3

/**
 * Counts the words of a comment. Where they become too many, the rare ones are dropped, after lossy counting (Manku and
 * Motwani, "Approximate Frequency Counts over Data Streams", VLDB 2002): a frequent word's count is at most a little low.
 * @param author who wrote it, by an id
 */
export function countWords(
  counted: CountedWords,
  { words }: Features,
  { author, fell }: { author: string; fell: boolean },
): void {
  const by = hashOf(author)
  for (const { word, hash } of words) {
    const known = counted.get(hash) ?? { word: null, stands: 0, falls: 0, authors: [] }
    known[fell ? 'falls' : 'stands'] += 1
    if (known.word === null && !known.authors.includes(by)) known.authors.push(by)
    if (known.authors.length >= severalPeople) Object.assign(known, { word, authors: [] })
    counted.set(hash, known)
  }
  if (counted.size > 2 * keptWords)
    for (const [hash] of byCount(counted).slice(keptWords)) counted.delete(hash)
}

function byCount(words: CountedWords) {
  return [...words].toSorted(([, a], [, b]) => b.stands + b.falls - a.stands - a.falls)
}

/** As they are kept: the most frequent first. */
export const rowsOf = (words: CountedWords): CountedWord[] =>
  byCount(words)
    .slice(0, keptWords)
    .map(([hash, { word, stands, falls, authors }]): CountedWord => [word ?? hash, stands, falls, ...authors])

/** From what is kept. */
export const wordsIn = (rows: CountedWord[]): CountedWords =>
  new Map(
    rows.map(([known, stands, falls, ...authors]) => {
      const [hash, word] = typeof known === 'string' ? [hashOf(known), known] : [known, null]
      return [hash, { word, stands, falls, authors }]
    }),
  )
