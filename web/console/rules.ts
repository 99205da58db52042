import type { HoursPeriod } from '../../core/contract/hours.ts'
import type { ArticleRule, Rules, RuleSet, Schedule } from '../../core/contract/rules.ts'
import type { ApiProblem } from '../shared/api.ts'
import { consoleText as say } from '../shared/messages/console.ts'

/** What a number field holds: nothing while it is empty. */
export type Field = number | null | undefined

/** The rules as the fields of the form have them, but for the words, which are read when they are needed. */
export interface Draft {
  holdFirst: Field
  mostLinks: Field
  linksAfter: Field
  rateComments: Field
  rateMinutes: Field
  olderThanDays: Field
  copies: Field
  hours: Field
  sample: Field
  slowMode: Field
  readOnly: boolean
  timeZone: string
  schedules: ScheduleDraft[]
  closeAfterDays: Field
  keptWithdrawn: Field
  keptRejected: Field
  articles: ArticleDraft[]
  twoPeople: boolean
}

/** What holds for one article, as fields. */
export interface ArticleDraft extends Pick<ArticleRule, 'article' | 'sensitive' | 'readOnly'> {
  title: string
  slowMode: Field
  schedules: ScheduleDraft[]
  closeAfterDays: Field
}

/** A schedule with the fields of both kinds, so that who changes the kind loses nothing. */
export interface ScheduleDraft {
  /** Tells it from others while it is on screen. */
  id: number
  kind: 'weekly' | 'once'
  days: number[]
  fromHour: string
  untilHour: string
  fromTime: string
  untilTime: string
  isSlow: boolean
  slowMode: Field
}

/** The rules that an article begins with when it is added. */
export const newArticle = (article: string, title: string): ArticleDraft => ({
  article,
  title,
  sensitive: true,
  readOnly: false,
  slowMode: 0,
  schedules: [],
  closeAfterDays: null,
})

/** Rules as fields. */
export function toDraft({ rules, titles }: RuleSet): Draft {
  const titleOf = (id: string) => titles.find(({ article }) => article === id)?.title ?? id
  return {
    holdFirst: rules.holdFirst,
    mostLinks: rules.links.most,
    linksAfter: rules.links.newAuthors,
    rateComments: rules.rate?.comments,
    rateMinutes: rules.rate?.minutes ?? 10,
    olderThanDays: rules.olderThanDays,
    copies: rules.duplicates?.copies,
    hours: rules.duplicates?.hours ?? 24,
    sample: rules.sample,
    slowMode: rules.slowMode,
    readOnly: rules.readOnly,
    timeZone: rules.timeZone,
    schedules: rules.schedules.map(toScheduleDraft),
    closeAfterDays: rules.closeAfterDays,
    twoPeople: rules.twoPeople,
    keptWithdrawn: rules.retentionDays.withdrawn,
    keptRejected: rules.retentionDays.rejected,
    articles: rules.articles.map((one) => ({
      ...one,
      title: titleOf(one.article),
      schedules: one.schedules.map(toScheduleDraft),
    })),
  }
}

/** Fields as rules; each line is one word, also an empty one, so that a line's number is its place. */
export function toRules(draft: Draft, words: string[]): Rules {
  const { rateComments, copies } = draft
  return {
    holdFirst: draft.holdFirst ?? 0,
    words,
    links: { most: draft.mostLinks ?? null, newAuthors: draft.linksAfter ?? 0 },
    rate: rateComments == null ? null : { comments: rateComments, minutes: draft.rateMinutes ?? 1 },
    olderThanDays: draft.olderThanDays ?? null,
    duplicates: copies == null ? null : { copies, hours: draft.hours ?? 1 },
    sample: draft.sample ?? 0,
    slowMode: draft.slowMode ?? 0,
    readOnly: draft.readOnly,
    timeZone: draft.timeZone,
    schedules: draft.schedules.map(toSchedule),
    closeAfterDays: draft.closeAfterDays ?? null,
    twoPeople: draft.twoPeople,
    retentionDays: { withdrawn: draft.keptWithdrawn ?? null, rejected: draft.keptRejected ?? null },
    articles: draft.articles.map(({ article, sensitive, slowMode, readOnly, schedules, closeAfterDays }) => ({
      article,
      sensitive,
      slowMode: slowMode ?? 0,
      readOnly,
      schedules: schedules.map(toSchedule),
      closeAfterDays: closeAfterDays ?? null,
    })),
  }
}

/** The time zones that this browser knows, and the one that is chosen. */
export const zonesWith = (chosen: string): string[] =>
  [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), chosen])].sort()

/** What is wrong with the hours in the fields, said before they are sent. */
export function faultsInHours({ schedules, articles }: Draft): string[] {
  const faultsIn = (some: ScheduleDraft[], title: string | null) =>
    some.flatMap((one, at) => {
      const fault = faultOf(one)
      return fault === null ? [] : [say.hours.fault(at + 1, title, fault)]
    })
  return [...faultsIn(schedules, null), ...articles.flatMap((one) => faultsIn(one.schedules, one.title))]
}

function faultOf({ kind, days, fromTime, untilTime }: ScheduleDraft): string | null {
  if (kind === 'weekly') return days.length === 0 ? say.hours.noDay : null
  return fromTime < untilTime ? null : say.hours.endsFirst
}

/** What holds in a period of time, and from when on something else does, on the clocks of a zone. */
export function hoursText(periods: HoursPeriod[], zone: string): string {
  const [now, next] = periods
  if (!now) return ''
  const moment = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone: zone,
  })
  return next
    ? say.hours.nowAndThen(now, next, `${moment.format(Date.parse(next.from))} (${zone})`)
    : say.hours.now(now)
}

let made = 0

/** A schedule to begin with: each night. */
export const newSchedule = (): ScheduleDraft => ({
  id: ++made,
  kind: 'weekly',
  days: [1, 2, 3, 4, 5, 6, 7],
  fromHour: '22:00',
  untilHour: '07:00',
  fromTime: '',
  untilTime: '',
  isSlow: false,
  slowMode: 60,
})

function toScheduleDraft({ when, slowMode }: Schedule): ScheduleDraft {
  const draft = { ...newSchedule(), isSlow: slowMode !== null, slowMode: slowMode ?? 60 }
  return 'days' in when
    ? { ...draft, days: when.days, fromHour: when.from, untilHour: when.until }
    : { ...draft, kind: 'once', fromTime: when.from, untilTime: when.until }
}

function toSchedule(draft: ScheduleDraft): Schedule {
  const slowMode = draft.isSlow ? (draft.slowMode ?? 1) : null
  const { days, fromHour, untilHour, fromTime, untilTime } = draft
  return draft.kind === 'weekly'
    ? { when: { days: [...days].sort(), from: fromHour, until: untilHour }, slowMode }
    : { when: { from: fromTime, until: untilTime }, slowMode }
}

/** What is wrong with the rules, one by one, with the line of a word. */
export function faultsOf({ problem }: ApiProblem): string[] {
  return (problem.errors ?? []).map(({ field, detail }) => {
    const line = /^rules\.words\.(\d+)$/.exec(field)?.[1]
    return line === undefined ? `${field}: ${detail}` : say.line(Number(line) + 1, detail)
  })
}
