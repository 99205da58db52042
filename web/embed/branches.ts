import { asTree, type Branch } from '../../core/threads/tree.ts'

/** What may answer something. */
export interface Answer {
  id: string
  parentId: string | null
}

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
