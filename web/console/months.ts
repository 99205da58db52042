const monthsBack = 12

/** A month: from its first day to the first of the next, UTC. */
interface Month {
  from: string
  to: string
  name: string
}

const named = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** The month of a moment and those before it, a year of them, the newest first. */
export function lastMonths(now: Date): Month[] {
  const first = (back: number) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1))
  const day = (at: Date) => at.toISOString().slice(0, 10)
  return Array.from({ length: monthsBack }, (_, back) => ({
    from: day(first(back)),
    to: day(first(back - 1)),
    name: named.format(first(back)),
  }))
}
