import type { Anchor } from '../contract/anchor.ts'
import { endOf } from './normalize.ts'
import { wordsOf, type Vocabulary } from './words.ts'
import { breakCost } from './match-words.ts'

/** A selector's words in a row: its context before, the quote from `from` up to `to`, its context after. */
export interface Query {
  count: number
  from: number
  to: number
  /** Numbered as the article that is searched numbers them. */
  ids: Int32Array
  weights: Float32Array
  breaks: Float32Array
  written: (at: number) => string
  /** Units of the quote's first and last word that are outside of it: somebody selected part of a word. */
  startInset: number
  endInset: number
  /** Whether the quote is all of its block, or blocks. */
  isWhole: boolean
  /** Whether the quote is whole sentences. */
  isSentence: boolean
  /** Where it began in the article it was made for, in units. */
  position: number
}

/**
 * The words of a selector.
 * @returns null where the quote has none: nothing could be found by it
 */
export function queryOf(
  vocabulary: Vocabulary,
  { quote, position }: Pick<Anchor, 'quote' | 'position'>,
): Query | null {
  const text = quote.prefix + quote.exact + quote.suffix
  const words = wordsOf(text, vocabulary, true)
  const { normal, count } = words
  const begin = (at: number) => normal.origin[words.from[at] ?? 0] ?? 0
  const end = (at: number) => endOf(normal, text, words.to[at] ?? 0)
  const start = quote.prefix.length
  const stop = start + quote.exact.length
  let from = 0
  while (from < count && end(from) <= start) from += 1
  let to = count
  while (to > from && begin(to - 1) >= stop) to -= 1
  if (from >= to || quote.exact.trim() === '') return null
  // The context is cut anywhere: what is left of a word at its outer end says nothing.
  const first = from > 2 && /^[\p{L}\p{N}]/u.test(text) ? 1 : 0
  const last = count - to > 2 && /[\p{L}\p{N}]$/u.test(text) ? count - 1 : count
  const isCut = (at: number) => (words.breaks[at] ?? 0) > breakCost.word
  const isSentence = isCut(from) && isCut(to)
  const breaks = words.breaks.slice(first, last + 1)
  breaks[from - first] = breaks[to - first] = breakCost.passage
  return {
    count: last - first,
    from: from - first,
    to: to - first,
    ids: words.ids.subarray(first, last),
    weights: words.weights.subarray(first, last),
    breaks,
    written: (at) => normal.text.slice(words.from[at + first], words.to[at + first]),
    startInset: Math.max(0, start - begin(from)),
    endInset: Math.max(0, end(to - 1) - stop),
    isWhole: /(?:^|\n)$/.test(quote.prefix) && /^(?:\n|$)/.test(quote.suffix),
    isSentence,
    position: position.start,
  }
}
