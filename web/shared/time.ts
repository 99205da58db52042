const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
]

/**
 * How long ago something was, in words; the date once it is more than a week.
 * @param now milliseconds since the epoch
 * @example ago('2026-01-01T10:00:00Z', Date.parse('2026-01-01T12:00:00Z'), 'en') // '2 hours ago'
 */
export function ago(instant: string, now: number, language: string): string {
  const seconds = Math.max(0, (now - Date.parse(instant)) / 1000)
  if (seconds >= 7 * 86_400)
    return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(Date.parse(instant))
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const [unit, size] = steps.findLast(([, length]) => seconds >= length) ?? ['second', 60]
  return words.format(seconds < 60 ? 0 : -Math.floor(seconds / size), unit)
}
