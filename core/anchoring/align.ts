import { heaviestChain, uniquePairs } from './chain.ts'
import { matchWords } from './match-words.ts'
import { followMoves } from './moves.ts'
import { blocksOfWords, type Prepared } from './prepared.ts'

/** What became of each word of one revision in the next. */
export interface Alignment {
  before: Prepared
  after: Prepared
  /** The words of `before`, numbered as `after` numbers them. */
  ids: Int32Array
  /** For each word of `before` its place in `after`: where it is, or what stands in its place; -1 where it is gone. */
  map: Int32Array
  /** Which words of `after` were in `before`. */
  taken: Uint8Array
  /** Which words of `before` are no longer in their order among the others. */
  moved: Uint8Array
}

/**
 * Aligns two revisions of an article: first whole blocks (those of the same words, in the heaviest common order; then
 * those that moved), then, in the gaps between, the words, and last, words that moved alone. Near-linear where most of
 * the text stayed, and bounded where nothing did.
 */
export function align(before: Prepared, after: Prepared): Alignment {
  const alignment = {
    before,
    after,
    ids: renumbered(before, after),
    map: new Int32Array(before.words.count).fill(-1),
    taken: new Uint8Array(after.words.count),
    moved: new Uint8Array(before.words.count),
  }
  let a = 0
  let b = 0
  for (const { i, j, length } of [
    ...sameBlocks(alignment),
    { i: before.words.count, j: after.words.count, length: 0 },
  ]) {
    fillGap(
      alignment,
      freeIn(alignment.map, a, i, (place) => place < 0),
      freeIn(alignment.taken, b, j, (is) => is === 0),
    )
    a = i + length
    b = j + length
  }
  followMoves(alignment)
  return alignment
}

function renumbered({ words }: Prepared, after: Prepared): Int32Array {
  const numbers = new Int32Array(words.vocabulary.size).fill(-1)
  for (const [written, id] of words.vocabulary) {
    const known = after.words.vocabulary.get(written)
    if (known !== undefined) numbers[id] = known
  }
  return words.ids.map((id) => numbers[id] ?? -1)
}

function pairUp({ map, taken }: Pick<Alignment, 'map' | 'taken'>, i: number, j: number): void {
  map[i] = j
  taken[j] = 1
}

/** Maps the blocks that have not changed. @returns those in common order: word `i` on as from word `j` */
function sameBlocks(alignment: Alignment): { i: number; j: number; length: number }[] {
  const { before, after, ids } = alignment
  const olds = blocksOfWords(before)
  const news = blocksOfWords(after)
  const numbers = new Map<string, number>()
  const keyOf = (words: Int32Array) => {
    const key = words.join()
    const known = numbers.get(key)
    if (known === undefined) numbers.set(key, numbers.size)
    return known ?? numbers.size - 1
  }
  const newKeys = news.map(([from, to]) => (from === to ? -1 : keyOf(after.words.ids.subarray(from, to))))
  const oldKeys = olds.map(([from, to]) => {
    const words = ids.subarray(from, to)
    return from === to || words.includes(-1) ? -1 : keyOf(words)
  })
  const length = (block: number) => (olds[block]?.[1] ?? 0) - (olds[block]?.[0] ?? 0)
  const pairs = uniquePairs(oldKeys, newKeys, length)
  const chain = heaviestChain(pairs)
  const inOrder = new Map(chain.map(({ i, j }) => [i, j]))
  for (const { i, j } of chain) {
    for (const step of [1, -1]) {
      // Equal blocks ("* * *") next to one that is certain are certain too.
      for (
        let at = step;
        !inOrder.has(i + at) && oldKeys[i + at] === newKeys[j + at] && (oldKeys[i + at] ?? -1) >= 0;
        at += step
      )
        inOrder.set(i + at, j + at)
    }
  }
  const same = [...inOrder].sort(([a], [b]) => a - b)
  const all = [...same, ...pairs.filter(({ i }) => !inOrder.has(i)).map(({ i, j }) => [i, j] as const)]
  for (const [old, now] of all) {
    const [from, to] = [olds[old]?.[0] ?? 0, news[now]?.[0] ?? 0]
    for (let at = 0; at < length(old); at += 1) pairUp(alignment, from + at, to + at)
    if (!inOrder.has(old)) alignment.moved.fill(1, from, from + length(old))
  }
  return same.map(([old, now]) => ({ i: olds[old]?.[0] ?? 0, j: news[now]?.[0] ?? 0, length: length(old) }))
}

