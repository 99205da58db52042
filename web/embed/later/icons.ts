import type { ReactionKind, ThreadMark } from '../../../core/contract/reaction.ts'

const tick = 'M3 8.6l3.2 3.2L13 4.6'
const pencil = 'M3 13l.7-3.2L10.4 3l2.6 2.6-6.8 6.7zM9 4.5L11.5 7'

/** Lines on a field of 16 by 16. */
export const icons: Record<ReactionKind | ThreadMark, string> = {
  agree: tick,
  helpful: 'M6 11.2C5.9 9.9 4 9 4 6.5a4 4 0 0 1 8 0C12 9 10.1 9.9 10 11.2zM6.5 13.800h3',
  question: 'M5.5 5.800a2.5 2.5 0 1 1 3.6 2.200C8.3 8.4 8 8.9 8 9.800M8 12.600v.1',
  source:
    'M8 4.200C6.6 3.2 4.7 3 2.5 3v9c2.2 0 4.1.2 5.5 1.2 1.4-1 3.3-1.2 5.5-1.200V3c-2.2 0-4.1.2-5.5 1.200zv9',
  typo: pencil,
  answered: tick,
  corrected: pencil,
}
