import { describe, expect, it } from 'vitest'
import type { CommentView, ThreadHead } from '../../core/contract/threads.ts'
import { asTree, type Branch } from '../../core/threads/tree.ts'
import {
  postedKeys,
  withChange,
  withComments,
  withHead,
  withPage,
  withPosted,
  type Threads,
} from '../../web/embed/threads.ts'

const head = (comments: number): ThreadHead => ({
  id: 't1',
  anchor: null,
  placement: null,
  comments,
  reactions: { agree: 0, helpful: 0, question: 0, source: 0 },
  mark: null,
  lastAt: null,
  createdAt: '2026-01-01T10:00:00Z',
})

function comment(id: string, given: Partial<CommentView> = {}): CommentView {
  return {
    id,
    threadId: 't1',
    parentId: null,
    state: 'live',
    author: { id: 'ada', name: 'Ada' },
    body: [{ type: 'paragraph', children: [{ type: 'text', text: id }] }],
    revision: 1,
    createdAt: '2026-01-01T10:00:00Z',
    editedAt: null,
    language: null,
    own: null,
    can: { reply: true, edit: false, withdraw: false, restore: null, report: true },
    ...given,
  }
}

const own = (key: string) => ({ source: 'mine', key, heldFor: [], reason: null, appeal: null })
/** A thread of which the first comments are loaded; `next` says that there are more. */
const loaded = (list: CommentView[], next: string | null = null): Threads =>
  withPage(new Map(), {
    threads: [
      {
        ...head(list.length),
        can: { reattach: false, mark: false },
        mine: null,
        typo: false,
        first: list,
        next,
      },
    ],
  })

const changed = (threads: Threads, commentId: string, view: CommentView | null, comments = 1) =>
  withChange(threads, {
    commentId,
    threadId: 't1',
    thread: comments > 0 ? head(comments) : null,
    comment: view,
  })

const idsOf = (threads: Threads) => threads.get('t1')?.list.map(({ id }) => id)

describe('the threads on screen', () => {
  it('show each comment once and in order, however often and in whatever order its events come', () => {
    const once = ['c3', 'c1', 'c2', 'c1', 'c3'].reduce(
      (threads, id) => changed(threads, id, comment(id), 3),
      loaded([]),
    )
    expect(idsOf(once)).toEqual(['c1', 'c2', 'c3'])
  })

  it('show the newer text when the answer to an edit is overtaken by its event', () => {
    const edited = changed(loaded([comment('c1')]), 'c1', comment('c1', { revision: 3 }))
    const late = changed(edited, 'c1', comment('c1', { revision: 2 }))
    expect(late.get('t1')?.list[0]?.revision).toBe(3)
  })

  it('let a comment go that may no longer be seen, and the thread with its last', () => {
    const two = loaded([comment('c1'), comment('c2')])
    const one = changed(two, 'c1', null)
    expect(idsOf(one)).toEqual(['c2'])
    expect(changed(one, 'c2', null, 0).has('t1')).toBe(false)
  })

  it("keep one's own held comment in a thread that nobody else can see", () => {
    const held = comment('c2', { state: 'held', own: own('k2') })
    const threads = changed(loaded([comment('c1'), held]), 'c1', null, 0)
    expect(idsOf(threads)).toEqual(['c2'])
  })

  it('make no empty thread of a comment that was never to be seen', () => {
    expect(changed(new Map(), 'c1', null).size).toBe(0)
  })

  it('leave comments beyond what is loaded to their page, and count them', () => {
    const partly = loaded([comment('c1'), comment('c2')], 'cursor')
    const more = changed(partly, 'c9', comment('c9'), 9)
    expect(idsOf(more)).toEqual(['c1', 'c2'])
    expect(more.get('t1')?.comments).toBe(9)
    const all = withComments(more, 't1', { comments: [comment('c3'), comment('c9')], next: null })
    expect(idsOf(all)).toEqual(['c1', 'c2', 'c3', 'c9'])
  })

  it("show one's own post at once, also beyond what is loaded", () => {
    const mine = comment('c9', { own: own('k9') })
    const partly = loaded([comment('c1')], 'cursor')
    const posted = withPosted(partly, { seq: 2, thread: head(2), comment: mine })
    expect(idsOf(posted)).toEqual(['c1', 'c9'])
    expect([...postedKeys(posted)]).toEqual(['k9'])
  })

  it('keep a comment that is being answered, as a tombstone, with its answers under it', () => {
    const before = loaded([comment('c1'), comment('c2', { parentId: 'c1' })])
    const change = { commentId: 'c1', threadId: 't1', thread: head(1), comment: null }
    const after = withChange(before, change, new Set(['c1']))
    expect(idsOf(after)).toEqual(['c1', 'c2'])
    expect(after.get('t1')?.list[0]).toMatchObject({ state: 'withdrawn', body: null, author: null })
  })

  it('do not change what was there before', () => {
    const before = loaded([comment('c1')])
    changed(before, 'c2', comment('c2'))
    expect(idsOf(before)).toEqual(['c1'])
  })
})

