import { describe, expect, it } from 'vitest'
import type { CommentView } from '../../core/contract/threads.ts'
import { nextOf, type Here } from '../../web/embed/later/next.ts'
import {
  allRead,
  countByBlock,
  merged,
  parse,
  stringify,
  unreadOf,
  withRead,
  type Kept,
} from '../../web/embed/later/unread.ts'
import type { Thread } from '../../web/embed/threads.ts'

const comment = (id: string, changes: Partial<CommentView> = {}): CommentView => ({
  id,
  threadId: 't',
  parentId: null,
  state: 'live',
  author: { id: 'ada', name: 'Ada' },
  body: [],
  revision: 1,
  createdAt: '2026-01-01T10:00:00Z',
  language: null,
  editedAt: null,
  own: null,
  can: { reply: true, edit: false, withdraw: false, restore: null, report: true },
  ...changes,
})
const thread = (...list: CommentView[]): Thread => ({
  id: 't',
  anchor: null,
  placement: null,
  comments: list.length,
  createdAt: '2026-01-01T10:00:00Z',
  reactions: { agree: 0, helpful: 0, question: 0, source: 0 },
  mark: null,
  lastAt: null,
  mine: null,
  typo: false,
  can: { reattach: false, mark: false },
  next: null,
  list,
})
const kept = (at: string, ...read: string[]): Kept => ({ at, read: new Set(read) })
const none = new Set<string>()
const unread = (threads: Thread[], before: Kept, came = none, hidden = none) => [
  ...unreadOf(threads, before, came, hidden),
]

describe('what is unread', () => {
  const threads = [thread(comment('c1'), comment('c3')), thread(comment('c2'), comment('c4'))]

  it('is nothing on the first visit, and what came since on the next', () => {
    const first = allRead(threads, true, 0)
    expect(first).toEqual(kept('c4'))
    expect(unread(threads, first)).toEqual([])
    expect(unread([...threads, thread(comment('c5'))], first)).toEqual(['c5'])
    expect(unread(threads, allRead([], true, 0))).toEqual(['c1', 'c3', 'c2', 'c4'])
  })

  it('is not what was written before but not loaded on the first visit', () => {
    const now = Date.UTC(2026, 0, 1)
    const at = (time: number) => {
      const hex = time.toString(16).padStart(12, '0')
      return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
    }
    const first = allRead([thread(comment(at(now - 60_000)))], false, now)
    expect(unread([thread(comment(at(now - 1)), comment(at(now + 1)))], first)).toEqual([at(now + 1)])
  })

  it('is no longer what was shown', () => {
    expect(unread(threads, withRead(kept('c1'), ['c3']))).toEqual(['c2', 'c4'])
  })

  it('is nothing of one’s own, by somebody hidden, or gone', () => {
    const own = { source: '', key: null, heldFor: [], reason: null, appeal: null }
    const others = thread(
      comment('c1', { own }),
      comment('c2', { author: { id: 'bela', name: 'Bela' } }),
      comment('c3', { state: 'withdrawn', author: null, body: null }),
      comment('c4'),
    )
    expect(unread([others], kept(''), none, new Set(['bela']))).toEqual(['c4'])
  })

  it('is counted by the passage it is beside', () => {
    const four = [
      thread(comment('c1'), comment('c2')),
      thread(comment('c3')),
      thread(comment('c4')),
      thread(),
    ]
    const blocks = new Map(four.map((one, at) => [one, at < 2 ? 7 : -1]))
    const counts = countByBlock(four, new Set(['c1', 'c2', 'c3']), (one) => blocks.get(one) ?? 0)
    expect([...counts]).toEqual([[7, 3]])
  })

  it('is what came while one looked, also when a moderator had it since before', () => {
    expect(unread(threads, kept('c4'), new Set(['c2']))).toEqual(['c2'])
  })
})

describe('what is kept of it', () => {
  it('is read again as it was written', () => {
    expect(parse(stringify(kept('c1', 'c3', 'c2'), 3))).toEqual(kept('c1', 'c2', 'c3'))
  })

  it.each([
    null,
    '',
    '{',
    '[]',
    'null',
    '"c1"',
    '{"at":1,"read":[]}',
    '{"at":"c1","read":{}}',
    '{"at":"c1"}',
  ])('is nothing where it is not ours: %s', (text) => expect(parse(text)).toBeNull())

  it('is, of what is partly ours, that part', () => {
    expect(parse('{"at":"c1","read":["c2",3,null]}')).toEqual(kept('c1', 'c2'))
  })

  it('joins what was read in two tabs', () => {
    expect(merged(kept('c1', 'c2', 'c5'), kept('c3', 'c4'))).toEqual(kept('c3', 'c4', 'c5'))
    expect(merged(kept('c1', 'c2'), null)).toEqual(kept('c1', 'c2'))
  })

  it('is bounded: the oldest give way, and count as read with all before them', () => {
    const ids = Array.from({ length: 700 }, (_, at) => `c${String(at).padStart(3, '0')}`)
    const { at, read } = withRead(kept(''), ids.toReversed())
    expect(read.size).toBe(500)
    expect(at).toBe('c199')
    expect(read.has('c199')).toBe(false)
    expect(unread([thread(comment('c100'), comment('c200'), comment('c800'))], { at, read })).toEqual([
      'c800',
    ])
  })
})

describe('the next unread comment', () => {
  const order: Here[] = [
    { thread: 't', id: 'a', block: 1 },
    { thread: 't', id: 'b', block: 1 },
    { thread: 't', id: 'c', block: 4 },
    { thread: 't', id: 'd', block: -1 },
  ]
  const all = new Set(['a', 'b', 'c', 'd'])
  const next = (id: string, block: number, some = all) => nextOf(order, some, { id, block }, 1)?.id
  const previous = (id: string, block: number, some = all) => nextOf(order, some, { id, block }, -1)?.id

  it('comes after the one where one is, across passages, and the whole article last', () => {
    expect(next('a', 1)).toBe('b')
    expect(next('b', 1)).toBe('c')
    expect(next('c', 4)).toBe('d')
    expect(previous('d', -1)).toBe('c')
    expect(previous('b', 1)).toBe('a')
  })

  it('is the first from the passage on where one is at none', () => {
    expect(next('', 1)).toBe('a')
    expect(next('', 2)).toBe('c')
    expect(next('', -1)).toBe('d')
    expect(previous('', 2)).toBe('b')
    expect(previous('', -1)).toBe('c')
  })

  it('goes round', () => {
    expect(next('d', -1)).toBe('a')
    expect(previous('a', 1)).toBe('d')
    expect(next('c', 4, new Set(['a', 'c']))).toBe('a')
    expect(previous('', 0)).toBe('d')
  })

  it('is none where all is read', () => {
    expect(next('a', 1, none)).toBeUndefined()
    expect(previous('a', 1, none)).toBeUndefined()
  })
})
