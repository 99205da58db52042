import { breakCost } from './match-words.ts'
import { frequency, type Prepared } from './prepared.ts'
import type { Query } from './query.ts'
import type { Words } from './words.ts'

/** A place a selector may have come to, and what speaks for it. */
export interface Candidate {
  /** The passage's words: from `start` up to `end`. */
  start: number
  end: number
  /** How much of the quote is there, and of the context on each side, from 0 to 1. */
  quote: number
  before: number
  after: number
  /** How much the words say that are there: rare ones much, common ones little. Of the quote, and of its context. */
  telling: number
  context: number
  /** Words that stand between those of the quote. */
  excess: number
  isVerbatim: boolean
}

/**
 * Weighs what became of a selector's words.
 * @param map for each word its place in the article, or -1, as `matchWords` gives it
 * @returns null where the article has nothing between the two contexts
 */
export function judge(prepared: Prepared, query: Query, map: Int32Array): Candidate | null {
  const { words } = prepared
  const sides = { before: new Tally(), quote: new Tally(), after: new Tally() }
  const there: { place: number; weight: number }[] = []
  let exact = 0
  for (let at = 0; at < query.count; at += 1) {
    const side = at < query.from ? sides.before : at < query.to ? sides.quote : sides.after
    const place = map[at] ?? -1
    const weight = query.weights[at] ?? 0
    const alike = place < 0 ? 0 : likeness(query, at, words, place)
    side.add(weight, alike, alike === 0 ? 0 : rarity(prepared, words.ids[place] ?? -1))
    if (side !== sides.quote || alike === 0) continue
    if (alike === 1) exact += weight
    there.push({ place, weight: weight * alike })
  }
  const { quote } = sides
  // A word that is only like the old one is half of it.
  const share = (quote.share() + exact / quote.all) / 2
  const isReplaced = share < mostlyGone && !query.isSentence
  const [start, end] = together(there)
  const [from, to] = isReplaced
    ? between(words, query, map)
    : query.isWhole
      ? wholeBlocks(words, start, end, query, map)
      : withReplaced(words, start, end, query, map)
  const stood = { before: sides.before.share(), after: sides.after.share() }
  const context = sides.before.telling + sides.after.telling
  if (from >= 0 && to > from && isReplaced)
    return { start: from, end: to, quote: 0, telling: 0, ...stood, context, excess: 0, isVerbatim: false }
  if (start < 0) return null
  const [first, last] = isReplaced ? [start, end] : [from, to]
  return {
    start: first,
    end: last,
    quote: share,
    telling: quote.telling,
    ...stood,
    context,
    excess: Math.max(0, last - first - (query.to - query.from)),
    isVerbatim:
      exact === quote.all &&
      last - first === query.to - query.from &&
      there.every(({ place }, at) => place === first + at),
  }
}

/** Less of the quote than this, inside of a sentence that stayed, and it was replaced by what stands there now. */
const mostlyGone = 0.42

/** In a short article, words that are rare in the language stand close together: it is taken for a longer one. */
const ordinary = 300

function rarity(prepared: Prepared, id: number): number {
  return Math.log((prepared.words.count + ordinary) / (frequency(prepared, id) || 1))
}

class Tally {
  all = 0
  there = 0
  telling = 0

  add(weight: number, alike: number, rarity: number): void {
    this.all += weight
    this.there += weight * alike
    this.telling += weight * alike * rarity
  }

  share(): number {
    return this.all === 0 ? 1 : this.there / this.all
  }
}

