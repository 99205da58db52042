import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { paced } from '../../web/console/watch.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('what is asked for often is done at once, then once in each pause, and the last word is never lost', () => {
  const work = vi.fn()
  const ask = paced(work, 1_000)
  ask()
  expect(work).toHaveBeenCalledTimes(1)
  for (let nth = 0; nth < 50; nth += 1) ask()
  expect(work).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1_000)
  expect(work).toHaveBeenCalledTimes(2)
  ask()
  vi.advanceTimersByTime(1_000)
  expect(work).toHaveBeenCalledTimes(3)
  vi.advanceTimersByTime(10_000)
  expect(work, 'nothing was asked for').toHaveBeenCalledTimes(3)
  ask()
  expect(work).toHaveBeenCalledTimes(4)
})
