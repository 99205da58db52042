import { expect, test } from 'vitest'
import { rowsIn, scrollTo } from '../../web/console/rows.ts'

const view = (top: number) => ({ top, height: 800 })

test('ten thousand rows cost as many as are in sight, some around, and the one in hand', () => {
  for (const top of [0, 400_000, 799_200]) {
    const { shown, height } = rowsIn(10_000, 80, view(top), 5000)
    expect(height).toBe(800_000)
    expect(shown.length).toBeLessThanOrEqual(23)
    expect(shown).toContain(5000)
    expect(shown).toContain(top / 80)
    expect(shown).toEqual(shown.toSorted((a, b) => a - b))
    expect(new Set(shown).size).toBe(shown.length)
  }
})

test('a short list is there whole; an empty one, or one scrolled past its end, has no rows that are not', () => {
  expect(rowsIn(3, 80, view(0), 1).shown).toEqual([0, 1, 2])
  expect(rowsIn(0, 80, view(0), -1).shown).toEqual([])
  expect(rowsIn(3, 80, view(100_000), 1).shown).toEqual([1])
})

test('a row comes into sight by the shortest way, and one in sight stays where it is', () => {
  expect(scrollTo(5, 80, view(0))).toBe(0)
  expect(scrollTo(10, 80, view(0))).toBe(80)
  expect(scrollTo(2, 80, view(400))).toBe(160)
})
