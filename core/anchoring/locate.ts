import type { Anchor } from '../contract/anchor.ts'
import { bySelectors, confidenceOf, judge, rank, type Candidate } from './judge.ts'
import { matchWords } from './match-words.ts'
import { endOf } from './normalize.ts'
import { passageAt, prepare, type Passage, type Prepared } from './prepared.ts'
import { queryOf, type Query } from './query.ts'
import { locateVerbatim, type Found } from './verbatim.ts'
import { occurrencesOf, originOf, regionsOf } from './search.ts'

const mostCandidates = 4
/** A quote that is there word for word with this much of its context on either side is not looked for elsewhere. */
const enough = 0.6

/**
 * Finds an anchor in an article as it is now, by its selectors alone: where it was; else word for word; else by its rare
 * words, aligned with what stands there. Quote and context are judged together.
 * @returns null when it is not there, or when it cannot be told where
 * @example locate(['One two three.'], describe(['One two three.'], { block: 0, start: 4, endBlock: 0, end: 7 }))
 *   // { block: 0, start: 4, endBlock: 0, end: 7, confidence: 1, reason: 'same place' }
 */
export function locate(
  article: Prepared | readonly string[],
  anchor: Pick<Anchor, 'quote' | 'position'>,
): Found | null {
  const prepared = prepare(article)
  const near = locateVerbatim(prepared, anchor)
  if (near) return near
  const query = queryOf(prepared.words.vocabulary, anchor)
  if (!query) return null
  const weighed = weigh(prepared, query)
  if (!weighed) return null
  const { candidate, lead } = weighed
  const confidence = confidenceOf(candidate, query.to - query.from, bySelectors, lead)
  if (confidence < bySelectors.threshold) return null
  return { ...passageOf(prepared, query, candidate), confidence, reason: reasonOf(candidate) }
}

/** The best place for a selector, and how far the next best one elsewhere is behind, as a share of it. */
export function weigh(prepared: Prepared, query: Query): { candidate: Candidate; lead: number } | null {
  const ranked = candidatesFor(prepared, query)
    .map((candidate) => ({ candidate, rank: rank(candidate, distanceOf(prepared, query, candidate)) }))
    .sort((a, b) => b.rank - a.rank)
  const [best] = ranked
  if (!best) return null
  const isElsewhere = ({ start, end }: Candidate) =>
    end <= best.candidate.start || start >= best.candidate.end
  const rival = ranked.find(({ candidate }) => isElsewhere(candidate))
  return {
    candidate: best.candidate,
    lead: rival ? Math.min(1, (best.rank - rival.rank) / Math.max(1, best.rank)) : 1,
  }
}

/** In words, what a place rests on. */
export function reasonOf({ isVerbatim, telling }: Candidate): Found['reason'] {
  return isVerbatim ? 'same words' : telling > 0 ? 'similar words' : 'surroundings'
}

function distanceOf(prepared: Prepared, query: Query, { start }: Candidate): number {
  return Math.abs(originOf(prepared, start) - query.position) / (prepared.joined.length || 1)
}

/** The likeliest places: those of the very words first, then those of words like them. */
function candidatesFor(prepared: Prepared, query: Query): Candidate[] {
  const candidates: Candidate[] = []
  const looked: number[] = []
  const look = (near: number) => {
    if (looked.some((other) => Math.abs(other - near) < 12)) return
    looked.push(near)
    const candidate = judge(prepared, query, alignAt(prepared, query, near))
    if (candidate) candidates.push(candidate)
  }
  const occurrences = occurrencesOf(prepared, query)
  for (const { start } of occurrences.slice(0, mostCandidates)) look(start - query.from)
  const [first] = occurrences
  if (first && first.before >= enough && first.after >= enough) return candidates
  for (const near of regionsOf(prepared, query, mostCandidates)) look(near)
  return candidates
}

/** What became of the selector's words around a place. */
function alignAt({ words }: Prepared, query: Query, near: number): Int32Array {
  const map = new Int32Array(query.count)
  if (words.ids.length >= near + query.count && near >= 0) {
    let same = 0
    while (same < query.count && words.ids[near + same] === query.ids[same]) same += 1
    if (same === query.count) return map.map((_, at) => near + at)
  }
  const slack = 20 + (query.count >> 2)
  const runs = {
    a: query.ids,
    b: words.ids,
    weights: query.weights,
    breaks: query.breaks,
    aFrom: 0,
    aTo: query.count,
    bFrom: Math.max(0, near - slack),
    bTo: Math.min(words.count, near + query.count + slack),
  }
  matchWords(runs, 'free', map)
  keepEnd(query, map)
  return map
}

/**
 * Where the context after the quote is gone but for a word that the quote ends with too, mostly a full stop, either
 * could be the one that is there. It is the quote's.
 */
function keepEnd({ ids, to, count }: Query, map: Int32Array): void {
  let at = to
  while (at > 0 && map[at - 1] === -1) at -= 1
  for (let after = to; at > 0 && at < to && after < count; after += 1) {
    if (map[after] === -1) continue
    if (ids[after] !== ids[at] || map[after] !== (map[at - 1] ?? 0) + 1) return
    map[at] = map[after] ?? -1
    map[after] = -1
    at += 1
  }
}

/** The words as a passage of the blocks; a selection that began or ended inside of a word does so still. */
export function passageOf(
  prepared: Prepared,
  { startInset, endInset }: Pick<Query, 'startInset' | 'endInset'>,
  { start, end }: Pick<Candidate, 'start' | 'end'>,
): Passage {
  const { words, joined } = prepared
  const endAt = (word: number) => endOf(words.normal, joined, words.to[word] ?? 0)
  let from = originOf(prepared, start)
  let to = endAt(end - 1)
  // Unless the word has become too short for that.
  if (startInset < endAt(start) - from) from += startInset
  if (endInset < to - originOf(prepared, end - 1) && to - endInset > from) to -= endInset
  return passageAt(prepared, from, to)
}
