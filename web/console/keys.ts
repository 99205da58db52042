import type { RejectReason } from '../../core/contract/moderation.ts'

/** What a key asks for. */
export type Command =
  | { do: 'approve' | 'reasons' | 'undo' | 'next' | 'previous' | 'help' | 'close' }
  | { do: 'reject'; reason: RejectReason }

/** The reasons in the order of their digits: 1 is the first. */
export const reasons = ['abuse', 'spam', 'off_topic', 'illegal', 'other'] as const satisfies RejectReason[]

const commands: Partial<
  Record<string, Command['do'] & ('approve' | 'reasons' | 'undo' | 'next' | 'previous' | 'help')>
> = {
  a: 'approve',
  r: 'reasons',
  u: 'undo',
  j: 'next',
  k: 'previous',
  '?': 'help',
}

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'repeat'>

/**
 * What a press of a key asks for, or null. A key held down moves through the queue but decides only once.
 * @param choosing whether the reasons are open: then digits pick one, and nothing else decides
 */
export function commandOf(press: Press, choosing: boolean): Command | null {
  if (press.ctrlKey || press.altKey || press.metaKey) return null
  if (press.key === 'Escape') return { do: 'close' }
  const sign = signOf(press)
  if (choosing) {
    const reason = reasons[Number(sign) - 1]
    if (reason) return press.repeat ? null : { do: 'reject', reason }
    return sign === 'r' && !press.repeat ? { do: 'close' } : null
  }
  const command = commands[sign]
  if (!command) return null
  const moves = command === 'next' || command === 'previous'
  return press.repeat && !moves ? null : { do: command }
}

/** The Latin letter or digit of a key, also where the keyboard is set to another script or has digits on shift. */
function signOf({ key, code }: Press): string {
  if (/^[a-z0-9?]$/i.test(key)) return key.toLowerCase()
  return /^(?:Key([A-Z])|Digit([0-9]))$/.exec(code)?.slice(1).find(Boolean)?.toLowerCase() ?? ''
}

/** Whether the keyboard writes into something there, so that letters are text and no commands. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true
  if (target instanceof HTMLSelectElement) return true
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  )
}
