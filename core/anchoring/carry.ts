import type { Alignment } from './align.ts'
import { byRevisions, confidenceOf, judge } from './judge.ts'
import { passageOf, reasonOf } from './locate.ts'
import type { Found } from './verbatim.ts'
import { breakCost } from './match-words.ts'
import { endOf } from './normalize.ts'
import { blockAt, type Passage, type Prepared } from './prepared.ts'
import type { Query } from './query.ts'
import { originOf } from './search.ts'

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
function queryAround(
  { before, ids }: Alignment,
  { block, start, endBlock, end }: Passage,
): { query: Query; first: number } | null {
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
      endInset: Math.max(0, endAt(before, to - 1) - stop),
      isWhole: isCut(from, breakCost.block) && isCut(to, breakCost.block),
      isSentence: isCut(from, breakCost.sentence) && isCut(to, breakCost.sentence),
      position: begin,
    },
  }
}

const originAt = ({ words }: Prepared, unit: number) => words.normal.origin[unit] ?? 0
const endAt = ({ words, joined }: Prepared, word: number) => endOf(words.normal, joined, words.to[word] ?? 0)

/** The first word that ends after a place of the joined text. */
function firstWordAfter(prepared: Prepared, offset: number): number {
  let low = 0
  let high = prepared.words.count
  while (low < high) {
    const middle = (low + high) >> 1
    if (endAt(prepared, middle) <= offset) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Carries a passage over to the next revision by the edit itself.
 * @param passage of `alignment.before`
 */
export function carry(alignment: Alignment, passage: Passage): Carried {
  const weighed = weighCarried(alignment, passage)
  if (!weighed) return { status: 'orphaned', passage: null, confidence: 1, reason: 'gone' }
  const { candidate, query, first } = weighed
  const confidence = confidenceOf(candidate, query.to - query.from, byRevisions)
  if (confidence < byRevisions.threshold)
    return { status: 'orphaned', passage: null, confidence: 1 - confidence, reason: 'gone' }
  const hasMoved = alignment.moved[first + query.from] === 1
  return {
    status: !candidate.isVerbatim ? 'edited' : hasMoved ? 'moved' : 'same',
    passage: passageOf(alignment.after, query, candidate),
    confidence,
    reason: reasonOf(candidate),
  }
}

/** What speaks for where the alignment puts a passage, as `weigh` says it of a page alone. */
export function weighCarried(alignment: Alignment, passage: Passage) {
  const asked = queryAround(alignment, passage)
  if (!asked) return null
  const { query, first } = asked
  const candidate = judge(alignment.after, query, alignment.map.slice(first, first + query.count))
  return candidate && { candidate, query, first }
}

/**
 * The block of the next revision that stands where a passage stood: for one that is gone.
 * @returns the block of the nearest word before it that is still there, else the first
 */
export function sectionOf({ before, after, map }: Alignment, { block, start }: Passage): number {
  let word = firstWordAfter(before, (before.starts[block] ?? 0) + start)
  while (word >= 0 && (map[word] ?? -1) < 0) word -= 1
  const place = word < 0 ? 0 : (map[word] ?? 0)
  return blockAt(after, originOf(after, place))
}
