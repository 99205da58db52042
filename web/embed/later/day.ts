/**
 * The day of an instant, as the reader would say it: today, yesterday, else the date.
 * @param now milliseconds since the epoch
 * @example dayOf('2026-01-01T10:00:00Z', Date.parse('2026-01-02T12:00:00Z'), 'en') // 'yesterday'
 */
export function dayOf(instant: string, now: number, language: string): string {
  const day = new Date(instant)
  const back = Math.round((startOf(new Date(now)) - startOf(day)) / 86_400_000)
  return back < 2
    ? new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-Math.max(0, back), 'day')
    : new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(day)
}

/** An instant with its hour, as the reader would write it. */
export const moment = (instant: string, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(Date.parse(instant))

/**
 * An instant of the next six days by its weekday, a later one by its date; with its hour.
 * @param now milliseconds since the epoch
 * @example weekdayOrDate('2026-01-05T07:00:00Z', Date.parse('2026-01-03T12:00:00Z'), 'en') // 'Monday 7:00 AM' in UTC
 */
export function weekdayOrDate(instant: string, now: number, language: string): string {
  if (Date.parse(instant) - now > 6 * 86_400_000) return moment(instant, language)
  return new Intl.DateTimeFormat(language, { weekday: 'long', hour: 'numeric', minute: '2-digit' }).format(
    Date.parse(instant),
  )
}

/**
 * A length of time in its largest fitting unit, rounded up.
 * @example span(170, 'en') // '3 hours'
 */
export function span(minutes: number, language: string): string {
  const [unit, size] = minutes < 60 ? ['minute', 1] : minutes < 48 * 60 ? ['hour', 60] : ['day', 24 * 60]
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.max(1, Math.ceil(minutes / size)),
  )
}

const startOf = (day: Date) => new Date(day).setHours(0, 0, 0, 0)
