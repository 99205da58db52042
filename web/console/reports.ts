import type { CaseView } from '../../core/contract/moderation.ts'
import type { ReportCategory } from '../../core/contract/threads.ts'

type Report = CaseView['reports'][number]

/** The reports of one category, newest first. */
export interface ReportGroup {
  category: ReportCategory
  reports: Report[]
}

/** The reports of a case by category, the most reported first. */
export function groupReports(reports: readonly Report[]): ReportGroup[] {
  const groups = Map.groupBy(reports, ({ category }) => category)
  return Array.from(groups, ([category, some]) => ({
    category,
    reports: some.toSorted((a, b) => b.at.localeCompare(a.at)),
  })).toSorted((a, b) => b.reports.length - a.reports.length)
}
