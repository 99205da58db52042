const monthsBack = 12

/** A month: from its first day to the first of the next, UTC. */
export interface Month {
  from: string
  to: string
  name: string
}

/** The month of a moment and those before it, a year of them, the newest first; named in a language. */
export function lastMonths(now: Date, language: string): Month[] {
  const named = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const first = (back: number) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1))
  const day = (at: Date) => at.toISOString().slice(0, 10)
  return Array.from({ length: monthsBack }, (_, back) => ({
    from: day(first(back)),
    to: day(first(back - 1)),
    name: named.format(first(back)),
  }))
}

/** Whether a time is made of whole months that are over; its ends are days, as in a URL. */
export const areOver = ({ from, to }: { from: string; to: string }, now: Date): boolean =>
  from.endsWith('-01') && to.endsWith('-01') && Date.parse(to) <= now.getTime()
