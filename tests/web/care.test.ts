import { describe, expect, it } from 'vitest'
import { coverCauses } from '../../web/console/cover.ts'
import { decidedAt, tooLong, type Stretch } from '../../web/console/pace.ts'
import { groupReports } from '../../web/console/reports.ts'
import type { CaseView } from '../../core/contract/moderation.ts'
import type { ReportCategory } from '../../core/contract/threads.ts'

const minute = 60_000
const decide = (times: number[]) =>
  times.reduce<Stretch | null>((stretch, at) => decidedAt(stretch, at * minute), null)
const report = (category: ReportCategory, nth: number): CaseView['reports'][number] => ({
  category,
  text: '',
  by: `Reader ${nth}`,
  byMail: false,
  at: new Date(nth * minute).toISOString(),
  upheld: 0,
  dismissed: 0,
})

describe('a break', () => {
  it('is due after 45 minutes of decisions with no ten minutes between', () => {
    const steady = [0, 9, 18, 27, 36, 44]
    expect(tooLong(null)).toBeNull()
    expect(tooLong(decide(steady))).toBeNull()
    expect(tooLong(decide([...steady, 45]))).toBe(45)
    expect(decide([...steady, 45])?.decisions).toBe(7)
  })

  it('was had by who decided nothing for ten', () => {
    expect(tooLong(decide([0, 9, 18, 27, 37, 46, 55]))).toBeNull()
    expect(decide([0, 9, 18, 27, 37, 46])?.decisions).toBe(2)
  })
})

describe('a text is covered', () => {
  const of = (categories: ReportCategory[], words: string[] = []) =>
    coverCauses({
      reports: categories.map(report),
      signals: words.map((detail) => ({ kind: 'word_list', detail })),
    })

  it('for reports of abuse or illegal and for listed words, each said once, the worst first', () => {
    expect(of(['abuse', 'spam', 'illegal', 'abuse'], ['crook', 'idiot'])).toEqual([
      'illegal',
      'abuse',
      'word_list',
    ])
  })

  it('not for what else is reported', () => {
    expect(of(['spam', 'off_topic', 'other'])).toEqual([])
  })
})

it('reports are grouped, the most reported category first, the newest words first', () => {
  const groups = groupReports([report('spam', 1), report('abuse', 2), report('abuse', 3)])
  expect(groups.map(({ category, reports }) => [category, ...reports.map(({ by }) => by)])).toEqual([
    ['abuse', 'Reader 3', 'Reader 2'],
    ['spam', 'Reader 1'],
  ])
})
