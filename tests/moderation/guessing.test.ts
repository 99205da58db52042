import { expect, test } from 'vitest'
import type { Guess } from '../../server/database/schema.ts'
import { featuresOf } from '../../server/moderation/learning/features.ts'
import { judge } from '../../server/moderation/learning/judge.ts'
import { aucOf, heldAt } from '../../server/moderation/learning/measure.ts'
import { learn, newModel, weightsOf } from '../../server/moderation/learning/model.ts'
import { dice } from '../setup/dice.ts'
import { remarks } from './decisions.ts'

const lessons = remarks(1000)
const unsure = { similar: { approved: 0, rejected: 0 }, words: [], holds: false }

test('after 500 decisions, what is rejected is told from the next 500, each guessed before it is learnt', () => {
  const model = newModel()
  const guesses = lessons.map(({ text, fell }): Guess => [
    learn(model, featuresOf(text, []), fell),
    fell ? 1 : 0,
  ])
  expect(guesses).toHaveLength(1000)
  expect(aucOf(guesses.slice(500))).toBeGreaterThanOrEqual(0.97)
  expect(model).toMatchObject({
    stands: lessons.filter(({ fell }) => !fell).length,
    falls: lessons.filter(({ fell }) => fell).length,
  })
})

test('decided by lot, nothing is told from nothing: a guess knows no decision before it is made', () => {
  const model = newModel()
  const roll = dice(11)
  const guesses = lessons.map(({ text }): Guess => {
    const fell = roll(10) < 3
    return [learn(model, featuresOf(text, []), fell), fell ? 1 : 0]
  })
  expect(aucOf(guesses)).toBeGreaterThan(0.4)
  expect(aucOf(guesses)).toBeLessThan(0.6)
})

test('the same decisions in the same order make the same model', () => {
  const [one, other] = [newModel(), newModel()]
  for (const { text, fell } of lessons.slice(0, 50)) {
    learn(one, featuresOf(text, []), fell)
    learn(other, featuresOf(text, []), fell)
  }
  expect(one).toEqual(other)
})

test('a comment is compared with those that were guessed about as likely', () => {
  const recent: Guess[] = [
    [0.44, 1],
    [0.46, 1],
    [0.5, 0],
    [0.54, 1],
    [0.56, 0],
  ]
  const known = {
    weights: weightsOf(newModel()),
    stands: 50,
    falls: 50,
    words: new Map(),
    recent,
    holdAt: null,
  }
  expect(judge(known, 'Anything.', [])).toMatchObject({
    probability: 0.5,
    similar: { approved: 1, rejected: 2 },
  })
})

test('a model that knows nothing guesses by how often comments fall, and holds nothing by itself', () => {
  const known = {
    weights: weightsOf(newModel()),
    stands: 89,
    falls: 9,
    words: new Map(),
    recent: [],
    holdAt: 0.5,
  }
  expect(judge(known, 'Anything at all.', [])).toEqual({ ...unsure, probability: 0.1 })
  expect(judge(known, '', [])).toEqual({ ...unsure, probability: 0.1 })
})

test('disguise changes no features', () => {
  const { slots } = featuresOf('cheap casino', ['word_list'])
  expect(featuresOf('ＣＨＥＡＰ  ｃａｓｉｎｏ!', ['word_list']).slots).toEqual(slots)
  expect(featuresOf('cheap casino', []).slots).not.toEqual(slots)
})

test.each(['', '!!!', '😀', '漢字を読む', 'ﷺ'.repeat(10_000), 'a '.repeat(5000), 'x'.repeat(10_000)])(
  'whatever is written has features within bounds: %.12s',
  (text) => {
    const { slots, words } = featuresOf(text, [])
    expect(words.every(({ from, to }) => from < to && to <= slots.length)).toBe(true)
  },
)

test('figures: equal guesses count half, and one kind alone says nothing', () => {
  expect(
    aucOf([
      [0.9, 1],
      [0.1, 0],
    ]),
  ).toBe(1)
  expect(
    aucOf([
      [0.1, 1],
      [0.9, 0],
    ]),
  ).toBe(0)
  expect(
    aucOf([
      [0.5, 1],
      [0.5, 0],
      [0.5, 0],
    ]),
  ).toBe(0.5)
  expect(
    aucOf([
      [0.9, 1],
      [0.5, 1],
      [0.5, 0],
      [0.2, 0],
    ]),
  ).toBe(0.875)
  expect(aucOf([[0.9, 1]])).toBeNull()
  expect(
    heldAt(
      [
        [0.9, 1],
        [0.8, 0],
        [0.2, 1],
      ],
      0.8,
    ),
  ).toEqual({ held: 2, rejected: 1 })
})
