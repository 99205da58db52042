/** A day, in milliseconds. */
export const day = 86_400_000

/** Clocks are put forward or back at a quarter of an hour only. */
const quarter = 900_000
const mostKept = 5000
const formats = new Map<string, Intl.DateTimeFormat>()
/** What `Intl` said, by zone and quarter of an hour: it is slow to ask. */
const offsets = new Map<string, number>()

/** Whether this is a time zone that can be reckoned with. */
export function isZone(zone: string): boolean {
  try {
    formatOf(zone)
    return true
  } catch {
    return false
  }
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const kept = formats.get(zone)
  if (kept) return kept
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(zone, format)
  return format
}

/** How far a zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offsetAt(zone: string, instant: number): number {
  const start = Math.floor(instant / quarter) * quarter
  const key = `${zone} ${start}`
  const kept = offsets.get(key)
  if (kept !== undefined) return kept
  const part = Object.fromEntries(
    formatOf(zone)
      .formatToParts(start)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  const offset = Date.UTC(year, month - 1, day, hour, minute, second) - start
  if (offsets.size >= mostKept) offsets.clear()
  offsets.set(key, offset)
  return offset
}

/** What the clocks of a zone show at an instant, as milliseconds that read so in UTC. */
export const localTime = (zone: string, instant: number): number => instant + offsetAt(zone, instant)

/**
 * The instant at which the clocks of a zone show a time. One that they show twice is the first; one that they leave out is as
 * much later as they are put forward: as Temporal's `compatible` has it, and RFC 5545.
 * @param local milliseconds that read so in UTC
 */
export function instantOf(zone: string, local: number): number {
  const before = local - offsetAt(zone, local - day)
  const after = local - offsetAt(zone, local + day)
  const found = [before, after].sort((a, b) => a - b).find((instant) => localTime(zone, instant) === local)
  return found ?? before
}
