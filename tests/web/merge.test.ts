import { describe, expect, test } from 'vitest'
import { merge, successor, type Shown } from '../../web/console/merge.ts'
import { aCase, aPage } from './cases.ts'

const ids = (cases: readonly { id: string }[]) => cases.map(({ id }) => id)
const shown = (changes: Partial<Shown>): Shown => ({
  cases: [aCase(1), aCase(2), aCase(3)],
  inHand: 'case-2',
  returned: new Set(),
  settled: new Map(),
  end: null,
  ...changes,
})

const raidOf = (comments: number) => {
  const at = '2026-01-01T12:00:00.000Z'
  return { name: 7, comments, people: 2, articles: 1, from: at, to: at }
}

describe('a raid on screen', () => {
  const [lead, next] = [aCase(2, { raid: raidOf(3) }), aCase(5, { raid: raidOf(3) })]
  const before = shown({ cases: [aCase(1), lead, aCase(3)] })

  test('changes its numbers while it is in hand, and nothing else', () => {
    const merged = merge(before, aPage([aCase(1), aCase(2, { raid: raidOf(4), weights: [] }), aCase(3)]))
    expect(merged.cases[1]).toEqual({ ...lead, raid: raidOf(4) })
    expect(merged).toMatchObject({ meanwhile: 'same', arrived: [] })
    expect(merge(before, aPage([aCase(1), lead, aCase(3)])).cases[1]).toBe(lead)
  })

  test('that a case in hand has become, or is no longer, waits until it is asked for', () => {
    const single = shown({})
    const merged = merge(single, aPage([aCase(1), lead, aCase(3)]))
    expect(merged.cases[1]).toBe(single.cases[1])
    expect(merged.meanwhile).toBe(lead)
    expect(merge(before, aPage([aCase(1), aCase(2), aCase(3)])).meanwhile).toEqual(aCase(2))
  })

  test('that another case stands for now keeps its place; in hand, it stays what it was', () => {
    const inHand = merge(before, aPage([next, aCase(1), aCase(3)]))
    expect(ids(inHand.cases)).toEqual(['case-1', 'case-2', 'case-3'])
    expect(inHand).toMatchObject({ meanwhile: next, arrived: [] })
    const other = merge({ ...before, inHand: 'case-1' }, aPage([next, aCase(1), aCase(3)]))
    expect(ids(other.cases)).toEqual(['case-1', 'case-5', 'case-3'])
    expect(other.arrived).toEqual([])
  })

  test('is not mixed up with the part of it that is for others to decide', () => {
    const theirs = aCase(5, { raid: raidOf(3), can: { decide: false, ban: null, object: false } })
    const merged = merge({ ...before, inHand: 'case-1' }, aPage([aCase(1), aCase(3), theirs]))
    expect(ids(merged.cases)).toEqual(['case-1', 'case-3', 'case-5'])
  })
})

describe('a fresh page of the queue on what is on screen', () => {
  test('new cases come below, and what is there keeps its place, whatever the order of the page', () => {
    const reopened = aCase(0)
    const merged = merge(shown({}), aPage([reopened, aCase(3), aCase(2), aCase(1), aCase(4)]))
    expect(ids(merged.cases)).toEqual(['case-1', 'case-2', 'case-3', 'case-0', 'case-4'])
    expect(merged.arrived).toEqual(['case-0', 'case-4'])
    expect(merged.meanwhile).toBe('same')
  })

  test('cases that others decided go, the ones that changed are the new ones', () => {
    const merged = merge(shown({}), aPage([aCase(2), aCase(3, { version: 2 })]))
    expect(ids(merged.cases)).toEqual(['case-2', 'case-3'])
    expect(merged.cases[1]?.version).toBe(2)
  })

  test('the case in hand stays as it was, and it is told what became of it', () => {
    const before = shown({})
    const changed = merge(before, aPage([aCase(1), aCase(2, { version: 2 }), aCase(3)]))
    expect(changed.cases[1]).toBe(before.cases[1])
    expect(changed.meanwhile).toMatchObject({ id: 'case-2', version: 2 })

    const gone = merge(before, aPage([aCase(1), aCase(3)]))
    expect(gone.cases[1]).toBe(before.cases[1])
    expect(gone.meanwhile).toBe('gone')
  })

  test('a page read before a decision does not bring the decided case back; a reopened one comes', () => {
    const before = shown({ cases: [aCase(2)], settled: new Map([['case-1', 2]]) })
    expect(ids(merge(before, aPage([aCase(1), aCase(2)])).cases)).toEqual(['case-2'])
    const reopened = aPage([aCase(1, { version: 3 }), aCase(2)])
    expect(ids(merge(before, reopened).cases)).toEqual(['case-2', 'case-1'])
  })

  test('a case that came back with a message stays until it was looked at', () => {
    const merged = merge(shown({ returned: new Set(['case-3']) }), aPage([aCase(2)]))
    expect(ids(merged.cases)).toEqual(['case-2', 'case-3'])
  })

  test('a case beyond the end of a first page is not taken for gone', () => {
    const merged = merge(shown({}), aPage([aCase(1), aCase(2)], 3))
    expect(ids(merged.cases)).toEqual(['case-1', 'case-2', 'case-3'])
    const decided = merge(shown({}), aPage([aCase(2), aCase(3)], 3))
    expect(ids(decided.cases)).toEqual(['case-2', 'case-3'])
  })
})

test('the case after the one that leaves is the one that moves up, or the last', () => {
  expect(successor([aCase(1), aCase(2)], 1)).toBe('case-2')
  expect(successor([aCase(1), aCase(2)], 2)).toBe('case-2')
  expect(successor([], 0)).toBeNull()
})
