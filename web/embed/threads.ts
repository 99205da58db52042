import type { ChangeFrame } from '../../core/contract/live.ts'
import type {
  CommentPage,
  CommentView,
  Posted,
  ThreadHead,
  ThreadPage,
  ThreadView,
} from '../../core/contract/threads.ts'

/** A thread as far as it is loaded. What one may do with it, and one's own reaction, came with the snapshot. */
export interface Thread extends ThreadHead {
  can: ThreadView['can']
  /** The viewer's own reaction, and whether they have reported a typo. */
  mine: ThreadView['mine']
  typo: boolean
  list: CommentView[]
  next: string | null
}

/** All threads that are loaded, by id. Never changed: what happens gives a new one. */
export type Threads = ReadonlyMap<string, Thread>

/** What one may do with a thread that came live: who may mark one, may mark all. */
const canIn = (threads: Threads): ThreadView['can'] => ({
  reattach: false,
  mark: [...threads.values()].some(({ can }) => can.mark),
})

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)

/** Adds a page of the snapshot. What is known already is replaced: the page is newer than what came before it. */
export function withPage(threads: Threads, page: Pick<ThreadPage, 'threads'>): Threads {
  const all = new Map(threads)
  for (const { first, ...thread } of page.threads)
    all.set(thread.id, { ...thread, list: [...first].sort(byId) })
  return all
}

/** Adds the next comments of a thread. */
export function withComments(threads: Threads, threadId: string, { comments, next }: CommentPage): Threads {
  const thread = threads.get(threadId)
  if (!thread) return threads
  const all = new Map(thread.list.map((comment) => [comment.id, comment]))
  for (const comment of comments) if (!isOvertaken(comment, all.get(comment.id))) all.set(comment.id, comment)
  const list = [...all.values()].sort(byId)
  return new Map(threads).set(threadId, { ...thread, list, next })
}

/**
 * Applies an event as it was sent. A comment is put in the place of itself, so an event that comes twice, or after
 * the answer to one's own post, changes nothing.
 * @param answered comments somebody is writing an answer to: gone, they stay as tombstones, and the text with them
 */
export function withChange(
  threads: Threads,
  change: Pick<ChangeFrame, 'commentId' | 'threadId' | 'thread' | 'comment'>,
  answered: ReadonlySet<string> = new Set(),
): Threads {
  const known = threads.get(change.threadId)
  const kept = known?.list ?? []
  // Comments past what is loaded come with their page, except one's own.
  const beyond = known?.next != null && !change.comment?.own && !kept.some(({ id }) => id >= change.commentId)
  const old = kept.find(({ id }) => id === change.commentId)
  const comment = change.comment ?? (old && answered.has(old.id) ? tombstone(old) : null)
  const list = comment && !beyond ? put(kept, comment) : kept.filter(({ id }) => id !== change.commentId)
  const head = change.thread ?? (known && { ...known, ...unseen })
  const all = new Map(threads)
  const isMine = known !== undefined && isOwn(known)
  if (!head || (list.length === 0 && !isMine && (!change.thread || !known))) all.delete(change.threadId)
  else
    all.set(change.threadId, {
      can: canIn(threads),
      mine: null,
      typo: false,
      next: null,
      ...known,
      ...head,
      list,
    })
  return all
}

/**
 * Takes over what is said of a thread as a whole. One that is not there yet is added for its reactions; its comments come with
 * events of their own. It goes when nothing is left of it: no comment, no reaction, nothing of one's own.
 * @param told a frame, or an answer; `mine` and `typo` where it says what is one's own now
 */
export function withHead(
  threads: Threads,
  told: { threadId: string; thread: ThreadHead | null; mine?: ThreadView['mine']; typo?: boolean },
): Threads {
  const known = threads.get(told.threadId)
  const head = told.thread ?? (known && { ...known, ...unseen })
  if (!head || (!known && head.comments > 0)) return threads
  const thread = { can: canIn(threads), mine: null, typo: false, list: [], next: null, ...known, ...head }
  if (told.mine !== undefined) thread.mine = told.mine
  if (told.typo !== undefined) thread.typo = told.typo
  const all = new Map(threads)
  if (thread.list.length > 0 || isOwn(thread) || isSeen(head)) all.set(told.threadId, thread)
  else all.delete(told.threadId)
  return all
}

/** Whether the viewer has reacted to it in any way. */
export const isOwn = ({ mine, typo }: Pick<Thread, 'mine' | 'typo'>) => mine !== null || typo

/** What others see of a thread of which they see nothing. */
const unseen = { comments: 0, lastAt: null, reactions: { agree: 0, helpful: 0, question: 0, source: 0 } }

/** Whether there is a comment in it: else others see its reactions only. */
export const isWritten = ({ comments, list }: Pick<Thread, 'comments' | 'list'>) =>
  comments > 0 || list.length > 0

/** How many have reacted, of all kinds that everybody sees. */
export const reactionsOf = ({ reactions }: Pick<ThreadHead, 'reactions'>) =>
  Object.values(reactions).reduce((sum, count) => sum + count, 0)

const isSeen = (head: ThreadHead) => head.comments > 0 || reactionsOf(head) > 0

/** Applies the answer to a post of one's own. */
export function withPosted(threads: Threads, { thread, comment }: Posted): Threads {
  return withChange(threads, { commentId: comment.id, threadId: thread.id, thread, comment })
}

function tombstone(comment: CommentView): CommentView {
  const can = { reply: false, edit: false, withdraw: false, restore: null, report: false }
  return {
    ...comment,
    state: 'withdrawn',
    author: null,
    body: null,
    language: null,
    revision: 0,
    own: null,
    can,
  }
}

/** An answer that was overtaken by a newer event does not put the clock back. */
const isOvertaken = (comment: CommentView, known: CommentView | undefined) =>
  known !== undefined && known.revision > comment.revision && comment.revision > 0

function put(list: CommentView[], comment: CommentView): CommentView[] {
  if (
    isOvertaken(
      comment,
      list.find(({ id }) => id === comment.id),
    )
  )
    return list
  return [...list.filter(({ id }) => id !== comment.id), comment].sort(byId)
}

/** The keys of one's own posts that are there: what was shown while they were on their way can go. */
export function postedKeys(threads: Threads): Set<string> {
  const keys = new Set<string>()
  for (const { list } of threads.values()) for (const { own } of list) if (own?.key) keys.add(own.key)
  return keys
}
