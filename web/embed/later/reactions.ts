import type { PublicReaction, ReactionCounts } from '../../../core/contract/reaction.ts'
import type { Places } from '../places.ts'
import type { Target } from '../target.ts'
import { isOwn, reactionsOf, type Thread, type Threads } from '../threads.ts'

/** In the order in which they stand side by side. */
export const kinds = ['agree', 'helpful', 'question', 'source'] as const satisfies PublicReaction[]

/** Whether a thread is one that others see, or was reacted to by the viewer: then it can be reacted to by its id. */
export const isOpen = (thread: Thread): boolean =>
  thread.comments > 0 || isOwn(thread) || reactionsOf(thread) > 0

/**
 * The threads of a passage: of a paragraph all that are on it or on words of it, the former first; of selected words those on
 * the very same words.
 */
export function threadsOn(
  discussion: { threads: Threads; places: Pick<Places, 'found'> },
  { block, anchor, passage }: Target,
): Thread[] {
  const isWhole = (thread: Thread) => thread.anchor?.block.whole === true
  const here = [...discussion.threads.values()].filter(
    (thread) => discussion.places.found(thread)?.block === block,
  )
  if (anchor?.block.whole) return here.toSorted((a, b) => Number(isWhole(b)) - Number(isWhole(a)))
  return here.filter((thread) => {
    const found = discussion.places.found(thread)
    return (
      !isWhole(thread) &&
      found?.start === passage?.start &&
      found?.endBlock === passage?.endBlock &&
      found?.end === passage?.end
    )
  })
}

/** What is shown of a passage's reactions. */
export interface Shown {
  counts: ReactionCounts
  /** The viewer's reaction to the very passage. */
  own: PublicReaction | null
  /** The viewer's reactions to words of it. */
  others: PublicReaction[]
}

/** @param isWhole whether the passage is a paragraph: then threads on words of it are not on the very passage */
export function tally(threads: Pick<Thread, 'anchor' | 'reactions' | 'mine'>[], isWhole: boolean): Shown {
  const shown: Shown = { counts: { agree: 0, helpful: 0, question: 0, source: 0 }, own: null, others: [] }
  for (const { anchor, reactions, mine } of threads) {
    for (const kind of kinds) shown.counts[kind] += reactions[kind]
    // Where nobody has reacted so, the viewer has taken it back on another device.
    if (mine === null || reactions[mine] === 0) continue
    if (shown.own === null && anchor?.block.whole === isWhole) shown.own = mine
    else shown.others.push(mine)
  }
  return shown
}

/** Whether the viewer has reacted to a passage, or to words of it, in this way. */
export const isPressed = ({ own, others }: Shown, kind: PublicReaction): boolean =>
  own === kind || others.includes(kind)

/** What is to be shown once a reaction is pressed: it is taken back, or takes the place of the one there was. */
export function afterPress(shown: Shown, kind: PublicReaction): Shown {
  const counts = { ...shown.counts }
  if (!isPressed(shown, kind)) {
    if (shown.own) counts[shown.own] -= 1
    counts[kind] += 1
    return { ...shown, counts, own: kind }
  }
  const others = shown.others.filter((other) => other !== kind)
  counts[kind] -= shown.others.length - others.length + Number(shown.own === kind)
  return { counts, own: shown.own === kind ? null : shown.own, others }
}
