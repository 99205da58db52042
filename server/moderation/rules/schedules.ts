import type { Rules, Schedule } from '../../../core/contract/rules.ts'
import { isZone } from '../../../core/moderation/zone.ts'

interface Fault {
  /** Its path in the body. */
  field: string
  detail: string
}

/** What is wrong with the hours in rules, beyond their shape. */
export function faultsInHours({ timeZone, schedules, articles }: Rules): Fault[] {
  const zone = isZone(timeZone)
    ? []
    : [{ field: 'rules.timeZone', detail: 'is no time zone that is known here' }]
  return [
    ...zone,
    ...faultsIn(schedules, 'rules.schedules'),
    ...articles.flatMap((one, at) => faultsIn(one.schedules, `rules.articles.${at}.schedules`)),
  ]
}

function faultsIn(schedules: Schedule[], path: string): Fault[] {
  return schedules.flatMap(({ when }, at) => {
    if ('days' in when) return []
    const field = `${path}.${at}.when`
    const faults = [
      ...(['from', 'until'] as const)
        .filter((name) => !isDay(when[name]))
        .map((name) => ({ field: `${field}.${name}`, detail: 'is a day that no calendar has' })),
      // Written alike, so that they compare as they are written.
      ...(when.from < when.until ? [] : [{ field: `${field}.until`, detail: 'is not after its beginning' }]),
    ]
    return faults
  })
}

/** The 31st of April has the shape of a day. */
function isDay(local: string): boolean {
  const read = new Date(`${local}Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(local)
}
