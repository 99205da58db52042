/** Two runs of words to be compared: those of `a` from `aFrom` to `aTo`, and of `b` likewise. */
export interface Runs {
  a: Int32Array
  b: Int32Array
  /** How much each word of `a` says. */
  weights: Float32Array
  aFrom: number
  aTo: number
  bFrom: number
  bTo: number
  /** What it costs to put words of `b` in before each word of `a`, and after the last: less where texts are cut. */
  breaks: Float32Array
}

// Gains and costs in the unit of weights, where a sign is 0.4 and a long word 4.65. A gap costs to begin and little to
// go on, because edits come in runs: a clause put in, a sentence taken out.
const differing = -0.6
const gapBegins = -1.125
const gapGoesOn = -0.06
/** For `breaks`: between two words, two sentences, two blocks, and at the ends of a passage. Exact in 32 bits. */
export const breakCost = { word: gapBegins, sentence: -0.8125, block: -0.625, passage: -0.5 }

const byMatch = 0
const byInsert = 1
const byDelete = 2

let steps = new Uint8Array(0)
let rows = new Float32Array(0)

/**
 * Finds which word of `b` each word of `a` has become: the best alignment with affine gaps (O. Gotoh, "An improved
 * algorithm for matching biological sequences", J. Mol. Biol. 162, 1982), where equal words gain what they say.
 * @param ends `fixed`: both runs are all there is between two places that are certain; `free`: `a` stands somewhere in `b`
 * @param into gets for each word of `a` the place in `b` that it stands at, equal or put in its place; -1 where it is gone
 * @returns the gain, to compare places with
 */
export function matchWords(runs: Runs, ends: 'fixed' | 'free', into: Int32Array): number {
  const { a, b, weights, aFrom, bFrom, breaks } = runs
  const n = runs.aTo - aFrom
  const m = runs.bTo - bFrom
  const width = m + 1
  if (steps.length < (n + 1) * width) steps = new Uint8Array((n + 1) * width)
  if (rows.length < 3 * width) rows = new Float32Array(3 * width)
  const match = rows.subarray(0, width)
  const insert = rows.subarray(width, 2 * width)
  const remove = rows.subarray(2 * width, 3 * width)
  const free = ends === 'free'

  // One byte a cell: for each of the three states, which state it came from.
  for (let j = 0; j <= m; j += 1) {
    match[j] = free || j === 0 ? 0 : -Infinity
    insert[j] = free || j === 0 ? -Infinity : (breaks[aFrom] ?? 0) + gapGoesOn * j
    remove[j] = -Infinity
    steps[j] = j === 1 ? 0 : byInsert << 2
  }
  for (let i = 1; i <= n; i += 1) {
    const word = a[aFrom + i - 1] ?? 0
    const gain = weights[aFrom + i - 1] ?? 0
    const row = i * width
    const insertion = breaks[aFrom + i] ?? 0
    let diagonalMatch = match[0] ?? 0
    let diagonalInsert = insert[0] ?? 0
    let diagonalRemove = remove[0] ?? 0
    // Of the first column: all of `a` so far is gone.
    const opened = diagonalMatch + gapBegins
    const went = diagonalRemove
    remove[0] = (opened > went ? opened : went) + gapGoesOn
    steps[row] = (opened > went ? byMatch : byDelete) << 4
    match[0] = insert[0] = -Infinity
    let leftMatch = -Infinity
    let leftInsert = -Infinity
    let leftRemove = remove[0]
    for (let j = 1; j <= m; j += 1) {
      const upMatch = match[j] ?? 0
      const upInsert = insert[j] ?? 0
      const upRemove = remove[j] ?? 0
      let step = byMatch
      let best = diagonalMatch
      if (diagonalInsert > best) {
        best = diagonalInsert
        step = byInsert
      }
      if (diagonalRemove > best) {
        best = diagonalRemove
        step = byDelete
      }
      const here = best + (word === b[bFrom + j - 1] && word >= 0 ? gain : differing)

      let from = byInsert
      best = leftInsert
      if (leftMatch + insertion > best) {
        best = leftMatch + insertion
        from = byMatch
      }
      if (leftRemove + insertion > best) {
        best = leftRemove + insertion
        from = byDelete
      }
      const inserted = best + gapGoesOn
      step |= from << 2

      from = byDelete
      best = upRemove
      if (upMatch + gapBegins > best) {
        best = upMatch + gapBegins
        from = byMatch
      }
      if (upInsert + gapBegins > best) {
        best = upInsert + gapBegins
        from = byInsert
      }
      const removed = best + gapGoesOn
      steps[row + j] = step | (from << 4)

      diagonalMatch = upMatch
      diagonalInsert = upInsert
      diagonalRemove = upRemove
      match[j] = leftMatch = here
      insert[j] = leftInsert = inserted
      remove[j] = leftRemove = removed
    }
  }

  // Back from the best end.
  let j = m
  let state = byMatch
  let best = -Infinity
  for (let end = free ? 0 : m; end <= m; end += 1) {
    const states = [match[end] ?? 0, insert[end] ?? 0, remove[end] ?? 0]
    for (let kind = 0; kind < 3; kind += 1) {
      const gain = states[kind] ?? 0
      if (gain > best) {
        best = gain
        j = end
        state = kind
      }
    }
  }
  for (let i = n; i > 0;) {
    const step = steps[i * width + j] ?? 0
    if (state === byMatch) {
      into[aFrom + i - 1] = bFrom + j - 1
      state = step & 3
      i -= 1
      j -= 1
    } else if (state === byInsert) {
      state = (step >> 2) & 3
      j -= 1
    } else {
      into[aFrom + i - 1] = -1
      state = (step >> 4) & 3
      i -= 1
    }
  }
  return best
}
