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
  let start = -1
  let end = -1
  let exact = 0
  for (let at = 0; at < query.count; at += 1) {
    const side = at < query.from ? sides.before : at < query.to ? sides.quote : sides.after
    const place = map[at] ?? -1
    const weight = query.weights[at] ?? 0
    const alike = place < 0 ? 0 : likeness(query, at, words, place)
    side.add(weight, alike, alike === 0 ? 0 : rarity(prepared, words.ids[place] ?? -1))
    if (side !== sides.quote || alike === 0) continue
    if (alike === 1) exact += weight
    if (start < 0) start = place
    end = place + 1
  }
  const { quote } = sides
  if (start < 0 && query.isSentence) return null
  const [from, to] = start < 0 ? between(query, map) : query.isWhole ? wholeBlocks(words, start, end) : [start, end]
  if (from < 0 || to <= from) return null
  return {
    start: from,
    end: to,
    // A word that is only like the old one is half of it.
    quote: (quote.share() + exact / quote.all) / 2,
    before: sides.before.share(),
    after: sides.after.share(),
    telling: quote.telling,
    context: sides.before.telling + sides.after.telling,
    excess: Math.max(0, to - from - (query.to - query.from)),
    isVerbatim: exact === quote.all && to - from === query.to - query.from,
  }
}

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

/** Nothing of the quote is there: what stands in its place between the words before and after it. */
function between(query: Query, map: Int32Array): [number, number] {
  const before = map[query.from - 1] ?? -1
  const after = map[query.to] ?? -1
  return before < 0 || after < 0 ? [-1, -1] : [before + 1, after]
}

/** A block that was quoted whole is so still, when some words were put in or out at its ends. */
function wholeBlocks({ breaks, count }: Words, start: number, end: number): [number, number] {
  const reach = (end - start) >> 1
  const isCut = (at: number) => breaks[at] === breakCost.block
  let from = start
  while (from > 0 && start - from < reach && !isCut(from)) from -= 1
  let to = end
  while (to < count && to - end < reach && !isCut(to)) to += 1
  return [isCut(from) ? from : start, isCut(to) ? to : end]
}

/**
 * What tells places apart: how much is there, and, between equals, how near it is to where it was.
 * @param distance from there, as a share of the article
 */
export function rank(candidate: Candidate, distance: number): number {
  return candidate.telling + 0.7 * candidate.context - 8 * distance - 0.3 * candidate.excess
}

// Weights of a logistic regression on the corpora's cases, right places against wrong ones; see bench/anchoring. They are
// few and each says something true of any text: a quote that is half there, or whose neighbours are, is likely right, the
// more so the more its words say, and the further the next best place is behind.
const bias = -6.88
const ofQuote = 3.39
const ofBothSides = 2.33
const ofOneSide = 3.14
const ofTelling = 1.25
const ofMuchTelling = 3.03
const ofShort = -1.11
const ofLead = 1.41
const ofDensity = 1.5

/**
 * How likely a place is the right one, from 0 to 1.
 * @param lead how far the next best place is behind, as a share of the best
 */
export function confidenceOf({ quote, before, after, telling, excess }: Candidate, length: number, lead: number): number {
  const log = Math.log1p(telling)
  const sum =
    bias +
    ofQuote * Math.min(quote, 0.5) +
    ofBothSides * Math.min(before, after) +
    ofOneSide * Math.max(before, after) +
    ofTelling * quote * log +
    ofMuchTelling * quote * Math.min(1, telling / 100) +
    ofShort * log +
    ofLead * lead +
    ofDensity * (length / (length + excess))
  return 1 / (1 + Math.exp(-sum))
}
