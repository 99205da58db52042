import { describe, expect, it, test } from 'vitest'
import type { Schedule } from '../../core/contract/rules.ts'
import { hoursAt, periodsFrom, type Place } from '../../core/moderation/hours.ts'
import { instantOf, isZone, localTime } from '../../core/moderation/zone.ts'

const rules = { readOnly: false, slowMode: 0, timeZone: 'UTC', schedules: [], closeAfterDays: null }
const own = { readOnly: false, slowMode: 0, schedules: [], closeAfterDays: null }
const at = (changes: Partial<Place['rules']>, rest: Partial<Place> = {}): Place => ({
  rules: { ...rules, ...changes },
  own: null,
  publishedAt: null,
  ...rest,
})
const weekly = (days: number[], from: string, until: string, slowMode: number | null = null): Schedule => ({
  when: { days, from, until },
  slowMode,
})
const once = (from: string, until: string): Schedule => ({ when: { from, until }, slowMode: null })
const everyDay = [1, 2, 3, 4, 5, 6, 7]
const nights = weekly(everyDay, '22:00', '07:00')

/** When comments close and open, from an instant on. */
const told = (place: Place, now: string) =>
  periodsFrom(place, Date.parse(now)).map(
    ({ from, closed, slowMode }) => `${from.slice(0, 16)} ${closed ? 'closed' : slowMode || 'open'}`,
  )
const isClosed = (place: Place, now: string) => hoursAt(place, Date.parse(now)).closed !== null

describe('the clocks of a zone', () => {
  it.each([
    ['Europe/Berlin', '2026-01-15T12:00Z', '2026-01-15T13:00'],
    ['Europe/Berlin', '2026-07-15T12:00Z', '2026-07-15T14:00'],
    ['Asia/Kolkata', '2026-01-15T20:00Z', '2026-01-16T01:30'],
    ['Asia/Kathmandu', '2026-01-15T20:00Z', '2026-01-16T01:45'],
    ['Australia/Lord_Howe', '2026-01-15T12:00Z', '2026-01-15T23:00'],
    ['Australia/Lord_Howe', '2026-07-15T12:00Z', '2026-07-15T22:30'],
    ['America/St_Johns', '2026-01-15T02:00Z', '2026-01-14T22:30'],
    ['UTC', '2026-01-15T12:00Z', '2026-01-15T12:00'],
  ])('of %s at %s show %s, and back', (zone, instant, local) => {
    const shown = localTime(zone, Date.parse(instant))
    expect(new Date(shown).toISOString().slice(0, 16)).toBe(local)
    expect(instantOf(zone, shown)).toBe(Date.parse(instant))
  })

  it.each([
    ['left out, as clocks are put forward', 'Europe/Berlin', '2026-03-29T02:30Z', '2026-03-29T01:30Z'],
    ['shown twice, as they are put back', 'Europe/Berlin', '2026-10-25T02:30Z', '2026-10-25T00:30Z'],
    ['just before', 'Europe/Berlin', '2026-03-29T01:59Z', '2026-03-29T00:59Z'],
    ['just after', 'Europe/Berlin', '2026-03-29T03:00Z', '2026-03-29T01:00Z'],
    ['left out for half an hour', 'Australia/Lord_Howe', '2026-10-04T02:15Z', '2026-10-03T15:45Z'],
    ['shown twice for half an hour', 'Australia/Lord_Howe', '2026-04-05T01:45Z', '2026-04-04T14:45Z'],
  ])('%s: %s', (_, zone, local, instant) => {
    expect(new Date(instantOf(zone, Date.parse(local)))).toEqual(new Date(instant))
  })

  test('are known by their names', () => {
    expect(['Europe/Berlin', 'UTC', 'Asia/Kolkata'].map(isZone)).toEqual([true, true, true])
    expect(['Berlin', 'Europe/Atlantis', '', 'constructor'].map(isZone)).toEqual([false, false, false, false])
  })
})

