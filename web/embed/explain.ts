import { ApiProblem } from '../shared/api.ts'
import { embedText as say } from '../shared/messages/embed.ts'

/**
 * Why a call failed, for the reader: what the server says is for developers, and in English.
 * @param unanswered what to say where no answer came
 */
export function explain(error: unknown, unanswered = say.noAnswer): string {
  if (!(error instanceof ApiProblem)) return unanswered
  const said: Record<number, string> = say.problems
  return said[error.status] ?? said[error.status < 500 ? 400 : 500] ?? ''
}
