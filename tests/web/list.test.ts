import { describe, expect, it } from 'vitest'
import { lastOf, sorted, steady, type Listed } from '../../web/embed/later/list.ts'
import { flowsBelow } from '../../web/embed/later/under.ts'
import { wholeArticle } from '../../web/embed/marks.ts'
import type { Thread } from '../../web/embed/threads.ts'

const comment = (createdAt: string): Thread['list'][number] => ({
  id: createdAt,
  threadId: '',
  parentId: null,
  state: 'live',
  author: null,
  body: [],
  revision: 1,
  createdAt,
  editedAt: null,
  language: null,
  own: null,
  can: { reply: false, edit: false, withdraw: false, restore: null, report: false },
})
const listed = (id: string, block: number, start: number, ...times: string[]): Listed => ({
  block,
  start,
  thread: {
    id,
    anchor: null,
    placement: null,
    comments: times.length,
    createdAt: times[0] ?? '',
    reactions: { agree: 0, helpful: 0, question: 0, source: 0 },
    mark: null,
    lastAt: times.at(-1) ?? null,
    mine: null,
    typo: false,
    can: { reattach: false, mark: false },
    list: times.map(comment),
    next: null,
  },
})
const ids = (all: Listed[]) => all.map(({ thread }) => thread.id)

describe('the list of all threads', () => {
  const all = [
    listed('late in the text', 3, 0, '2026-01-01', '2026-01-05'),
    listed('second in its block', 1, 40, '2026-01-04'),
    listed('first in its block', 1, 0, '2026-01-02', '2026-01-02', '2026-01-03'),
    listed('whole article', wholeArticle, 0, '2026-01-01'),
  ]

  it('follows the text, with what is on the whole article first', () => {
    expect(ids(sorted(all, 'passage'))).toEqual([
      'whole article',
      'first in its block',
      'second in its block',
      'late in the text',
    ])
  })

  it('is sorted by what was said last, and by how much was said', () => {
    expect(ids(sorted(all, 'newest'))).toEqual([
      'late in the text',
      'second in its block',
      'first in its block',
      'whole article',
    ])
    expect(ids(sorted(all, 'discussed')).slice(0, 2)).toEqual(['first in its block', 'late in the text'])
  })

  it('knows when something was last said in a thread, also where that is not read yet', () => {
    const { thread } = listed('long', 0, 0, '2026-01-01', '2026-01-02')
    expect(lastOf({ ...thread, lastAt: '2026-03-03', next: 'more' })).toBe('2026-03-03')
  })

  it('counts an own comment that waits, and nobody else’s that is no longer there', () => {
    const { thread } = listed('held', 0, 0, '2026-01-01')
    const own = { source: '', key: null, heldFor: [], reason: null, appeal: null }
    const waiting = { ...comment('2026-02-02'), state: 'held' as const, own }
    const gone = { ...comment('2026-02-03'), state: 'withdrawn' as const }
    expect(lastOf({ ...thread, list: [...thread.list, waiting, gone] })).toBe('2026-02-02')
    expect(lastOf({ ...thread, list: [], lastAt: null, createdAt: '2026-01-31' })).toBe('2026-01-31')
  })
})

describe('what changes while the list is read', () => {
  it('does not change places', () => {
    expect(steady(['a', 'b', 'c'], ['c', 'a', 'b'])).toEqual(['a', 'b', 'c'])
  })

  it('comes after what would stand before it', () => {
    expect(steady(['a', 'b', 'c'], ['x', 'c', 'y', 'z', 'a', 'b'])).toEqual(['x', 'a', 'b', 'c', 'y', 'z'])
  })

  it('goes without a trace', () => {
    expect(steady(['a', 'b', 'c'], ['a', 'c', 'x'])).toEqual(['a', 'c', 'x'])
    expect(steady([], ['b', 'a'])).toEqual(['b', 'a'])
  })
})

describe('below an article', () => {
  const block = {
    display: 'block',
    float: 'none',
    position: 'static',
    flexDirection: 'row',
    gridTemplateColumns: 'none',
  }
  it.each([
    ['a page’s', block, block, true],
    ['a positioned one', { ...block, position: 'relative' }, block, true],
    ['one in a column', block, { ...block, display: 'flex', flexDirection: 'column' }, true],
    ['one in a grid of one column', block, { ...block, display: 'grid', gridTemplateColumns: '600px' }, true],
    ['one in a row', block, { ...block, display: 'flex' }, false],
    ['one in a grid', block, { ...block, display: 'grid', gridTemplateColumns: '600px 200px' }, false],
    ['one that floats', { ...block, float: 'left' }, block, false],
    ['one taken out of the page', { ...block, position: 'absolute' }, block, false],
    ['one in a line', { ...block, display: 'inline-block' }, block, false],
    ['a table’s cell', { ...block, display: 'table-cell' }, { ...block, display: 'table-row' }, false],
  ])('%s: is there room in the flow? %#', (_, article, parent, fits) => {
    expect(flowsBelow(article, parent)).toBe(fits)
  })
})
