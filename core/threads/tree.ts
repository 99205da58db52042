/** Something with what answers it. */
export interface Branch<T> {
  comment: T
  replies: Branch<T>[]
}

/**
 * Comments as a tree, in the order they are given. An answer to what is not among them, or no longer there, stands on its
 * own.
 */
export function asTree<T extends { id: string; parentId: string | null }>(list: readonly T[]): Branch<T>[] {
  const branches = new Map(list.map((comment): [string, Branch<T>] => [comment.id, { comment, replies: [] }]))
  const roots: Branch<T>[] = []
  for (const branch of branches.values()) {
    const parent = branch.comment.parentId === null ? undefined : branches.get(branch.comment.parentId)
    if (parent) parent.replies.push(branch)
    else roots.push(branch)
  }
  return roots
}
