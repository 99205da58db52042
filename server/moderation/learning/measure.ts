import type { Guess } from '../../database/schema.ts'

/**
 * How often, of a comment that fell and one that stood, the one that fell had the higher guess: the area under the ROC
 * curve, by ranks (Mann and Whitney 1947). Equal guesses count half.
 * @returns null where one of the two is missing
 */
export function aucOf(guesses: readonly Guess[]): number | null {
  const sorted = guesses.toSorted(([a], [b]) => a - b)
  const falls = sorted.filter(([, fell]) => fell === 1).length
  const pairs = falls * (sorted.length - falls)
  if (pairs === 0) return null
  let ranks = 0
  for (let from = 0; from < sorted.length;) {
    let to = from + 1
    while (to < sorted.length && sorted[to]?.[0] === sorted[from]?.[0]) to += 1
    const fell = sorted.slice(from, to).filter(([, one]) => one === 1).length
    ranks += (fell * (from + to + 1)) / 2
    from = to
  }
  return (ranks - (falls * (falls + 1)) / 2) / pairs
}

/** How many guesses reach a probability, and how many of those comments fell: precision and recall come of these. */
export function heldAt(guesses: readonly Guess[], limit: number): { held: number; rejected: number } {
  const held = guesses.filter(([guess]) => guess >= limit)
  return { held: held.length, rejected: held.filter(([, fell]) => fell === 1).length }
}
