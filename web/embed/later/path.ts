import type { Answer } from '../branches.ts'

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
 * @param levels how many levels of answers stand under a comment
 * @returns undefined: the whole thread
 */
export function rootFor(
  path: readonly string[],
  id: string,
  root: string | undefined,
  levels: number,
): string | undefined {
  if (root !== undefined) {
    const from = [...path, id].indexOf(root)
    if (from >= 0 && path.length - from <= levels) return root
  }
  // Where the buttons would lead that go on in a thread.
  return path.length <= levels ? undefined : path[Math.floor((path.length - 1) / levels) * levels]
}
