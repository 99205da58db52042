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
let gains = new Float32Array(0)

/** The gains of the best alignments of a row that end in each of the three states, by place in `b`. */
interface Gains {
  match: Float32Array
  insert: Float32Array
  remove: Float32Array
}

/**
 * Finds which word of `b` each word of `a` has become: the best alignment with affine gaps (O. Gotoh, "An improved
 * algorithm for matching biological sequences", J. Mol. Biol. 162, 1982), where equal words gain what they say.
 * @param ends `fixed`: both runs are all there is between two places that are certain; `free`: `a` stands somewhere in `b`
 * @param into gets for each word of `a` the place in `b` that it stands at, equal or put in its place; -1 where it is gone
 */
export function matchWords(runs: Runs, ends: 'fixed' | 'free', into: Int32Array): void {
  const rows = runs.aTo - runs.aFrom + 1
  const width = runs.bTo - runs.bFrom + 1
  if (steps.length < rows * width) steps = new Uint8Array(rows * width)
  if (gains.length < 3 * width) gains = new Float32Array(3 * width)
  const last = {
    match: gains.subarray(0, width),
    insert: gains.subarray(width, 2 * width),
    remove: gains.subarray(2 * width, 3 * width),
  }
  fill(runs, ends === 'free', last)
  trace(runs, last, ends === 'free' ? 0 : width - 1, into)
}

/** Fills the table row by row. One byte a cell: for each of the three states, two bits of which state it came from. */
function fill({ a, b, weights, aFrom, aTo, bFrom, bTo, breaks }: Runs, free: boolean, row: Gains): void {
  const { match, insert, remove } = row
  const m = bTo - bFrom
  for (let j = 0; j <= m; j += 1) {
    match[j] = free || j === 0 ? 0 : -Infinity
    insert[j] = free || j === 0 ? -Infinity : (breaks[aFrom] ?? 0) + gapGoesOn * j
    remove[j] = -Infinity
    steps[j] = j === 1 ? 0 : byInsert << 2
  }
  for (let at = aFrom, cell = m + 1; at < aTo; at += 1) {
    const word = a[at] ?? 0
    const gain = weights[at] ?? 0
    const insertion = breaks[at + 1] ?? 0
    let diagonalMatch = match[0] ?? 0
    let diagonalInsert = insert[0] ?? 0
    let diagonalRemove = remove[0] ?? 0
    // Of the first column: all of `a` so far is gone.
    const isFirst = diagonalMatch + gapBegins > diagonalRemove
    let leftMatch = -Infinity
    let leftInsert = -Infinity
    let leftRemove = (isFirst ? diagonalMatch + gapBegins : diagonalRemove) + gapGoesOn
    match[0] = insert[0] = -Infinity
    remove[0] = leftRemove
    steps[cell++] = (isFirst ? byMatch : byDelete) << 4
    for (let j = 1; j <= m; j += 1, cell += 1) {
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
      match[j] = best + (word === b[bFrom + j - 1] && word >= 0 ? gain : differing)

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
      insert[j] = best + gapGoesOn
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
      remove[j] = best + gapGoesOn
      steps[cell] = step | (from << 4)

      diagonalMatch = upMatch
      diagonalInsert = upInsert
      diagonalRemove = upRemove
      leftMatch = match[j] ?? 0
      leftInsert = insert[j] ?? 0
      leftRemove = remove[j] ?? 0
    }
  }
}

/** Goes back from the best end, at `firstEnd` or later, through the states it was reached by. */
function trace({ aFrom, aTo, bFrom, bTo }: Runs, last: Gains, firstEnd: number, into: Int32Array): void {
  const width = bTo - bFrom + 1
  let j = width - 1
  let state = byMatch
  let best = -Infinity
  for (let end = firstEnd; end < width; end += 1) {
    for (const [kind, gain] of [last.match[end], last.insert[end], last.remove[end]].entries()) {
      if ((gain ?? 0) <= best) continue
      best = gain ?? 0
      j = end
      state = kind
    }
  }
  for (let at = aTo - 1; at >= aFrom;) {
    const step = steps[(at - aFrom + 1) * width + j] ?? 0
    if (state !== byInsert) {
      into[at] = state === byMatch ? bFrom + j - 1 : -1
      at -= 1
    }
    const came = (step >> (2 * state)) & 3
    if (state !== byDelete) j -= 1
    state = came
  }
}
