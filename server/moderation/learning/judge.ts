import type { LearntWord } from '../../../core/contract/signal.ts'
import type { Guess } from '../../database/schema.ts'
import { featuresOf, type Features } from './features.ts'
import { likelihood, sumOf } from './model.ts'
import type { CountedWords } from './words.ts'

/** A site's model as comments are judged by it. */
export interface Learnt {
  weights: Float32Array
  stands: number
  falls: number
  words: CountedWords
  /** The last guesses. */
  recent: readonly Guess[]
  /** From which probability on a comment is held; null: it never is. */
  holdAt: number | null
}

/**
 * How likely a comment is to fall; what became of those that were guessed about as likely; and, where it is more likely
 * than not, its words that speak for it the most.
 */
export interface Judged {
  probability: number
  similar: Omit<LearntWord, 'word'>
  words: LearntWord[]
  holds: boolean
}

const namedWords = 4
/** Guesses are alike that are no further apart. */
const alike = 0.05

/**
 * Judges a comment by what was learnt on its site.
 * @param facts as for `featuresOf`
 */
export function judge(learnt: Learnt, text: string, facts: readonly string[]): Judged {
  const features = featuresOf(text, facts)
  const likely = likelihood(learnt.weights, learnt, features)
  return {
    probability: Math.round(likely * 1000) / 1000,
    similar: outcomeNear(learnt.recent, likely),
    words: likely < 0.5 ? [] : strongest(learnt, features),
    holds: learnt.holdAt !== null && likely >= learnt.holdAt,
  }
}

function outcomeNear(recent: readonly Guess[], likely: number): Judged['similar'] {
  const similar = { approved: 0, rejected: 0 }
  for (const one of recent) {
    if (Math.abs(one[0] - likely) <= alike) similar[one[1] === 1 ? 'rejected' : 'approved'] += 1
  }
  return similar
}

/** The words that speak the most for a comment to fall, by the sums of their weights. */
function strongest(learnt: Learnt, { words, slots }: Features): LearntWord[] {
  return words
    .map((word) => ({ word, sum: sumOf(learnt.weights, slots, word.from, word.to) }))
    .filter(({ sum }) => sum > 0)
    .toSorted((a, b) => b.sum - a.sum)
    .slice(0, namedWords)
    .map(({ word: { written, hash } }) => outcomeOf(written.toLowerCase(), learnt.words.get(hash)))
}

const outcomeOf = (word: string, counts = { stands: 0, falls: 0 }): LearntWord => ({
  word,
  approved: counts.stands,
  rejected: counts.falls,
})

/** The words that speak the most against a comment, and for it, so many of each, of those that several people have used. */
export function telling(
  learnt: Pick<Learnt, 'weights' | 'words'>,
  count: number,
): { against: LearntWord[]; for: LearntWord[] } {
  const sums = [...learnt.words.values()]
    .flatMap(({ known, ...counts }) =>
      typeof known === 'string'
        ? { word: outcomeOf(known, counts), sum: sumOfWord(learnt.weights, known) }
        : [],
    )
    .toSorted((a, b) => b.sum - a.sum)
  const against = sums.filter(({ sum }) => sum > 0).slice(0, count)
  const inFavour = sums.filter(({ sum }) => sum < 0).slice(-count)
  return {
    against: against.map(({ word }) => word),
    for: inFavour.toReversed().map(({ word }) => word),
  }
}

function sumOfWord(weights: Float32Array, word: string): number {
  const { slots } = featuresOf(word, [])
  return sumOf(weights, slots, 0, slots.length)
}
