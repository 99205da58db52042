import type { CaseView } from '../../core/contract/moderation.ts'
import type { ReportCategory } from '../../core/contract/threads.ts'

/** Why a text is covered until a moderator asks for it. */
export type CoverCause = (typeof harsh)[number] | 'word_list'

/** Reports of these say that a text may be hard to read. */
const harsh = ['illegal', 'abuse'] as const satisfies ReportCategory[]

/** What is known before the text of a case is read that speaks for covering it, the worst first; empty for most. */
export function coverCauses({ reports, signals }: Pick<CaseView, 'reports' | 'signals'>): CoverCause[] {
  return [
    ...harsh.filter((category) => reports.some((report) => report.category === category)),
    ...(signals.some(({ kind }) => kind === 'word_list') ? (['word_list'] as const) : []),
  ]
}
