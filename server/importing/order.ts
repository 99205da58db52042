import type { Sink, Spot } from './source.ts'
import type { Spool } from './spool.ts'

/**
 * Finds the trees of what was read. What answers a comment that is not there, or itself by a circle, keeps its words and
 * begins a tree of its own; what has no article is left out.
 */
export function putInOrder(spool: Spool, fault: Sink['fault']): void {
  const parents = new Map<number, number | null>()
  for (const { n, parent, parentN, hasArticle, spot } of spool.links()) {
    const at = spot as Spot
    if (hasArticle === 0) {
      fault(at, 'its article is not in the file, or has no address here: left out')
      continue
    }
    if (parent !== null && parentN === null)
      fault(at, `answers ${parent.slice(0, 80)}, which is not in the file: kept as a comment of its own`)
    parents.set(n, parentN)
  }
  const roots = new Map<number, { root: number; depth: number }>()
  for (const n of parents.keys()) settle(n, parents, roots, fault)
  spool.place(placesOf(parents, roots))
}

function* placesOf(parents: Map<number, number | null>, roots: Map<number, { root: number; depth: number }>) {
  for (const [n, place] of roots) yield { n, parent: parents.get(n) ?? null, ...place }
}

/** Walks up from a comment to what is settled, or to the top; and down again. */
function settle(
  from: number,
  parents: Map<number, number | null>,
  roots: Map<number, { root: number; depth: number }>,
  fault: Sink['fault'],
): void {
  const way: number[] = []
  const seen = new Set<number>()
  let n: number | null = from
  while (n !== null && !roots.has(n)) {
    if (seen.has(n)) {
      // The one that stands first in the file begins the tree.
      const first = Math.min(...way.slice(way.indexOf(n)))
      parents.set(first, null)
      fault(
        'the end',
        `comments answer one another in a circle: the first of them (number ${first}) begins it`,
      )
      return settle(from, parents, roots, fault)
    }
    seen.add(n)
    way.push(n)
    n = parents.get(n) ?? null
  }
  let above = n === null ? undefined : roots.get(n)
  for (const one of way.reverse()) {
    above = above ? { root: above.root, depth: above.depth + 1 } : { root: one, depth: 0 }
    roots.set(one, above)
  }
}
