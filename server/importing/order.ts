import type { Sink, Spot } from './source.ts'
import type { Spool } from './spool.ts'

/** Comments go by their number in the file, from 1; so these stand for none of them. */
const none = 0
const leftOut = -1
const onTheWay = -2

/** Of each comment what it answers, the first of its tree, and how far down from it; the two are `none` until they are known. */
interface Trees {
  parents: Int32Array
  roots: Int32Array
  depths: Int32Array
}

/**
 * Finds the trees of what was read. What answers a comment that is not there, or itself by a circle, keeps its words and
 * begins a tree of its own; what has no article is left out. Twelve bytes of memory for each comment.
 */
export function putInOrder(spool: Spool, fault: Sink['fault']): void {
  const size = spool.size + 1
  const trees = {
    parents: new Int32Array(size).fill(leftOut),
    roots: new Int32Array(size),
    depths: new Int32Array(size),
  }
  for (const { n, parent, parentN, hasArticle, spot } of spool.links()) {
    const at = spot as Spot
    if (hasArticle === 0) {
      fault(at, 'its article is not in the file, or has no address here: left out')
      continue
    }
    if (parent !== null && parentN === null)
      fault(at, `answers ${parent.slice(0, 80)}, which is not in the file: kept as a comment of its own`)
    trees.parents[n] = parentN ?? none
  }
  for (const [n, parent] of trees.parents.entries()) if (parent !== leftOut) settle(n, trees, fault)
  spool.place(placesOf(trees))
}

function* placesOf({ parents, roots, depths }: Trees) {
  for (const [n, parent] of parents.entries())
    if (parent !== leftOut)
      yield { n, parent: parent === none ? null : parent, root: roots[n] ?? n, depth: depths[n] ?? 0 }
}

/** Walks up from a comment to what is settled, or to the top; and down again. */
function settle(from: number, trees: Trees, fault: Sink['fault']): void {
  const { parents, roots, depths } = trees
  const way: number[] = []
  let n = from
  while (n !== none && roots[n] === none) {
    roots[n] = onTheWay
    way.push(n)
    n = parents[n] ?? none
  }
  if (roots[n] === onTheWay) {
    // The one that stands first in the file begins the tree.
    const first = way.slice(way.indexOf(n)).reduce((least, one) => Math.min(least, one))
    fault('the end', `comments answer one another in a circle: the first of them (number ${first}) begins it`)
    parents[first] = none
    for (const one of way) roots[one] = none
    return settle(from, trees, fault)
  }
  let root = roots[n] ?? none
  let depth = n === none ? -1 : (depths[n] ?? 0)
  for (const one of way.reverse()) {
    if (root === none) root = one
    depth += 1
    roots[one] = root
    depths[one] = depth
  }
}
