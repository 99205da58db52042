import { expect, test } from 'vitest'
import type { PassageNumbers } from '../../core/contract/numbers.ts'
import { heatOf } from '../../web/console/heat.ts'

const passage = (place: PassageNumbers['place'], block: number | null, comments: number): PassageNumbers => ({
  place,
  block,
  comments,
  quote: '',
  thread: '',
  threads: 1,
  readers: 1,
  followers: 0,
  medianMinutes: null,
})
const text = ['One.', 'Two.', 'Three.'].map((words) => ({ kind: 'paragraph', level: null, text: words }))

test('each block has its share of the most that a block has; what is gone, or about all, is on none', () => {
  const passages = [
    passage('article', null, 90),
    passage('lost', 1, 60),
    passage('block', 2, 30),
    passage('block', 0, 10),
    // It was only read.
    passage('block', 1, 0),
    // Of a text that is longer than this one.
    passage('block', 7, 1),
  ]
  expect(heatOf({ text, passages }).map(({ passage, share }) => [passage?.comments, share])).toEqual([
    [10, 0.33],
    [undefined, 0],
    [30, 1],
  ])
})

test('without comments there is no line to speak of', () => {
  expect(heatOf({ text, passages: [] }).every(({ share }) => share === 0)).toBe(true)
})
