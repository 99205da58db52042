import type { Alignment } from './align.ts'
import { breakCost, matchWords } from './match-words.ts'
import { regionsOf } from './search.ts'
import type { Words } from './words.ts'

const fewWords = 4
const manyWords = 250
/** So much of a sentence must be gone from where it was, and so much found where it is, by what the words say. */
const mostlyGone = 0.5
const enough = 0.6

/** Finds again, in what is new, the sentences that are gone from where they were: they moved, with others or alone. */
export function followMoves(alignment: Alignment): void {
  let run: [number, number][] = []
  const follow = () => {
    const [first, last] = [run[0], run.at(-1)]
    if (first && last && !followRun(alignment, first[0], last[1]) && run.length > 1)
      for (const [from, to] of run) followRun(alignment, from, to)
    run = []
  }
  for (const [from, to] of sentences(alignment.before.words)) {
    const isGone = share(alignment, from, to) >= mostlyGone
    const isLong = to - (run[0]?.[0] ?? from) > manyWords
    if (!isGone || isLong) follow()
    if (isGone) run.push([from, to])
    if (alignment.before.words.breaks[to] === breakCost.block) follow()
  }
}

function* sentences({ breaks, count }: Words): Generator<[from: number, to: number]> {
  for (let from = 0; from < count;) {
    let to = from + 1
    while (to < count && to - from < manyWords && (breaks[to] ?? 0) <= breakCost.word) to += 1
    yield [from, to]
    from = to
  }
}

/** How much of a run of words is not where it was. */
function share({ before, after, ids, map }: Alignment, from: number, to: number): number {
  let all = 0
  let gone = 0
  for (let at = from; at < to; at += 1) {
    const weight = before.words.weights[at] ?? 0
    const place = map[at] ?? -1
    all += weight
    if (place < 0 || after.words.ids[place] !== ids[at]) gone += weight
  }
  return gone / all
}

/** @returns whether the run was found */
function followRun({ before, after, ids, map, taken, moved }: Alignment, from: number, to: number): boolean {
  const count = to - from
  if (count < fewWords) return false
  const query = { ids: ids.subarray(from, to), weights: before.words.weights.subarray(from, to), count }
  const isSame = (at: number, place: number) => place >= 0 && after.words.ids[place] === query.ids[at]
  // What little of the run was found in its old place is up for a better one.
  const own = new Set(map.subarray(from, to).filter((place, at) => isSame(at, place)))
  const isFree = (place: number) => taken[place] === 0 || own.has(place)
  for (const near of regionsOf(after, query, 2)) {
    const slack = 20 + (count >> 2)
    const into = new Int32Array(count)
    const runs = {
      a: query.ids,
      b: after.words.ids,
      weights: query.weights,
      breaks: before.words.breaks.subarray(from, to + 1),
      aFrom: 0,
      aTo: count,
      bFrom: Math.max(0, near - slack),
      bTo: Math.min(after.words.count, near + count + slack),
    }
    matchWords(runs, 'free', into)
    let all = 0
    let found = 0
    for (const [at, place] of into.entries()) {
      all += query.weights[at] ?? 0
      if (isSame(at, place) && isFree(place)) found += query.weights[at] ?? 0
    }
    if (found < all * enough) continue
    for (const place of own) taken[place] = 0
    for (const [at, place] of into.entries()) {
      map[from + at] = place >= 0 && taken[place] === 0 ? place : -1
      if (isSame(at, place)) taken[place] = 1
    }
    moved.fill(1, from, to)
    return true
  }
  return false
}
