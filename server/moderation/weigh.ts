import type { Weight } from '../../core/contract/moderation.ts'
import type { Signal } from '../../core/contract/signal.ts'
import type { ReportCategory } from '../../core/contract/threads.ts'

/** What a case is about, as far as it says how urgent it is. */
interface Facts {
  signals: Signal[]
  /** Whether readers see the comment meanwhile. */
  isShown: boolean
  /** Whether nothing but chance brought it here, and nobody has reported it. */
  isSampled?: boolean
  reports: { category: ReportCategory; reporter: Reporter }[]
}

/** Who reported, by what became of their earlier reports. */
interface Reporter {
  upheld: number
  dismissed: number
  isGuest: boolean
}

/** Minutes of waiting that a first report is worth. */
const harm: Record<ReportCategory, number> = {
  illegal: 240,
  abuse: 120,
  spam: 60,
  other: 30,
  off_topic: 15,
}
const wordHarm = 60
const shownHarm = 60
/** What was only sampled waits behind a day of what somebody waits for. */
const sampledDelay = -24 * 60
/** What being like rejected comments is worth where it is sure; less where it is not. */
const learntHarm = 60
/** However many report it, no case goes further ahead than a day by that. */
const mostByReports = 24 * 60

/**
 * Why a case goes before older ones, and by how many minutes: the queue is in the order of waiting time, and harm counts
 * as time already waited. A constant head start, unlike a score that grows, never changes the order of what somebody reads.
 */
export function weigh({ signals, isShown, isSampled, reports }: Facts): Weight[] {
  const words = signals.filter(({ kind }) => kind === 'word_list').length
  const byReports = reports.reduce(
    (sum, { category, reporter }) => sum + harm[category] * credit(reporter),
    0,
  )
  const weights: Weight[] = [
    { cause: 'reports', minutes: Math.round(Math.min(byReports, mostByReports)) },
    { cause: 'words', minutes: words > 0 ? wordHarm : 0 },
    { cause: 'learned', minutes: Math.round(learntHarm * doubt(signals)) },
    { cause: 'shown', minutes: isShown && !isSampled ? shownHarm : 0 },
    { cause: 'sampled', minutes: isSampled ? sampledDelay : 0 },
  ]
  return weights.filter(({ minutes }) => minutes !== 0)
}

/** When a case is due: it goes before all that are due later. */
export const dueAt = (openedAt: Date, weights: Weight[]): Date =>
  new Date(openedAt.getTime() - weights.reduce((sum, { minutes }) => sum + minutes, 0) * 60_000)

/**
 * How much a report counts by what became of the reporter's earlier ones: a quarter to once and a half; a guest's never more than
 * the first one of an account.
 */
function credit({ upheld, dismissed, isGuest }: Reporter): number {
  const earned = 0.25 + (1.25 * (upheld + 3)) / (upheld + dismissed + 5)
  return isGuest ? Math.min(earned, 1) : earned
}

/** How sure it is that the comment is like rejected ones: 0 where that is as likely as not, up to 1. */
function doubt(signals: Signal[]): number {
  const learnt = signals.find((signal) => signal.kind === 'learned')
  return learnt ? Math.max(0, 2 * learnt.probability - 1) : 0
}