describe('comments close each night', () => {
  it('and open in the morning, in the zone of the site', () => {
    const place = at({ timeZone: 'Asia/Kolkata', schedules: [nights] })
    expect(told(place, '2026-01-15T12:00Z')).toEqual([
      '2026-01-15T12:00 open',
      '2026-01-15T16:30 closed',
      '2026-01-16T01:30 open',
    ])
    expect(told(place, '2026-01-15T20:00Z')).toEqual([
      '2026-01-15T20:00 closed',
      '2026-01-16T01:30 open',
      '2026-01-16T16:30 closed',
    ])
    // The beginning belongs to it, the end does not.
    expect(['16:29:59.999', '16:30'].map((hour) => isClosed(place, `2026-01-15T${hour}Z`))).toEqual([
      false,
      true,
    ])
    expect(['01:29:59.999', '01:30'].map((hour) => isClosed(place, `2026-01-16T${hour}Z`))).toEqual([
      true,
      false,
    ])
  })

  it.each([
    // 22:00 of the evening before is an hour further from 07:00 than else, or an hour nearer.
    ['forward', '2026-03-28T12:00Z', '2026-03-28T21:00', '2026-03-29T05:00'],
    ['back', '2026-10-24T12:00Z', '2026-10-24T20:00', '2026-10-25T06:00'],
  ])('also when the clocks of Berlin are put %s', (_, now, closes, opens) => {
    const place = at({ timeZone: 'Europe/Berlin', schedules: [nights] })
    expect(told(place, now).slice(1)).toEqual([`${closes} closed`, `${opens} open`])
  })

  it.each([
    ['left out', 'Europe/Berlin', '02:30', '2026-03-29T00:00Z', '2026-03-29T01:30', '2026-03-29T02:00'],
    ['shown twice', 'Europe/Berlin', '02:30', '2026-10-24T23:00Z', '2026-10-25T00:30', '2026-10-25T03:00'],
    ['left out', 'Australia/Lord_Howe', '02:15', '2026-10-03T15:00Z', '2026-10-03T15:45', '2026-10-03T17:00'],
  ])('at an hour that is %s in %s', (_, timeZone, hour, now, closes, opens) => {
    const place = at({ timeZone, schedules: [weekly(everyDay, hour, '04:00')] })
    expect(told(place, now).slice(1)).toEqual([`${closes} closed`, `${opens} open`])
  })

  it('but not in a night that the clocks leave out', () => {
    const place = at({ timeZone: 'Europe/Berlin', schedules: [weekly(everyDay, '02:10', '02:50')] })
    expect(told(place, '2026-03-28T12:00Z')[1]).toBe('2026-03-29T01:10 closed')
    const gone = at({ timeZone: 'Europe/Berlin', schedules: [weekly(everyDay, '02:30', '03:00')] })
    expect(told(gone, '2026-03-28T12:00Z')[1]).toBe('2026-03-30T00:30 closed')
  })
})

describe('comments close', () => {
  it('on some days of the week', () => {
    const place = at({ timeZone: 'Europe/Berlin', schedules: [weekly([6, 7], '00:00', '00:00'), nights] })
    // From Friday evening to Monday morning is one span, whatever schedules it is made of.
    expect(told(place, '2026-01-16T12:00Z')).toEqual([
      '2026-01-16T12:00 open',
      '2026-01-16T21:00 closed',
      '2026-01-19T06:00 open',
    ])
  })

  it('for a whole day, where it ends when it begins', () => {
    const place = at({ schedules: [weekly([3], '09:00', '09:00')] })
    expect(told(place, '2026-01-14T10:00Z').slice(0, 2)).toEqual([
      '2026-01-14T10:00 closed',
      '2026-01-15T09:00 open',
    ])
  })

  it('once', () => {
    const place = at({
      timeZone: 'Asia/Kathmandu',
      schedules: [once('2026-12-24T18:00', '2026-12-27T08:00')],
    })
    expect(told(place, '2026-01-01T00:00Z')).toEqual([
      '2026-01-01T00:00 open',
      '2026-12-24T12:15 closed',
      '2026-12-27T02:15 open',
    ])
    expect(told(place, '2026-12-28T00:00Z')).toEqual(['2026-12-28T00:00 open'])
  })

  it('once for long, and open in the morning after', () => {
    const place = at({ schedules: [nights, once('2026-06-01T00:00', '2026-07-01T03:00')] })
    expect(told(place, '2026-06-01T12:00Z').slice(0, 2)).toEqual([
      '2026-06-01T12:00 closed',
      '2026-07-01T07:00 open',
    ])
  })

  it('so many days after an article came out, on it alone', () => {
    const publishedAt = Date.parse('2026-01-10T08:00Z')
    const place = at({ closeAfterDays: 2 }, { publishedAt })
    expect(told(place, '2026-01-10T12:00Z')).toEqual(['2026-01-10T12:00 open', '2026-01-12T08:00 closed'])
    expect(told(place, '2026-01-13T12:00Z')).toEqual(['2026-01-13T12:00 closed'])
    expect(told(at({ closeAfterDays: 2 }), '2026-01-13T12:00Z')).toEqual(['2026-01-13T12:00 open'])
    const longer = at({ closeAfterDays: 2 }, { publishedAt, own: { ...own, closeAfterDays: 5 } })
    expect(told(longer, '2026-01-13T12:00Z')[1]).toBe('2026-01-15T08:00 closed')
  })

  it('for good, and nothing is said of later', () => {
    for (const place of [
      at({ readOnly: true, schedules: [nights] }),
      at({ schedules: [nights] }, { own: { ...own, readOnly: true } }),
      at({ schedules: [weekly(everyDay, '00:00', '00:00')] }),
    ])
      expect(told(place, '2026-01-15T12:00Z')).toEqual(['2026-01-15T12:00 closed'])
  })
})

describe('slow mode', () => {
  it('is that of whatever makes one wait longest', () => {
    const evenings = weekly(everyDay, '18:00', '22:00', 300)
    const place = at(
      { slowMode: 30, schedules: [evenings, nights] },
      { own: { ...own, schedules: [weekly(everyDay, '20:00', '23:00', 600)] } },
    )
    expect(told(place, '2026-01-15T12:00Z')).toEqual([
      '2026-01-15T12:00 30',
      '2026-01-15T18:00 300',
      '2026-01-15T20:00 600',
    ])
    expect(told(place, '2026-01-15T20:00Z').slice(1)).toEqual([
      '2026-01-15T22:00 closed',
      '2026-01-16T07:00 30',
    ])
    // The site's is between comments on the site, the article's between those on the article.
    expect(hoursAt(place, Date.parse('2026-01-15T21:00Z')).slowMode).toEqual({ site: 300, article: 600 })
  })
})
