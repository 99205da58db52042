import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { anchor, prepare } from '../../bench/anchoring/adapter.ts'
import { overlap, readCorpus, type Place } from '../../bench/anchoring/corpus.ts'

const corpora = fileURLToPath(new URL('../../../shared/corpus/anchoring/', import.meta.url))

/** Percentages: of the passages that are still there, of those that are gone, and of all. */
interface Figures {
  exact: number
  iou50: number
  wrong: number
  orphaned: number
  score: number
}

function figuresOf(file: string, hasRevisions: boolean): Figures {
  const { pairs, cases } = readCorpus(corpora + file)
  const count = { there: 0, exact: 0, iou50: 0, wrong: 0, gone: 0, orphaned: 0 }
  const ready = new Map<string, ReturnType<typeof prepare>>()
  for (const { pair: id, selector, accept, spot } of cases) {
    const pair = pairs.get(id)
    if (!pair) throw new Error(`the corpus has no pair ${id}`)
    const context = hasRevisions ? { oldParagraphs: pair.old } : {}
    const prepared = ready.get(id) ?? prepare(pair.new, context)
    ready.set(id, prepared)
    const found = anchor(pair.new, selector, { ...context, prepared })
    const best = (places: Place[]) =>
      found ? Math.max(0, ...places.map((place) => overlap(pair.new, found, place))) : 0
    if (accept.length > 0) {
      const share = best(accept)
      count.there += 1
      if (share === 1) count.exact += 1
      if (share >= 0.5) count.iou50 += 1
      if (found && share < 0.1) count.wrong += 1
    } else {
      count.gone += 1
      if (!found || best(spot ? [spot] : []) >= 0.3) count.orphaned += 1
    }
  }
  const { there, gone } = count
  const misplaced = count.wrong + gone - count.orphaned
  return {
    exact: (100 * count.exact) / there,
    iou50: (100 * count.iou50) / there,
    wrong: (100 * count.wrong) / there,
    orphaned: gone === 0 ? 100 : (100 * count.orphaned) / gone,
    score: (100 * (count.iou50 + count.orphaned - misplaced)) / (there + gone),
  }
}

test.for([
  { file: 'real', by: 'selectors', exact: 91, iou50: 96.5, wrong: 0.5, orphaned: 90, score: 93 },
  { file: 'real', by: 'revisions', exact: 95, iou50: 98.5, wrong: 0.3, orphaned: 94, score: 96.5 },
  { file: 'mess', by: 'selectors', exact: 98, iou50: 99.5, wrong: 0.2, orphaned: 0, score: 0 },
  { file: 'mess', by: 'revisions', exact: 98, iou50: 99.5, wrong: 0.2, orphaned: 0, score: 0 },
])('passages of the $file corpus keep their places, by $by', ({ file, by, ...floor }, context) => {
  if (!existsSync(corpora))
    context.skip('the corpora are not beside the checkout, at ../shared/corpus/anchoring')
  const figures = figuresOf(`${file}.jsonl.gz`, by === 'revisions')
  expect(figures.exact).toBeGreaterThanOrEqual(floor.exact)
  expect(figures.iou50).toBeGreaterThanOrEqual(floor.iou50)
  expect(figures.wrong).toBeLessThanOrEqual(floor.wrong)
  expect(figures.orphaned).toBeGreaterThanOrEqual(floor.orphaned)
  expect(figures.score).toBeGreaterThanOrEqual(floor.score)
})
