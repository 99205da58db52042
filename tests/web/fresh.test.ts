import { describe, expect, it } from 'vitest'
import type { CommentView } from '../../core/contract/threads.ts'
import { heldBack, inOrder, without, type Seen } from '../../web/embed/fresh.ts'
import type { Thread } from '../../web/embed/threads.ts'

/** `c2` stands on its own; `c3<c1` answers c1; `c4!` is the reader's own. */
function comment(written: string): CommentView {
  const [id = '', parentId = null] = written.replace('!', '').split('<')
  return {
    id,
    threadId: '',
    parentId,
    state: 'live',
    author: { id: 'ada', name: 'Ada' },
    body: [],
    revision: 1,
    createdAt: '2026-01-01T10:00:00Z',
    editedAt: null,
    language: null,
    own: written.endsWith('!') ? { source: '', key: null, heldFor: [], reason: null, appeal: null } : null,
    can: { reply: true, edit: false, withdraw: false, restore: null, report: true },
  }
}

const thread = (id: string, ...comments: string[]): Thread => ({
  id,
  anchor: null,
  placement: null,
  comments: comments.length,
  reactions: { agree: 0, helpful: 0, question: 0, source: 0 },
  mark: null,
  lastAt: null,
  createdAt: '2026-01-01T10:00:00Z',
  can: { reattach: false, mark: false },
  mine: null,
  typo: false,
  next: null,
  list: comments.map(comment),
})

/** A reader of a long thread who sees it down to and with this comment. */
const reading = (...below: string[]): Seen => ({
  fits: false,
  isTyping: false,
  isBelow: (id) => below.includes(id),
})
const typing = (...below: string[]): Seen => ({ ...reading(...below), isTyping: true })
const all: Seen = { fits: true, isTyping: false, isBelow: () => false }

const known = (...ids: string[]) => new Set(ids)
const held = (before: Set<string>, open: Thread[], seen: Seen, waiting = new Set<string>()) => [
  ...heldBack(before, waiting, open, seen),
]

describe('what comes while somebody reads', () => {
  const before = known('c1', 'c2', 'c3')

  it('shows at once where all of it is on screen', () => {
    expect(held(before, [thread('t', 'c1', 'c2', 'c3', 'c4<c1')], all)).toEqual([])
  })

  it('waits where it would come above or among what is on screen', () => {
    const open = [thread('t', 'c1', 'c2', 'c3', 'c4<c1', 'c5<c2')]
    expect(held(before, open, reading())).toEqual(['c4', 'c5'])
    expect(held(before, open, reading('c3'))).toEqual(['c4'])
  })

  it('shows at once below all that is read, at the end of everything and further down', () => {
    expect(held(before, [thread('t', 'c1', 'c2', 'c3', 'c4')], reading())).toEqual([])
    expect(held(before, [thread('t', 'c1', 'c2', 'c3', 'c4<c1')], reading('c2', 'c3'))).toEqual([])
    expect(held(before, [thread('t', 'c1', 'c2', 'c3'), thread('u', 'c4')], reading())).toEqual([])
  })

  it('a new end of one thread is the middle where another thread follows', () => {
    const open = [thread('t', 'c1', 'c2', 'c4'), thread('u', 'c3')]
    expect(held(before, open, reading())).toEqual(['c4'])
    expect(held(before, open, reading('c3'))).toEqual([])
  })

  it('waits while somebody types, but for what comes below all that is seen', () => {
    const open = [thread('t', 'c1', 'c2', 'c3', 'c4')]
    expect(held(before, open, { ...all, isTyping: true })).toEqual(['c4'])
    expect(held(before, open, typing())).toEqual(['c4'])
    expect(held(before, open, typing('c3'))).toEqual([])
    expect(held(known(), [thread('t', 'c1')], typing())).toEqual(['c1'])
  })

  it('an answer waits with what it answers, wherever it would stand', () => {
    const open = [thread('t', 'c1', 'c2', 'c3', 'c4<c1', 'c5<c4')]
    expect(held(known('c1', 'c2', 'c3', 'c4'), open, all, known('c4'))).toEqual(['c4', 'c5'])
  })

  it('shows at once in a branch that is folded: it is counted there, and moves nothing', () => {
    const open = [thread('t', 'c1', 'c2', 'c3', 'c4<c1', 'c5<c4', 'c6')]
    const drawn = (...ids: string[]) => [
      ...heldBack(before, known(), open, reading(), (id) => ids.includes(id)),
    ]
    expect(drawn('c1', 'c2', 'c3', 'c6')).toEqual([])
    expect(drawn('c1', 'c2', 'c3', 'c4', 'c6')).toEqual(['c4', 'c5'])
    // What stands next is what is drawn next.
    expect(drawn('c1', 'c4')).toEqual([])
  })

  it('one’s own shows at once, with what it answers', () => {
    expect(held(before, [thread('t', 'c1', 'c2', 'c3', 'c4<c1!')], reading())).toEqual([])
    const open = [thread('t', 'c1', 'c2', 'c3', 'c4<c1', 'c5<c4', 'c6<c5!')]
    expect(held(known('c1', 'c2', 'c3', 'c4', 'c5'), open, reading(), known('c4', 'c5'))).toEqual([])
  })

  it('asks about each neighbour, and not about all comments, when thousands come', () => {
    const ids = Array.from({ length: 2000 }, (_, at) => `c${String(at).padStart(4, '0')}`)
    const asked: string[] = []
    const isBelow = (id: string) => asked.push(id) < 0
    const open = [thread('t', ...ids)]
    expect(heldBack(known('c1999'), known(), open, { ...all, fits: false, isBelow }).size).toBe(1999)
    expect(new Set(asked)).toEqual(new Set(['c1999']))
  })

  it('what waits goes on waiting until it is asked for or withdrawn, and is counted once', () => {
    const before = known('c1', 'c2', 'c3', 'c4')
    const open = [thread('t', 'c1', 'c2', 'c3', 'c4<c1')]
    expect(held(before, open, all, known('c4'))).toEqual(['c4'])
    expect(held(before, [thread('t', 'c1', 'c2', 'c3')], reading(), known('c4'))).toEqual([])
  })

  it('edits and withdrawals of what is on screen wait for nothing', () => {
    const edited = thread('t', 'c1', 'c2', 'c3')
    const [first, ...others] = edited.list
    const open = [{ ...edited, list: first ? [{ ...first, revision: 2 }, ...others] : [] }]
    expect(held(before, open, reading())).toEqual([])
    expect(held(before, [thread('t', 'c1', 'c3')], reading())).toEqual([])
    expect(without(open, new Set())).toBe(open)
  })
})

describe('the threads on screen', () => {
  it('are without what waits, and without a thread of which all waits', () => {
    const shown = without([thread('t', 'c1', 'c2'), thread('u', 'c3')], known('c2', 'c3'))
    expect(shown.map(({ id, list }) => [id, list.map((one) => one.id)])).toEqual([['t', ['c1']]])
  })

  it('stand in the order in which they are read', () => {
    const order = inOrder([thread('t', 'c1', 'c2', 'c3<c1', 'c5<c3'), thread('u', 'c4')])
    expect(order.map(({ id }) => id)).toEqual(['c1', 'c3', 'c5', 'c2', 'c4'])
  })
})
