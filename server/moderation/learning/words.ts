import type { CountedWord } from '../../database/schema.ts'
import { hashOf } from '../hash.ts'
import type { Features } from './features.ts'

/** What became of the comments with a word. */
interface Counted {
  stands: number
  falls: number
  /** The word, once several people have used it; before, hashes of those who did: until then nobody can read it here. */
  known: string | number[]
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
  for (const { written, hash } of words) {
    const one = counted.get(hash) ?? { stands: 0, falls: 0, known: [] }
    one[fell ? 'falls' : 'stands'] += 1
    if (typeof one.known !== 'string' && !one.known.includes(by)) {
      one.known = one.known.length + 1 < severalPeople ? [...one.known, by] : written.toLowerCase()
    }
    counted.set(hash, one)
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
    .map(([hash, { stands, falls, known }]): CountedWord => [hash, stands, falls, known])

/** From what is kept. */
export const wordsIn = (rows: CountedWord[]): CountedWords =>
  new Map(rows.map(([hash, stands, falls, known]) => [hash, { stands, falls, known }]))
