const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** Seconds between two attempts, as Standard Webhooks proposes them: three days in all. */
const pauses = [5, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, day]

/** After so many attempts in a row that were answered with an error, a message no longer holds up those behind it. */
const patience = 3

/** Days without anything delivered, after which nothing more is sent. */
export const failingDays = 5

/** What stands in the way of a message. */
export interface Failure {
  /** Null: there was no answer. */
  status: number | null
  problem: string
  /** As it was answered. */
  retryAfter: string | null
}

/** What becomes of a message that did not arrive. */
export interface Verdict {
  /** Null: it is given up. */
  wait: number | null
  /** Whether it lets those behind it go first meanwhile. */
  stepsAside: boolean
}

/**
 * When a message is sent again. A receiver that does not answer, or says that it is overloaded, gets nothing else before: so what waits
 * comes in its order. One that goes on to refuse one message gets the others meanwhile.
 * @param attempts including the one that failed
 */
export function judge(attempts: number, { status, retryAfter }: Failure, random = Math.random()): Verdict {
  const pause = pauses[attempts - 1]
  const isAway = status === null || status === 429 || status === 502 || status === 503 || status === 504
  const stepsAside = !isAway && attempts >= patience
  if (pause === undefined) return { wait: null, stepsAside }
  const asked = isAway && retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : 0
  // A tenth more at the most, so that what failed together does not come back together.
  return { wait: Math.max(Math.min(asked, day), pause * (1 + random / 10)), stepsAside }
}
