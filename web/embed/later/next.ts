import type { Discussion } from '../discussion.svelte.ts'
import { inOrder } from '../fresh.ts'
import { wholeArticle } from '../marks.ts'

/** A comment with the block where its thread is shown. */
export interface Here {
  thread: string
  id: string
  block: number
}

/** The whole article comes after its blocks. */
const rank = (block: number) => (block === wholeArticle ? Infinity : block)

/** All comments as they stand in the article; those whose words are gone at its end, in the order of their sections. */
export function inArticle(discussion: Discussion): Here[] {
  const placed = [...discussion.threads.values()].map((thread) => {
    const place = discussion.places.placeOf(thread)
    return {
      thread,
      block: place ?? wholeArticle,
      section: place === null ? discussion.places.sectionOf(thread) : -1,
    }
  })
  placed.sort((a, b) => (a.block === b.block ? a.section - b.section : rank(a.block) - rank(b.block)))
  return placed.flatMap(({ thread, block }) =>
    inOrder([thread]).map(({ id }) => ({ thread: thread.id, id, block })),
  )
}

/**
 * The next unread comment, or the one before; from the end it goes on at the beginning.
 * @param order all comments, as they stand in the article
 * @param here where one is: at a comment, else before the first of a block
 */
export function nextOf(
  order: readonly Here[],
  unread: ReadonlySet<string>,
  here: Pick<Here, 'id' | 'block'>,
  step: 1 | -1,
): Here | undefined {
  const at = order.findIndex(({ id }) => id === here.id)
  const start = order.findIndex(({ block }) => rank(block) >= rank(here.block))
  const from = at >= 0 ? at : (start < 0 ? order.length : start) - 0.5
  const stops = order.filter(({ id }) => unread.has(id))
  const ahead = order.filter(({ id }, place) => unread.has(id) && (place - from) * step > 0)
  return step === 1 ? (ahead[0] ?? stops[0]) : (ahead.at(-1) ?? stops.at(-1))
}
