import type { Rules } from '../../../core/contract/rules.ts'
import type { Signal } from '../../../core/contract/signal.ts'
import { factsOf, judge, type Learnt } from '../learning/index.ts'
import type { WordList } from './list.ts'

/** What is known when a comment is screened. */
export interface Screened {
  text: string
  links: number
  author: { shownComments: number; trusted: boolean; isGuest: boolean; timedOutUntil: Date | null }
  /** Comments of the author in the time that the rule has, with this one. */
  recent: number
  article: { sensitive: boolean; ageDays: number }
  /** Other comments of the last hours that say nearly the same. */
  copies: number
  passageFound: boolean
  /** What the site's own decisions teach; null where they do not yet, or are not asked. */
  learnt: Learnt | null
}

/** From here on it is worth telling that a comment looks like rejected ones. */
const tellFrom = 0.5

/**
 * Whether a comment waits for a moderator, and every cause. Signals hold; none of them rejects. What was learnt only orders
 * the queue, unless the site has it hold. What moderators and publishers write themselves is never held; what a guest does, always.
 */
export function screen(given: Screened, rules: Rules, list: WordList): { hold: boolean; signals: Signal[] } {
  const { author, passageFound } = given
  if (author.trusted) return { hold: false, signals: [] }
  const signals = list.hits(given.text).map(({ word, at }): Signal => {
    const asWritten =
      at.toLowerCase() === word.toLowerCase() ? '' : ` (${Array.from(at).slice(0, 60).join('')})`
    return { kind: 'word_list', detail: word + asWritten }
  })
  if (author.timedOutUntil) signals.push({ kind: 'timed_out', detail: author.timedOutUntil.toISOString() })
  if (author.isGuest) signals.push({ kind: 'guest', detail: '' })
  else if (author.shownComments < rules.holdFirst)
    signals.push({ kind: 'new_author', detail: String(author.shownComments) })
  signals.push(...byRule(given, rules))
  if (!passageFound) signals.push({ kind: 'passage_unknown', detail: '' })
  const learnt = given.learnt && judge(given.learnt, given.text, factsOf(signals))
  const hold = signals.length > 0 || learnt?.holds === true
  if (learnt && learnt.probability >= tellFrom) signals.push({ kind: 'learned', ...learnt })
  return { hold, signals }
}

function byRule(given: Screened, { links, rate, olderThanDays, duplicates }: Rules): Signal[] {
  const { article, author } = given
  const signals: Signal[] = []
  const mayNotLink = given.links > 0 && author.shownComments < links.newAuthors
  if (mayNotLink || given.links > (links.most ?? Infinity))
    signals.push({ kind: 'links', detail: String(given.links) })
  if (rate && given.recent > rate.comments) signals.push({ kind: 'rate', detail: String(given.recent) })
  if (article.sensitive) signals.push({ kind: 'article', detail: 'sensitive' })
  else if (olderThanDays !== null && article.ageDays > olderThanDays)
    signals.push({ kind: 'article', detail: String(Math.floor(article.ageDays)) })
  if (duplicates && given.copies >= duplicates.copies)
    signals.push({ kind: 'duplicate', detail: String(given.copies) })
  return signals
}
