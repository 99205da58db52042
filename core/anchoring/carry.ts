import type { Alignment } from './align.ts'
import { confidenceOf, judge } from './judge.ts'
import { passageOf, threshold, type Found } from './locate.ts'
import { breakCost } from './match-words.ts'
import { toNormal } from './normalize.ts'
import type { Passage, Prepared } from './prepared.ts'
import type { Query } from './query.ts'

/** What became of a passage in the next revision. */
export interface Carried {
  status: 'same' | 'moved' | 'edited' | 'orphaned'
  /** Null when it is orphaned. */
  passage: Passage | null
  confidence: number
  reason: Found['reason'] | 'gone'
}

/** Words on each side that a passage's neighbourhood is judged by. */
const around = 12

/** The words that a passage covers, with those around it, as a selector of its own. */
function queryAround({ before, ids }: Alignment, { block, start, endBlock, end }: Passage): { query: Query; first: number } | null {
  const { words, starts } = before
  const begin = (starts[block] ?? 0) + start
  const stop = (starts[endBlock] ?? 0) + end
  const from = firstWordAfter(before, begin)
  let to = firstWordAfter(before, stop)
  if (to < words.count && originAt(before, words.from[to] ?? 0) < stop) to += 1
  if (from >= to) return null
  const first = Math.max(0, from - around)
  const last = Math.min(words.count, to + around)
  const isCut = (at: number, least: number) => (words.breaks[at] ?? 0) >= least
  return {
    first,
    query: {
      count: last - first,
      from: from - first,
      to: to - first,
      ids: ids.subarray(first, last),
      weights: words.weights.subarray(first, last),
      breaks: words.breaks.subarray(first, last + 1),
      written: (at) => words.normal.text.slice(words.from[first + at], words.to[first + at]),
      startInset: Math.max(0, begin - originAt(before, words.from[from] ?? 0)),
      endInset: Math.max(0, originAt(before, words.to[to - 1] ?? 0) - stop),
      isWhole: isCut(from, breakCost.block) && isCut(to, breakCost.block),
      isSentence: isCut(from, breakCost.sentence) && isCut(to, breakCost.sentence),
      position: begin,
    },
  }
}

const originAt = ({ words }: Prepared, unit: number) => words.normal.origin[unit] ?? 0

/** The first word that ends after a place of the joined text. */
function firstWordAfter({ words }: Prepared, offset: number): number {
  const unit = toNormal(words.normal, offset)
  let low = 0
  let high = words.count
  while (low < high) {
    const middle = (low + high) >> 1
    if ((words.to[middle] ?? 0) <= unit) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Carries a passage over to the next revision by the edit itself.
 * @param passage of `alignment.before`
 */
export function carry(alignment: Alignment, passage: Passage): Carried {
  const { after, map } = alignment
  const asked = queryAround(alignment, passage)
  if (!asked) return orphaned
  const { query, first } = asked
  const places = map.slice(first, first + query.count)
  const candidate = judge(after, query, places)
  if (!candidate) return orphaned
  const confidence = confidenceOf(candidate, query.to - query.from, 1)
  if (confidence < threshold) return { ...orphaned, confidence: 1 - confidence }
  const isSame = candidate.isVerbatim
  return {
    status: isSame ? 'same' : 'edited',
    passage: passageOf(after, query, candidate),
    confidence,
    reason: isSame ? 'same words' : candidate.telling > 0 ? 'similar words' : 'surroundings',
  }
}

const orphaned: Carried = { status: 'orphaned', passage: null, confidence: 1, reason: 'gone' }
