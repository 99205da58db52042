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
