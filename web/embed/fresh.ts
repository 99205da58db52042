import type { CommentView } from '../../core/contract/threads.ts'
import { asTree, type Branch } from '../../core/threads/tree.ts'
import type { Thread } from './threads.ts'

/** What a reader sees of the open threads. */
export interface Seen {
  /** All of it is on screen at once: whatever comes is seen coming. */
  fits: boolean
  /** There are words in a field that the reader is in. */
  isTyping: boolean
  /** Whether a comment begins below what is on screen, or is not drawn at all. */
  isBelow: (commentId: string) => boolean
}

const flat = ({ comment, replies }: Branch<CommentView>): CommentView[] => [comment, ...replies.flatMap(flat)]

/** The comments of threads as they stand one below the other. */
export const inOrder = (threads: Thread[]): CommentView[] =>
  threads.flatMap(({ list }) => asTree(list).flatMap(flat))

/**
 * Which comments wait until the reader asks for them, because to show them would move what is being read or written.
 * One's own never wait, nor does what happens to a comment that is on screen already.
 * @param known the comments there were before
 * @param held those of them that wait
 * @param open the open threads as they are now, in the order in which they stand
 */
export function heldBack(
  known: ReadonlySet<string>,
  held: ReadonlySet<string>,
  open: Thread[],
  seen: Seen,
): ReadonlySet<string> {
  const order = inOrder(open)
  const isShown = ({ id }: CommentView) => known.has(id) && !held.has(id)
  const moves = (at: number) => {
    // What is typed stands after the threads or between them: only below all that is seen does nothing move.
    const neighbour = seen.isTyping ? order.slice(0, at).findLast(isShown) : order.slice(at).find(isShown)
    if (!neighbour) return seen.isTyping
    return (seen.isTyping || !seen.fits) && !seen.isBelow(neighbour.id)
  }
  const waiting = new Set<string>()
  for (const [at, { id, parentId, own }] of order.entries()) {
    if (own) continue
    const isReplyToHeld = parentId !== null && waiting.has(parentId)
    if (held.has(id) || (!known.has(id) && (isReplyToHeld || moves(at)))) waiting.add(id)
  }
  // What one has answered oneself, elsewhere, is not new any more.
  const answered = new Set<string | null>()
  for (const { id, parentId, own } of order.toReversed()) {
    if (!own && !answered.has(id)) continue
    waiting.delete(id)
    answered.add(parentId)
  }
  return waiting
}

/** The threads without the comments that wait. */
export function without(threads: Thread[], held: ReadonlySet<string>): Thread[] {
  if (held.size === 0) return threads
  return threads
    .map((thread) => ({ ...thread, list: thread.list.filter(({ id }) => !held.has(id)) }))
    .filter(({ list }) => list.length > 0)
}