function freeIn(
  of: ArrayLike<number>,
  from: number,
  to: number,
  isFree: (value: number) => boolean,
): Int32Array {
  const free = new Int32Array(Math.max(0, to - from))
  let count = 0
  for (let at = from; at < to; at += 1) if (isFree(of[at] ?? 0)) free[count++] = at
  return free.subarray(0, count)
}

/** Up to so many pairs of words are compared at once; a larger gap is first cut at runs of words that are unique. */
const fewCells = 2500
/** A gap with nothing in common that is larger still was rewritten. */
const mostCells = 400_000
const runLength = 4

/** Aligns the words of a gap, given by their places on each side. */
function fillGap(alignment: Alignment, a: Int32Array, b: Int32Array): void {
  const gaps: [Int32Array, Int32Array][] = [[a, b]]
  for (let gap = gaps.pop(); gap; gap = gaps.pop()) {
    const [olds, news] = trimmed(alignment, ...gap)
    const cells = olds.length * news.length
    if (cells === 0) continue
    const runs = cells <= fewCells ? [] : uniqueRuns(alignment, olds, news)
    if (runs.length === 0) {
      if (cells <= mostCells) compare(alignment, olds, news)
      continue
    }
    let i = 0
    let j = 0
    for (const run of [...runs, { i: olds.length, j: news.length }]) {
      gaps.push([olds.subarray(i, run.i), news.subarray(j, run.j)])
      ;({ i, j } = run)
      if (i < olds.length) pairUp(alignment, olds[i++] ?? 0, news[j++] ?? 0)
    }
  }
}

/** Maps what the gap begins and ends with on both sides alike. @returns the rest */
function trimmed(alignment: Alignment, olds: Int32Array, news: Int32Array): [Int32Array, Int32Array] {
  const isSame = (i: number, j: number) =>
    alignment.ids[olds[i] ?? 0] === alignment.after.words.ids[news[j] ?? 0]
  const shortest = Math.min(olds.length, news.length)
  let head = 0
  while (head < shortest && isSame(head, head)) head += 1
  let tail = 0
  while (tail < shortest - head && isSame(olds.length - 1 - tail, news.length - 1 - tail)) tail += 1
  for (let at = 0; at < head; at += 1) pairUp(alignment, olds[at] ?? 0, news[at] ?? 0)
  for (let at = 1; at <= tail; at += 1)
    pairUp(alignment, olds[olds.length - at] ?? 0, news[news.length - at] ?? 0)
  return [olds.subarray(head, olds.length - tail), news.subarray(head, news.length - tail)]
}

/** The runs of a few words that are unique on both sides, in the heaviest common order, each by its first word. */
function uniqueRuns(
  { ids, after }: Alignment,
  olds: Int32Array,
  news: Int32Array,
): { i: number; j: number }[] {
  return heaviestChain(uniquePairs(runsIn(ids, olds), runsIn(after.words.ids, news), () => 1))
}

/** For each place a number of the run of words that begins there; -1 where one of them is not in the other side. */
function runsIn(ids: Int32Array, places: Int32Array): Float64Array {
  const runs = new Float64Array(Math.max(0, places.length - runLength + 1))
  for (let at = 0; at < runs.length; at += 1) {
    let run = 0
    for (let next = at; next < at + runLength; next += 1) {
      const id = ids[places[next] ?? 0] ?? -1
      // A polynomial modulo a prime below 2^31 (R. Karp, M. Rabin, IBM J. Res. Dev. 31, 1987).
      run = id < 0 || run < 0 ? -1 : (run * 65_599 + id) % 2_147_483_647
    }
    runs[at] = run
  }
  return runs
}

function compare(alignment: Alignment, olds: Int32Array, news: Int32Array): void {
  const { before, after, ids } = alignment
  const into = new Int32Array(olds.length)
  const runs = {
    a: olds.map((at) => ids[at] ?? -1),
    b: news.map((at) => after.words.ids[at] ?? -1),
    weights: Float32Array.from(olds, (at) => before.words.weights[at] ?? 0),
    breaks: Float32Array.from([...olds, (olds.at(-1) ?? 0) + 1], (at) => before.words.breaks[at] ?? 0),
    aFrom: 0,
    aTo: olds.length,
    bFrom: 0,
    bTo: news.length,
  }
  matchWords(runs, 'fixed', into)
  for (const [at, place] of into.entries()) {
    if (place < 0) continue
    const [i, j] = [olds[at] ?? 0, news[place] ?? 0]
    if (runs.a[at] === runs.b[place]) pairUp(alignment, i, j)
    else alignment.map[i] = j
  }
}
