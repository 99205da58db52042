import type { Signal } from '../../core/contract/signal.ts'
import { consoleText as say } from '../shared/messages/console.ts'

/** Why a comment is held, in words for a moderator. */
export function signalText(signal: Signal): string {
  if (signal.kind === 'learned') return say.learning.signal(signal)
  const { kind, detail } = signal
  switch (kind) {
    case 'new_author':
      return say.newAccount(Number(detail))
    case 'guest':
      return say.byGuest
    case 'word_list':
      return say.wordOnList(detail)
    case 'links':
      return say.links(Number(detail))
    case 'rate':
      return say.rate(Number(detail))
    case 'article':
      return say.articleRule(detail)
    case 'duplicate':
      return say.copies(Number(detail))
    case 'timed_out':
      return say.timedOut(detail.slice(0, 10))
    case 'rejected_before':
      return say.rejectedBefore
    case 'passage_unknown':
      return say.passageUnknown
  }
}
