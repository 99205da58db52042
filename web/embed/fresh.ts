import type { CommentView } from '../../core/contract/threads.ts'
import { asTree } from '../../core/threads/tree.ts'
import { walk } from './branches.ts'
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

/** The comments of threads as they stand one below the other. */
export const inOrder = (threads: Thread[]): CommentView[] =>
  threads.flatMap(({ list }) => walk(asTree(list)).map(({ comment }) => comment))

/**
 * Which comments wait until the reader asks for them, because to show them would move what is being read or written.
 * One's own never wait, nor does what happens to a comment that is on screen already.
 * @param known the comments there were before
 * @param held those of them that wait
 * @param open the open threads as they are now, in the order in which they stand
 * @param isDrawn whether a comment is, or would be, drawn: what comes into a folded branch moves nothing
 */
export function heldBack(
  known: ReadonlySet<string>,
  held: ReadonlySet<string>,
  open: Thread[],
  seen: Seen,
  isDrawn: (commentId: string) => boolean = () => true,
): ReadonlySet<string> {
  const order = inOrder(open)
  const moves = movesWhat(order, ({ id }) => known.has(id) && !held.has(id) && isDrawn(id), seen)
  const waiting = new Set<string>()
  for (const [at, { id, parentId, own }] of order.entries()) {
    if (own) continue
    const isReplyToHeld = parentId !== null && waiting.has(parentId)
    if (held.has(id) || (!known.has(id) && (isReplyToHeld || (isDrawn(id) && moves(at))))) waiting.add(id)
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

/**
 * Tells whether a comment at a place in the order moves what is seen. What is typed stands after the threads or between
 * them: for who types only what comes below all that is seen moves nothing.
 */
function movesWhat(
  order: CommentView[],
  isShown: (comment: CommentView) => boolean,
  { isTyping, fits, isBelow }: Seen,
): (at: number) => boolean {
  // The shown comment before each place, or after it: in one go, since there may be thousands.
  const neighbours: (CommentView | undefined)[] = []
  let last: CommentView | undefined
  for (const at of isTyping ? order.keys() : [...order.keys()].reverse()) {
    neighbours[at] = last
    const comment = order[at]
    if (comment && isShown(comment)) last = comment
  }
  return (at) => {
    const neighbour = neighbours[at]
    if (!neighbour) return isTyping
    return (isTyping || !fits) && !isBelow(neighbour.id)
  }
}

/** The threads without the comments that wait. */
export function without(threads: Thread[], held: ReadonlySet<string>): Thread[] {
  if (held.size === 0) return threads
  return threads
    .map((thread) => ({ ...thread, list: thread.list.filter(({ id }) => !held.has(id)) }))
    .filter(({ list }) => list.length > 0)
}
