/** Decisions made one after the other, with no rest between; times in milliseconds. */
export interface Stretch {
  since: number
  last: number
  decisions: number
}

const minute = 60_000
/** Who decides nothing for so long has rested. */
const rest = 10 * minute
/** After so long without a rest, one is a good idea. */
const long = 45 * minute

/** The stretch with one decision more; a new one after a rest. */
export function decidedAt(stretch: Stretch | null, now: number): Stretch {
  return stretch && now - stretch.last < rest
    ? { ...stretch, last: now, decisions: stretch.decisions + 1 }
    : { since: now, last: now, decisions: 1 }
}

/** For how many minutes somebody has decided without a rest, where it is time for one; else null. */
export function tooLong(stretch: Stretch | null): number | null {
  if (!stretch || stretch.last - stretch.since < long) return null
  return Math.floor((stretch.last - stretch.since) / minute)
}