describe('a thread as a whole', () => {
  const reactions = { agree: 2, helpful: 0, question: 0, source: 0 }
  const reactedTo = { threadId: 't1', thread: { ...head(0), reactions } }
  const gone = { threadId: 't1', thread: null }

  it('is added for its reactions, and goes with the last of them', () => {
    const there = withHead(new Map(), reactedTo)
    expect(there.get('t1')).toMatchObject({ reactions, mine: null, list: [], next: null })
    expect(withHead(there, gone).size).toBe(0)
    expect(withHead(there, { threadId: 't1', thread: head(0), mine: null }).size).toBe(0)
  })

  it('is not added without its comments, which nothing would bring', () => {
    expect(withHead(new Map(), { ...reactedTo, thread: { ...head(1), reactions } }).size).toBe(0)
  })

  it('keeps its comments when others react, and its mark', () => {
    const marked = { ...reactedTo, thread: { ...head(1), reactions, mark: 'answered' as const } }
    const there = withHead(loaded([comment('c1')]), marked)
    expect(there.get('t1')).toMatchObject({ reactions, mark: 'answered', comments: 1 })
    expect(idsOf(there)).toEqual(['c1'])
  })

  it('keeps its reactions when its last comment goes', () => {
    const there = withHead(loaded([comment('c1')]), { ...reactedTo, thread: { ...head(1), reactions } })
    const after = withChange(there, { ...reactedTo, commentId: 'c1', comment: null })
    expect(after.get('t1')).toMatchObject({ reactions, comments: 0, list: [] })
  })

  it('stays for its reader while nobody else sees it, for a typo or a comment that waits', () => {
    const typo = withHead(new Map(), { threadId: 't1', thread: head(0), mine: null, typo: true })
    expect(withHead(typo, gone).get('t1')).toMatchObject({ typo: true, comments: 0 })
    const change = { commentId: 'c1', threadId: 't1', thread: null, comment: null }
    expect(withChange(typo, change).get('t1')).toMatchObject({ typo: true })
    expect(withHead(typo, { threadId: 't1', thread: head(0), mine: null }).size).toBe(1)
    expect(withHead(typo, { threadId: 't1', thread: head(0), mine: null, typo: false }).size).toBe(0)
    const held = loaded([comment('c2', { state: 'held', own: own('k2') })])
    expect(idsOf(withHead(held, gone))).toEqual(['c2'])
  })
})

describe('the tree of a thread', () => {
  const shape = (list: CommentView[]) => {
    const say = (branches: Branch<CommentView>[]): unknown[] =>
      branches.map(({ comment: { id }, replies }) => (replies.length > 0 ? [id, say(replies)] : id))
    return say(asTree(list))
  }

  it('puts answers under what they answer', () => {
    const list = [comment('c1'), comment('c2'), comment('c3', { parentId: 'c1' })]
    expect(shape(list)).toEqual([['c1', ['c3']], 'c2'])
  })

  it('lets an answer stand on its own when what it answers is not there', () => {
    expect(shape([comment('c3', { parentId: 'c1' })])).toEqual(['c3'])
  })
})
