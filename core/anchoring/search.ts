import { frequency, type Prepared } from './prepared.ts'
import type { Query } from './query.ts'

/** A place where the quote stands word for word, and how much of its context goes on from there, from 0 to 1. */
export interface Occurrence {
  /** The quote's first word. */
  start: number
  before: number
  after: number
}

/** A word that is everywhere says nothing about where. */
const mostOccurrences = 4000

/**
 * Finds the quote word for word, by its rarest word.
 * @returns those with the most context first, among equals the nearest to where it was
 */
export function occurrencesOf(prepared: Prepared, query: Query): Occurrence[] {
  const { words, first, places } = prepared
  const rarest = rarestOf(prepared, query)
  if (rarest < 0) return []
  const id = query.ids[rarest] ?? -1
  const length = query.to - query.from
  const found: Occurrence[] = []
  for (let index = first[id] ?? 0; index < (first[id + 1] ?? 0); index += 1) {
    const start = (places[index] ?? 0) - (rarest - query.from)
    if (start < 0 || start + length > words.count) continue
    let same = 0
    while (same < length && words.ids[start + same] === query.ids[query.from + same]) same += 1
    if (same === length) found.push({ start, ...contextAt(prepared, query, start) })
  }
  const distance = ({ start }: Occurrence) => Math.abs(originOf(prepared, start) - query.position)
  return found.sort((a, b) => b.before + b.after - a.before - a.after || distance(a) - distance(b))
}

/** Where a word begins in the joined text. */
export function originOf({ words }: Prepared, word: number): number {
  return words.normal.origin[words.from[word] ?? 0] ?? 0
}

/** @returns the quote's rarest word, or -1 where one of its words is not there at all, or none is rare enough */
function rarestOf(prepared: Prepared, query: Query): number {
  let rarest = -1
  let least = mostOccurrences
  for (let at = query.from; at < query.to; at += 1) {
    const many = frequency(prepared, query.ids[at] ?? -1)
    if (many === 0) return -1
    if (many < least) [least, rarest] = [many, at]
  }
  return rarest
}

function contextAt({ words }: Prepared, query: Query, start: number): { before: number; after: number } {
  let left = query.from
  for (let place = start - 1; left > 0 && words.ids[place] === query.ids[left - 1]; place -= 1) left -= 1
  let right = query.to
  const shift = start - query.from
  while (right < query.count && words.ids[right + shift] === query.ids[right]) right += 1
  return {
    before:
      weightOf(query, left, query.from) / (weightOf(query, 0, query.from) || 1) || Number(query.from === 0),
    after:
      weightOf(query, query.to, right) / (weightOf(query, query.to, query.count) || 1) ||
      Number(query.to === query.count),
  }
}

function weightOf({ weights }: Query, from: number, to: number): number {
  let sum = 0
  for (let at = from; at < to; at += 1) sum += weights[at] ?? 0
  return sum
}

/** A word more common than this has no vote, but for the rarest; and so many places are looked at in all. */
const mostVotes = 64
const mostVotesInAll = 600
/** A place with less than this share of the likeliest one's votes is none. */
const faint = 0.4

/**
 * Finds where the selector's rarer words stand together in the order they have in it: each of their places votes for
 * where the selector would begin (a Hough transform, after P. Hough, US patent 3,069,654, 1962).
 * @returns words the selector may begin near, the likeliest first
 */
export function regionsOf(
  prepared: Prepared,
  query: Pick<Query, 'ids' | 'weights' | 'count'>,
  most: number,
): number[] {
  const width = Math.max(6, query.count >> 2)
  const poll = new Poll(Math.ceil((prepared.words.count + query.count) / width) + 2)
  const often = query.ids.map((id) => frequency(prepared, id))
  const many = (at: number) => often[at] ?? 0
  const rareFirst = Array.from(often.keys()).filter((at) => many(at) > 0)
  rareFirst.sort((a, b) => many(a) - many(b))
  let seen = 0
  for (const at of rareFirst) {
    if ((seen > 0 && many(at) > mostVotes) || seen + many(at) > mostVotesInAll) break
    seen += many(at)
    const id = query.ids[at] ?? -1
    const vote = (query.weights[at] ?? 0) * Math.log(1 + prepared.words.count / many(at))
    const end = prepared.first[id + 1] ?? 0
    for (let index = prepared.first[id] ?? 0; index < end; index += 1) {
      // A selector may begin before the article does.
      poll.add(Math.floor(((prepared.places[index] ?? 0) - at + query.count) / width), vote)
    }
  }
  return poll.best(most).map((bucket) => bucket * width + (width >> 1) - query.count)
}

/** Votes for buckets. Only those that got any are looked at. */
class Poll {
  readonly #votes: Float32Array
  readonly #voted: number[] = []

  constructor(buckets: number) {
    this.#votes = new Float32Array(buckets)
  }

  add(bucket: number, vote: number): void {
    const before = this.#votes[bucket] ?? 0
    if (before === 0) this.#voted.push(bucket)
    this.#votes[bucket] = before + vote
  }

  /** The strongest buckets that are not neighbours, each with the stronger of its neighbours, without the faint ones. */
  best(most: number): number[] {
    const best: number[] = []
    let least = 0
    while (best.length < most) {
      let strongest = 0
      let next = -1
      for (const bucket of this.#voted) {
        const strength = this.#strength(bucket)
        if (strength <= strongest || best.some((other) => Math.abs(other - bucket) <= 1)) continue
        strongest = strength
        next = bucket
      }
      if (strongest <= least) break
      least = Math.max(least, strongest * faint)
      best.push(next)
    }
    return best
  }

  #strength(bucket: number): number {
    const votes = this.#votes
    return (votes[bucket] ?? 0) + Math.max(votes[bucket - 1] ?? 0, votes[bucket + 1] ?? 0)
  }
}
