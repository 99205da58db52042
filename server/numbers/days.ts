import type { NumbersDays } from '../../core/contract/numbers.ts'
import { firstIdAt } from '../database/ids.ts'

const day = 24 * 3600_000

/** The last days of a site, today among them, in UTC. */
export interface Span {
  siteId: string
  days: NumbersDays
  /** The first of them. */
  from: string
  /** The least id that could be made on it: comments are found by their ids, which are in the order of time. */
  first: string
}

export function lastDays(siteId: string, days: NumbersDays, now = new Date()): Span {
  const start = (Math.floor(now.getTime() / day) - days + 1) * day
  return { siteId, days, from: new Date(start).toISOString().slice(0, 10), first: firstIdAt(start) }
}

/** Seconds in minutes, to a tenth. */
export const minutes = (seconds: number | null): number | null =>
  seconds === null ? null : Math.round(seconds / 6) / 10
