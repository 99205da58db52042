// Refits the weights of core/anchoring/judge.ts from the corpus of real edits:
//   node bench/anchoring/calibrate.ts real.jsonl.gz
// Each case is one place that we would give, right or wrong. Prints what thresholds do on articles that were not fitted
// on, then the weights fitted on all.
import { align, passageAt, prepare } from '../../core/anchoring/index.ts'
import { weighCarried } from '../../core/anchoring/carry.ts'
import { byRevisions, bySelectors, type Candidate } from '../../core/anchoring/judge.ts'
import { passageOf, weigh } from '../../core/anchoring/locate.ts'
import { queryOf, type Query } from '../../core/anchoring/query.ts'
import { overlap, readCorpus, type Place } from './corpus.ts'

/** One place: its features, and whether it is right. */
interface Example {
  pair: string
  features: number[]
  isRight: boolean
  /** Whether the passage is still there at all. */
  isThere: boolean
}

const names = [
  'bias',
  'quote',
  'bothSides',
  'oneSide',
  'telling',
  'muchTelling',
  'short',
  'lead',
  'density',
] as const
const thresholds = [0.5, 0.6, 0.65, 0.7, 0.74, 0.75, 0.8, 0.85, 0.9]
const penalty = 0.5

/** As `confidenceOf` has them. */
function featuresOf(
  { quote, before, after, telling, excess }: Candidate,
  length: number,
  lead: number,
): number[] {
  const log = Math.log1p(telling)
  return [
    1,
    Math.min(quote, 0.5),
    Math.min(before, after),
    Math.max(before, after),
    quote * log,
    quote * Math.min(1, telling / 100),
    log,
    lead,
    length / (length + excess),
  ]
}

/** What we would answer to each case, by selectors and by revisions. */
function examplesOf(file: string): { selectors: Example[]; revisions: Example[] } {
  const { pairs, cases } = readCorpus(file)
  const casesOf = Map.groupBy(cases, ({ pair }) => pair)
  const examples = { selectors: [] as Example[], revisions: [] as Example[] }
  for (const pair of pairs.values()) {
    const page = prepare(pair.new)
    const alignment = align(prepare(pair.old), page)
    for (const { selector, accept, spot } of casesOf.get(pair.id) ?? []) {
      const add = (to: Example[], candidate: Candidate, query: Query, lead: number) => {
        const { block, start, endBlock, end } = passageOf(page, query, candidate)
        const given: Place = { paragraph: block, start, end, endParagraph: endBlock }
        const share = Math.max(0, ...accept.map((place) => overlap(pair.new, given, place)))
        const isThere = accept.length > 0
        if (share > 0.1 && share < 0.5) return
        const isRight = isThere ? share >= 0.5 : !!spot && overlap(pair.new, given, spot) >= 0.3
        to.push({
          pair: pair.id,
          features: featuresOf(candidate, query.to - query.from, lead),
          isRight,
          isThere,
        })
      }
      const position = { start: selector.textStart, end: selector.textEnd }
      const query = queryOf(page.words.vocabulary, { quote: selector, position })
      const weighed = query && weigh(page, query)
      if (weighed) add(examples.selectors, weighed.candidate, query, weighed.lead)
      const carried = weighCarried(alignment, passageAt(alignment.before, position.start, position.end))
      if (carried) add(examples.revisions, carried.candidate, carried.query, 0)
    }
  }
  return examples
}

const likelihood = (weights: number[], features: number[]) =>
  1 / (1 + Math.exp(-features.reduce((sum, feature, at) => sum + feature * (weights[at] ?? 0), 0)))

/** Logistic regression by Newton's method, with large weights (all but the bias) made dear. */
function fit(examples: Example[]): number[] {
  let weights: number[] = names.map(() => 0)
  for (let step = 0; step < 25; step += 1) {
    const rows = names.map((_, row) => {
      const own = row === 0 ? 1e-9 : penalty
      return [...names.map((_, column) => (row === column ? own : 0)), -own * (weights[row] ?? 0)]
    })
    for (const { features, isRight } of examples) {
      const likely = likelihood(weights, features)
      for (const [row, cells] of rows.entries()) {
        const feature = features[row] ?? 0
        const curve = feature * likely * (1 - likely)
        for (const [column, other] of features.entries()) cells[column] = (cells[column] ?? 0) + curve * other
        cells[names.length] = (cells[names.length] ?? 0) + feature * (Number(isRight) - likely)
      }
    }
    const change = solve(rows)
    weights = weights.map((weight, at) => weight + (change[at] ?? 0))
  }
  return weights
}

/** Gauss-Jordan elimination. The matrix is positive definite: no rows need to be exchanged. */
function solve(rows: number[][]): number[] {
  for (const [at, pivot] of rows.entries()) {
    const lead = pivot[at] ?? 1
    for (const [column, cell] of pivot.entries()) pivot[column] = cell / lead
    for (const [other, row] of rows.entries()) {
      const factor = row[at] ?? 0
      if (other !== at)
        for (const [column, cell] of pivot.entries()) row[column] = (row[column] ?? 0) - factor * cell
    }
  }
  return rows.map((row) => row.at(-1) ?? 0)
}

function lossOf(judged: { likely: number; isRight: boolean }[]): string {
  const loss = judged.reduce((sum, { likely, isRight }) => sum - Math.log(isRight ? likely : 1 - likely), 0)
  return (loss / judged.length).toFixed(4)
}

/** What fitting on one half of the articles does on the other. */
function crossValidate(examples: Example[]): void {
  const pairs = [...new Set(examples.map(({ pair }) => pair))]
  const half = new Map(pairs.map((pair, at) => [pair, at % 2]))
  const fits = [0, 1].map((fold) => fit(examples.filter(({ pair }) => half.get(pair) !== fold)))
  const judged = examples.map((one) => ({
    ...one,
    likely: likelihood(fits[half.get(one.pair) ?? 0] ?? [], one.features),
  }))
  console.log(`  out of fold: log loss ${lossOf(judged)}`)
  console.log('  threshold  right given  right withheld  wrong given: there  gone')
  for (const threshold of thresholds) {
    const many = (isWanted: (one: (typeof judged)[number]) => boolean) => judged.filter(isWanted).length
    const cells = [
      many(({ likely, isRight }) => isRight && likely >= threshold),
      many(({ likely, isRight }) => isRight && likely < threshold),
      many(({ likely, isRight, isThere }) => !isRight && isThere && likely >= threshold),
      many(({ likely, isRight, isThere }) => !isRight && !isThere && likely >= threshold),
    ]
    console.log(
      `  ${threshold.toFixed(2).padStart(9)}${cells.map((cell) => String(cell).padStart(13)).join('')}`,
    )
  }
}

const [file] = process.argv.slice(2)
if (!file) throw new Error('usage: node bench/anchoring/calibrate.ts real.jsonl.gz')
for (const [by, examples] of Object.entries(examplesOf(file))) {
  console.log(`${by}: ${examples.length} places, ${examples.filter(({ isRight }) => isRight).length} right`)
  crossValidate(examples)
  const standing = names.map((name) => (by === 'selectors' ? bySelectors : byRevisions)[name])
  const asTheyStand = examples.map((one) => ({ ...one, likely: likelihood(standing, one.features) }))
  console.log(`  with the weights as they stand: log loss ${lossOf(asTheyStand)}`)
  const weights = fit(examples)
  console.log(
    `  fitted on all: ${names.map((name, at) => `${name} ${(weights[at] ?? 0).toFixed(2)}`).join(', ')}\n`,
  )
}
