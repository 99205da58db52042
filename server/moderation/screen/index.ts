import type { Signal } from '../../../core/contract/signal.ts'
import { wordHits } from './words.ts'

/** What is known when a comment is screened. */
interface Screened {
  text: string
  words: string[]
  author: { shownComments: number; trusted: boolean; timedOutUntil: Date | null }
  /** How many shown comments an account needs before its comments appear without a look. */
  holdFirst: number
  passageFound: boolean
}

/**
 * Whether a comment waits for a moderator, and every cause. Signals hold; none of them rejects. What moderators and
 * publishers write themselves is never held.
 */
export function screen(given: Screened): { hold: boolean; signals: Signal[] } {
  const { author } = given
  if (author.trusted) return { hold: false, signals: [] }
  const signals = wordHits(given.text, given.words).map(({ word, at }): Signal => {
    const asWritten =
      at.toLowerCase() === word.toLowerCase() ? '' : ` (${Array.from(at).slice(0, 60).join('')})`
    return { kind: 'word_list', detail: word + asWritten }
  })
  if (author.timedOutUntil) signals.push({ kind: 'timed_out', detail: author.timedOutUntil.toISOString() })
  if (author.shownComments < given.holdFirst)
    signals.push({ kind: 'new_author', detail: String(author.shownComments) })
  if (!given.passageFound) signals.push({ kind: 'passage_unknown', detail: '' })
  return { hold: signals.length > 0, signals }
}
