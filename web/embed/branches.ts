import { asTree, type Branch } from '../../core/threads/tree.ts'

interface Answer {
  id: string
  parentId: string | null
}

/** How many levels of answers stand under a comment; what is deeper is a branch of its own. */
export const levels = 3

/**
 * Branches as they stand one below the other.
 * @param isOpen whether the answers to one stand below it; without, all do
 */
export function walk<T>(
  branches: readonly Branch<T>[],
  isOpen: (branch: Branch<T>, level: number) => boolean = () => true,
): Branch<T>[] {
  const order: Branch<T>[] = []
  const open = branches.map((branch) => ({ branch, level: 0 })).reverse()
  for (let next = open.pop(); next; next = open.pop()) {
    const { branch, level } = next
    order.push(branch)
    if (!isOpen(branch, level)) continue
    for (const answer of branch.replies.toReversed()) open.push({ branch: answer, level: level + 1 })
  }
  return order
}

/**
 * What is shown of a thread.
 * @param root the comment whose branch is shown alone; the whole thread, where it is not there (any more)
 */
export function shownOf<T extends Answer>(list: readonly T[], root: string | undefined): Branch<T>[] {
  const tree = asTree(list)
  const branch = root && walk(tree).find(({ comment }) => comment.id === root)
  return branch ? [branch] : tree
}

/** What a comment answers, from the first comment down to the one above it. */
export function above(list: readonly Answer[], id: string): string[] {
  const parents = new Map(list.map((comment) => [comment.id, comment.parentId]))
  const path: string[] = []
  for (let at = parents.get(id); at && parents.has(at); at = parents.get(at)) path.unshift(at)
  return path
}

/**
 * Which branch has to be shown for a comment to be seen.
 * @param path what the comment answers
 * @param root the branch that is shown now; it stays where it will do
 * @returns undefined: the whole thread
 */
export function rootFor(path: readonly string[], id: string, root: string | undefined): string | undefined {
  if (root !== undefined) {
    const from = [...path, id].indexOf(root)
    if (from >= 0 && path.length - from <= levels) return root
  }
  // Where the buttons would lead that go on in a thread.
  return path.length <= levels ? undefined : path[Math.floor((path.length - 1) / levels) * levels]
}
