import type { CommentView } from '../../../core/contract/threads.ts'
import type { Thread } from '../threads.ts'

/**
 * What a reader has read of an article, as it is kept on their device. Ids of comments grow with time: what is not later
 * than `at` was there before, or counts as read.
 */
export interface Kept {
  at: string
  read: ReadonlySet<string>
}

/** So many ids are kept; the oldest then give way, and all before them counts as read. */
const limit = 500

/** Reads what is kept, if it is anything of ours. */
export function parse(text: string | null): Kept | null {
  if (text === null) return null
  try {
    const kept: unknown = JSON.parse(text)
    if (typeof kept !== 'object' || kept === null || !('at' in kept) || !('read' in kept)) return null
    if (typeof kept.at !== 'string' || !Array.isArray(kept.read)) return null
    return bounded(
      kept.at,
      kept.read.filter((id) => typeof id === 'string'),
    )
  } catch {
    return null
  }
}

/**
 * As it is kept.
 * @param count how many comments there were when all was read; it stands last, where the loader looks for it. Null while
 *   something is unread
 */
export const stringify = ({ at, read }: Kept, count: number | null): string =>
  JSON.stringify({ at, read: [...read], count })

/** What is read in any of two tabs is read. */
export const merged = (one: Kept, other: Kept | null): Kept =>
  other ? bounded(one.at > other.at ? one.at : other.at, [...one.read, ...other.read]) : one

/** With these read too. */
export const withRead = ({ at, read }: Kept, ids: Iterable<string>): Kept => bounded(at, [...read, ...ids])

/**
 * All that is there counts as read; so it does on the first visit.
 * @param isAll whether all of the discussion is loaded; else what is not loaded yet was written before now, too
 */
export function allRead(threads: Iterable<Thread>, isAll: boolean, now: number): Kept {
  const ids = [...threads].flatMap(({ list }) => list.map(({ id }) => id))
  if (!isAll) {
    // The first part of an id is the time it was made at.
    const time = now.toString(16).padStart(12, '0')
    ids.push(`${time.slice(0, 8)}-${time.slice(8)}`)
  }
  return { at: ids.reduce((last, id) => (id > last ? id : last), ''), read: new Set() }
}

/**
 * Which comments somebody has not read: others' that are later than their last visit.
 * @param came those that came in while they were looking, however long a moderator had them
 * @param hidden people whose comments they do not want to see
 */
export function unreadOf(
  threads: Iterable<Thread>,
  { at, read }: Kept,
  came: ReadonlySet<string>,
  hidden: ReadonlySet<string>,
): Set<string> {
  const isUnread = ({ id, own, state, author }: CommentView) =>
    state === 'live' &&
    !own &&
    (id > at || came.has(id)) &&
    !read.has(id) &&
    !(author && hidden.has(author.id))
  return new Set([...threads].flatMap(({ list }) => list.filter(isUnread).map(({ id }) => id)))
}

/** How many comments are unread beside each block. */
export function countByBlock(
  threads: Iterable<Thread>,
  unread: ReadonlySet<string>,
  placeOf: (thread: Thread) => number,
): Map<number, number> {
  const counts = new Map<number, number>()
  for (const thread of threads) {
    const count = thread.list.filter(({ id }) => unread.has(id)).length
    if (count === 0) continue
    const block = placeOf(thread)
    counts.set(block, (counts.get(block) ?? 0) + count)
  }
  return counts
}

function bounded(at: string, ids: string[]): Kept {
  const read = [...new Set(ids)].filter((id) => id > at).sort()
  const gone = read.splice(0, Math.max(0, read.length - limit))
  return { at: gone.at(-1) ?? at, read: new Set(read) }
}
