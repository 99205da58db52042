import type { Problem } from '../../core/contract/common.ts'
import { ApiProblem } from '../shared/api.ts'
import { embedText as say } from '../shared/messages/embed.ts'

/**
 * Why a call failed, for the reader: what the server says is for developers, and in English.
 * @param unanswered what to say where no answer came
 */
export function explain(error: unknown, unanswered = say.noAnswer): string {
  if (!(error instanceof ApiProblem)) return unanswered
  const { status, problem } = error
  if (problem.type === '/problems/closed') return say.closed
  const said: Record<number, string> = say.problems
  return tooSoon(problem) ?? said[status] ?? said[status < 500 ? 400 : 500] ?? ''
}

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
]

/** When one may write again, where that is why. */
function tooSoon(problem: Problem): string | null {
  const until = Date.parse(String(Reflect.get(problem, 'until')))
  if (problem.type !== '/problems/too-soon' || Number.isNaN(until)) return null
  const seconds = Math.max(1, (until - Date.now()) / 1000)
  // The larger unit from two of it on: 90 seconds, 2 minutes.
  const [unit, size] = units.find(([, length]) => seconds >= 2 * length) ?? ['second', 1]
  return say.writeAgain(new Intl.RelativeTimeFormat(say.language).format(Math.ceil(seconds / size), unit))
}
