import type { Thread } from '../threads.ts'

/** How the threads of an article can be sorted. */
export const orders = ['passage', 'newest', 'discussed'] as const
export type Order = (typeof orders)[number]

/** A thread, and where it stands or stood in the article. */
export interface Listed {
  thread: Thread
  block: number
  /** In its block. */
  start: number
}

/** When something was last said in a thread; one's own counts while it waits, too. */
export const lastOf = ({ list, lastAt, createdAt }: Thread): string =>
  list.reduce(
    (last, comment) => (comment.own && comment.createdAt > last ? comment.createdAt : last),
    lastAt ?? createdAt,
  )

/** Sorts the threads of an article. What is on the whole article comes first in the order of the text. */
export function sorted(all: Listed[], order: Order): Listed[] {
  if (order === 'discussed') return all.toSorted((a, b) => b.thread.comments - a.thread.comments)
  if (order === 'passage') return all.toSorted((a, b) => a.block - b.block || a.start - b.start)
  const times = new Map(all.map(({ thread }) => [thread, lastOf(thread)]))
  const timeOf = ({ thread }: Listed) => times.get(thread) ?? ''
  return all.toSorted((a, b) => (timeOf(a) < timeOf(b) ? 1 : -1))
}

/**
 * The order in which to show what has changed while somebody reads it: nothing that is shown changes places, and what
 * is new comes after what would stand before it.
 * @param shown the ids as they stand
 * @param wanted the ids as they would be sorted now
 */
export function steady(shown: readonly string[], wanted: readonly string[]): string[] {
  const left = new Set(wanted)
  const known = new Set(shown)
  const after = new Map<string | null, string[]>()
  let before: string | null = null
  for (const id of wanted) {
    if (known.has(id)) before = id
    else after.set(before, [...(after.get(before) ?? []), id])
  }
  const kept = shown.filter((id) => left.has(id))
  return [...(after.get(null) ?? []), ...kept.flatMap((id) => [id, ...(after.get(id) ?? [])])]
}
