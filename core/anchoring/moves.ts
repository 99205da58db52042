import type { Alignment } from './align.ts'
import { matchWords } from './match-words.ts'
import { blocksOfWords } from './prepared.ts'
import { regionsOf } from './search.ts'

const fewWords = 5
const manyWords = 250
/** So much of a run must be found in its new place, by what the words say. */
const enough = 0.6

/** Finds again, in what is new, the runs of words that are gone from where they were: sentences and blocks that moved. */
export function followMoves(alignment: Alignment): void {
  for (const [from, to] of blocksOfWords(alignment.before)) {
    for (let at = from; at < to;) {
      let end = at
      while (end < to && end - at < manyWords && isGone(alignment, end)) end += 1
      if (end - at >= fewWords) follow(alignment, at, end)
      at = end + 1
    }
  }
}

function isGone({ ids, map, after }: Alignment, word: number): boolean {
  const place = map[word] ?? -1
  return place < 0 || after.words.ids[place] !== ids[word]
}

function follow({ before, after, ids, map, taken }: Alignment, from: number, to: number): void {
  const count = to - from
  const query = { ids: ids.subarray(from, to), weights: before.words.weights.subarray(from, to), count }
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
    for (let at = 0; at < count; at += 1) {
      const place = into[at] ?? -1
      all += query.weights[at] ?? 0
      if (place >= 0 && taken[place] === 0 && after.words.ids[place] === query.ids[at]) found += query.weights[at] ?? 0
    }
    if (found < all * enough) continue
    for (let at = 0; at < count; at += 1) {
      const place = into[at] ?? -1
      const isSame = place >= 0 && after.words.ids[place] === query.ids[at]
      map[from + at] = place >= 0 && taken[place] === 1 ? -1 : place
      if (isSame) taken[place] = 1
    }
    return
  }
}