/** How much a word is the one it stands for, by what they begin and end with; less than half is another word. */
function likeness(query: Query, at: number, words: Words, place: number): number {
  if (query.ids[at] === words.ids[place]) return 1
  const a = query.written(at)
  const b = words.normal.text.slice(words.from[place], words.to[place])
  const longest = Math.max(a.length, b.length)
  const shortest = Math.min(a.length, b.length)
  if (shortest * 2 < longest) return 0
  let head = 0
  while (head < shortest && a[head] === b[head]) head += 1
  let tail = 0
  while (tail < shortest - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1
  const share = (head + tail) / longest
  return share < 0.5 ? 0 : share
}

/** Words further apart than this are not of one passage, where those on one side say little. */
const far = 24
const little = 0.1

/**
 * Where the quote's words begin and end, without the few at its ends that are found only far from the others: a full
 * stop is always there somewhere.
 */
function together(there: { place: number; weight: number }[]): [number, number] {
  const all = there.reduce((sum, { weight }) => sum + weight, 0)
  let first = 0
  let last = there.length - 1
  const place = (at: number) => there[at]?.place ?? 0
  let light = 0
  for (let at = 0; at < there.length - 1; at += 1) {
    light += there[at]?.weight ?? 0
    if (light > all * little) break
    if (Math.abs(place(at + 1) - place(at)) > far) first = at + 1
  }
  light = 0
  for (let at = there.length - 1; at > first; at -= 1) {
    light += there[at]?.weight ?? 0
    if (light > all * little) break
    if (Math.abs(place(at) - place(at - 1)) > far) last = at - 1
  }
  let [from, to] = [Infinity, -1]
  for (const { place } of there.slice(first, last + 1)) {
    from = Math.min(from, place)
    to = Math.max(to, place + 1)
  }
  return to < 0 ? [-1, -1] : [from, to]
}

/** What stands in the quote's place, between the words before and after it; where these stayed, and with them the sentence. */
function between({ ids, breaks }: Words, query: Query, map: Int32Array): [number, number] {
  const before = map[query.from - 1] ?? -1
  const after = map[query.to] ?? -1
  const stayed = ids[before] === query.ids[query.from - 1] && ids[after] === query.ids[query.to]
  const length = after - before - 1
  if (before < 0 || after < 0 || !stayed || length > 3 * (query.to - query.from) + 3) return [-1, -1]
  const isCut = breaks.subarray(before + 1, after + 1).includes(breakCost.block)
  return isCut ? [-1, -1] : [before + 1, after]
}

/**
 * A quote with what stands in the place of the words at its ends: "two thousand notes" that became "three thousand
 * notes" is not "thousand notes". Only where the word beyond stayed and no more was put in than went: the rest may be new.
 */
function withReplaced(
  { ids, breaks }: Words,
  start: number,
  end: number,
  query: Query,
  map: Int32Array,
): [number, number] {
  if (start < 0) return [start, end]
  const stays = (at: number) => ids[map[at] ?? -1] === query.ids[at]
  const isCut = (from: number, to: number) => breaks.subarray(from, to).includes(breakCost.block)
  const fits = (lost: number, put: number) => put > 0 && put <= lost
  const lostFrom = (edge: number, step: 1 | -1) => {
    let at = edge
    while (at >= query.from && at < query.to && !stays(at)) at += step
    return Math.abs(at - edge)
  }
  let [from, to] = [start, end]
  const before = (map[query.from - 1] ?? -1) + 1
  if (
    before > 0 &&
    stays(query.from - 1) &&
    fits(lostFrom(query.from, 1), start - before) &&
    !isCut(before, start + 1)
  )
    from = before
  const after = map[query.to] ?? -1
  if (stays(query.to) && fits(lostFrom(query.to - 1, -1), after - end) && !isCut(end, after + 1)) to = after
  return [from, to]
}

/** A block that was quoted whole is so still, when some words were put in or out at its ends. */
function wholeBlocks(
  { breaks, count }: Words,
  start: number,
  end: number,
  query: Query,
  map: Int32Array,
): [number, number] {
  const reach = (end - start) >> 1
  const isCut = (at: number) => at === 0 || at === count || breaks[at] === breakCost.block
  // Not over what stood before and after it: blocks may have been joined.
  const before = map.subarray(0, query.from).findLast((place) => place >= 0 && place < start) ?? -1
  const after = map.subarray(query.to).find((place) => place >= end) ?? count
  let from = start
  while (from > before + 1 && start - from < reach && !isCut(from)) from -= 1
  let to = end
  while (to < after && to - end < reach && !isCut(to)) to += 1
  return [isCut(from) ? from : start, isCut(to) ? to : end]
}

/**
 * What tells places apart: how much is there, and, between equals, how near it is to where it was.
 * @param distance from there, as a share of the article
 */
export function rank(candidate: Candidate, distance: number): number {
  return candidate.telling + 0.7 * candidate.context - 8 * distance - 0.3 * candidate.excess
}

/** What speaks for a place, and how loudly. */
interface Weighing {
  bias: number
  /** How much of the quote is there, as far as half of it. */
  quote: number
  /** How much of the context is there on the poorer and on the richer side. */
  bothSides: number
  oneSide: number
  /** How much the words say that are there: on a logarithmic scale, up to much, and with a discount for short quotes. */
  telling: number
  muchTelling: number
  short: number
  /** How far the next best place is behind. */
  lead: number
  /** That nothing much was put in between. */
  density: number
  /** Below this likelihood the answer is none: a wrong place is worse than none. */
  threshold: number
}

// Logistic regressions (bench/anchoring/calibrate.ts) on cases of real edits, right places against wrong ones, fitted on one half
// of the articles and tried on the other. They are few, so that each says something true of any text.

/** Of a page and selectors alone. */
export const bySelectors: Weighing = {
  bias: -6.88,
  quote: 3.39,
  bothSides: 2.33,
  oneSide: 3.14,
  telling: 1.25,
  muchTelling: 3.03,
  short: -1.11,
  lead: 1.41,
  density: 1.5,
  threshold: 0.75,
}

/** Of two revisions, where the alignment has found the place already. */
export const byRevisions: Weighing = {
  bias: -4.05,
  quote: 1.54,
  bothSides: 1.21,
  oneSide: 1.43,
  telling: 2.33,
  muchTelling: 1.32,
  short: -1.45,
  lead: 0,
  density: 2.89,
  threshold: 0.74,
}

/**
 * How likely a place is the right one, from 0 to 1.
 * @param length words of the quote
 * @param lead how far the next best place is behind, as a share of the best
 */
export function confidenceOf(candidate: Candidate, length: number, by: Weighing, lead = 0): number {
  const { quote, before, after, telling, excess } = candidate
  const log = Math.log1p(telling)
  const sum =
    by.bias +
    by.quote * Math.min(quote, 0.5) +
    by.bothSides * Math.min(before, after) +
    by.oneSide * Math.max(before, after) +
    by.telling * quote * log +
    by.muchTelling * quote * Math.min(1, telling / 100) +
    by.short * log +
    by.lead * lead +
    by.density * (length / (length + excess))
  return 1 / (1 + Math.exp(-sum))
}
