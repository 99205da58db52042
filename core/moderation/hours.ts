import type { HoursPeriod } from '../contract/hours.ts'
import type { ArticleRule, Once, Rules, Schedule, Weekly } from '../contract/rules.ts'
import { day, instantOf, localTime } from './zone.ts'

/** Where somebody writes: what its rules are, and when the article came out; on no article, the site alone. */
export interface Place {
  rules: Pick<Rules, 'readOnly' | 'slowMode' | 'timeZone' | 'schedules' | 'closeAfterDays'>
  own: Omit<ArticleRule, 'article' | 'sensitive'> | null
  /** In Unix milliseconds. */
  publishedAt: number | null
}

/** What holds at an instant: why comments are closed, and how many seconds apart they have to be. */
export interface HoursState {
  closed: 'site' | 'article' | null
  slowMode: { site: number; article: number }
}

/** What holds at an instant, in Unix milliseconds. */
export function hoursAt({ rules, own, publishedAt }: Place, at: number): HoursState {
  const zone = rules.timeZone
  const now = (some: Schedule[]) => some.filter(({ when }) => spansNear(when, zone, at).some(holds(at)))
  const site = now(rules.schedules)
  const article = now(own?.schedules ?? [])
  const closes = (some: Schedule[]) => some.some(({ slowMode }) => slowMode === null)
  const slowest = (slow: number, some: Schedule[]) =>
    Math.max(slow, ...some.map(({ slowMode }) => slowMode ?? 0))
  const isOver = at >= (closingOf({ rules, own, publishedAt }) ?? Infinity)
  return {
    closed:
      rules.readOnly || closes(site) ? 'site' : own?.readOnly || closes(article) || isOver ? 'article' : null,
    slowMode: { site: slowest(rules.slowMode, site), article: slowest(own?.slowMode ?? 0, article) },
  }
}

/** Periods that are told, the one that holds now among them: enough for a page that stays open over a night. */
const mostPeriods = 3
/** Beginnings and ends that are looked at until as many periods are found: those of many schedules may change nothing. */
const mostEdges = 100

/** What holds from an instant on, and what comes after. */
export function periodsFrom(place: Place, now: number): HoursPeriod[] {
  const periods = [periodAt(place, now)]
  if (isForever(place)) return periods
  let edge = nextEdge(place, now)
  for (let looked = 0; edge < Infinity && looked < mostEdges && periods.length < mostPeriods; looked++) {
    const period = periodAt(place, edge)
    const last = periods.at(-1)
    if (period.closed !== last?.closed || period.slowMode !== last.slowMode) periods.push(period)
    edge = nextEdge(place, edge)
  }
  return periods
}

const isForever = ({ rules, own }: Place) => rules.readOnly || (own?.readOnly ?? false)

function periodAt(place: Place, at: number): HoursPeriod {
  const { closed, slowMode } = hoursAt(place, at)
  return {
    from: new Date(at).toISOString(),
    closed: closed !== null,
    slowMode: closed === null ? Math.max(slowMode.site, slowMode.article) : 0,
  }
}

/** When comments on the article close for good, as it is old by then; null: never. */
function closingOf({ rules, own, publishedAt }: Place): number | null {
  const days = own?.closeAfterDays ?? rules.closeAfterDays
  return days === null || publishedAt === null ? null : publishedAt + days * day
}

/** From one instant, in Unix milliseconds, until before another. */
interface Span {
  from: number
  until: number
}

const holds =
  (at: number) =>
  ({ from, until }: Span) =>
    from <= at && at < until

/** The next instant at which a schedule begins or ends, or the article is too old; Infinity: there is none. */
function nextEdge(place: Place, after: number): number {
  const { rules, own } = place
  const edges = [...rules.schedules, ...(own?.schedules ?? [])]
    .flatMap(({ when }) => spansNear(when, rules.timeZone, after))
    .flatMap(({ from, until }) => [from, until])
  return Math.min(...[...edges, closingOf(place) ?? Infinity].filter((edge) => edge > after))
}

/** A schedule's spans that may hold at an instant, and the next ones: of those that come back, a week of them. */
function spansNear(when: Weekly | Once, zone: string, at: number): Span[] {
  if (!('days' in when)) return [{ from: onceAt(when.from, zone), until: onceAt(when.until, zone) }]
  const today = Math.floor(localTime(zone, at) / day) * day
  const [from, until] = [minutesOf(when.from), minutesOf(when.until)]
  // From yesterday on, whose span may go on today.
  return Array.from({ length: 9 }, (_, n) => today + (n - 1) * day)
    .filter((midnight) => when.days.includes(weekday(midnight)))
    .map((midnight) => ({
      from: instantOf(zone, midnight + from * 60_000),
      until: instantOf(zone, midnight + until * 60_000 + (until <= from ? day : 0)),
    }))
}

const onceAt = (local: string, zone: string) => instantOf(zone, Date.parse(`${local}Z`))

/** @example minutesOf('07:30') // 450 */
function minutesOf(hour: string): number {
  const [hours = 0, minutes = 0] = hour.split(':').map(Number)
  return hours * 60 + minutes
}

/** ISO 8601's number of a day: 1 is Monday. */
const weekday = (midnight: number) => new Date(midnight).getUTCDay() || 7
