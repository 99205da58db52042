import type { HoursPeriod } from '../../../core/contract/hours.ts'

const slow = (seconds: number) => `in slow mode (${seconds} s)`
const state = ({ closed, slowMode }: HoursPeriod) =>
  closed ? 'closed' : slowMode > 0 ? slow(slowMode) : 'open'

/** What the console says of when comments are open. */
export const hoursText = {
  title: 'When comments are open',
  help: 'Hours at which comments are closed, or slow. Readers are told before they write, and until when.',
  zone: 'Time zone of the hours',
  legend: (n: number) => `Hours ${n}`,
  what: 'Then',
  slow: 'Slow mode',
  seconds: 'Seconds between two comments of one person',
  when: 'When',
  weekly: 'Every week',
  once: 'Once',
  days: 'Days on which it begins',
  dayNames: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  from: 'From',
  until: 'Until',
  nextDay: 'It ends on the next day.',
  remove: (n: number) => `Leave hours ${n} out`,
  add: 'Add hours',
  closeAfter: 'Days after which comments on an article close for good (empty: never)',
  closeAfterHere: 'Days after which comments close here (empty: as on the site)',
  wrong: 'Some hours cannot be used.',
  fault: (n: number, title: string | null, what: string) =>
    `Hours ${n}${title === null ? '' : ` of “${title}”`}: ${what}`,
  noDay: 'Tick one day or more.',
  endsFirst: 'The end has to be after the beginning.',
  onSite: 'On the site:',
  /** What hours do: null closes comments. */
  state: (slowMode: number | null) => (slowMode === null ? 'closed' : slow(slowMode)),
  now: (now: HoursPeriod) => `comments are ${state(now)} now.`,
  nowAndThen: (now: HoursPeriod, next: HoursPeriod, when: string) =>
    `comments are ${state(now)} now; ${state(next)} from ${when} on.`,
} as const
