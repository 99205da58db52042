/** Something that is on both sides, at `i` on the one and at `j` on the other. */
export interface Pair {
  i: number
  j: number
  weight: number
}

/**
 * What is on each side exactly once, as "patience" diff (B. Cohen, 2008) takes its anchors.
 * @param a keys of one side, in order; a negative key is none
 * @param weight of the thing at `i`
 */
export function uniquePairs(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  weight: (i: number) => number,
): Pair[] {
  const there = placesOf(b)
  const pairs: Pair[] = []
  for (const [key, i] of placesOf(a)) {
    const j = there.get(key)
    if (i >= 0 && j !== undefined && j >= 0) pairs.push({ i, j, weight: weight(i) })
  }
  return pairs
}

const repeated = -1

function placesOf(keys: ArrayLike<number>): Map<number, number> {
  const places = new Map<number, number>()
  for (let at = 0; at < keys.length; at += 1) {
    const key = keys[at] ?? -1
    if (key >= 0) places.set(key, places.has(key) ? repeated : at)
  }
  return places
}

/**
 * The heaviest of the chains of pairs that go forward on both sides, in O(n log n): a longest increasing subsequence with
 * weights, by the greatest sum so far in a binary indexed tree (P. Fenwick, Software: Practice and Experience 24, 1994).
 */
export function heaviestChain(pairs: Pair[]): Pair[] {
  const sorted = pairs.toSorted((p, q) => p.i - q.i)
  const ranks = new Map(
    sorted
      .map(({ j }) => j)
      .sort((p, q) => p - q)
      .map((j, at) => [j, at + 1]),
  )
  const tree = new Int32Array(sorted.length + 1).fill(-1)
  const sums = new Float64Array(sorted.length)
  const before = new Int32Array(sorted.length)
  const sum = (at: number) => (at < 0 ? 0 : (sums[at] ?? 0))
  let last = -1
  for (const [at, { j, weight }] of sorted.entries()) {
    const rank = ranks.get(j) ?? 0
    let best = -1
    for (let node = rank - 1; node > 0; node -= node & -node) {
      const here = tree[node] ?? -1
      if (sum(here) > sum(best)) best = here
    }
    sums[at] = sum(best) + weight
    before[at] = best
    if (sum(at) > sum(last)) last = at
    for (let node = rank; node < tree.length; node += node & -node) {
      if (sum(at) > sum(tree[node] ?? -1)) tree[node] = at
    }
  }
  const chain: Pair[] = []
  for (let at = last; at >= 0; at = before[at] ?? -1) {
    const pair = sorted[at]
    if (pair) chain.push(pair)
  }
  return chain.reverse()
}
