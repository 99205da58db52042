import { firstStep, queueNames, reasons, spans, withReason, type Choice, type Step } from './choice.ts'
import type { QueueName } from '../../core/contract/moderation.ts'

/** What a key of its own asks for, in the order in which the keys are listed. */
export const orders = [
  'approve',
  'reject',
  'hold',
  'escalate',
  'warn',
  'time_out',
  'ban',
  'undo',
  'note',
  'reveal',
  'translate',
  'next',
  'previous',
  'queue',
  'filter',
  'bulk',
  'raid',
  'help',
] as const
export type Order = (typeof orders)[number]
export type KeyMap = Readonly<Record<Order, string>>

export const defaultKeys: KeyMap = {
  approve: 'a',
  reject: 'r',
  hold: 'h',
  escalate: 'e',
  warn: 'w',
  time_out: 't',
  ban: 'b',
  undo: 'u',
  note: 'n',
  reveal: 'v',
  translate: 'l',
  next: 'j',
  previous: 'k',
  queue: 'g',
  filter: 'f',
  bulk: 'x',
  raid: 'o',
  help: '?',
}

/** What a press comes to. */
export type Command =
  | {
      do:
        | 'undo'
        | 'note'
        | 'reveal'
        | 'translate'
        | 'next'
        | 'previous'
        | 'filter'
        | 'bulk'
        | 'raid'
        | 'help'
        | 'close'
    }
  | { do: 'decide'; choice: Choice }
  | { do: 'ask'; step: Step }
  | { do: 'show'; queue: QueueName }

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'repeat'>

/**
 * What a press of a key asks for, or null. A key held down moves through the queue but decides only once.
 * @param step what has been begun: then digits answer it, its own key ends it, and nothing else decides
 */
export function commandOf(press: Press, step: Step | null, keys: KeyMap): Command | null {
  if (press.ctrlKey || press.altKey || press.metaKey) return null
  if (press.key === 'Escape') return { do: 'close' }
  const sign = signOf(press)
  const order = orders.find((one) => keys[one] === sign)
  const moves = order === 'next' || order === 'previous'
  if (press.repeat && (step !== null || !moves)) return null
  if (step) return answerTo(step, sign, order)
  return order ? commandFor(order) : null
}

function commandFor(order: Order): Command {
  switch (order) {
    case 'approve':
    case 'hold':
    case 'escalate':
      return { do: 'decide', choice: { action: order } }
    case 'reject':
    case 'warn':
    case 'time_out':
    case 'ban':
      return { do: 'ask', step: firstStep[order] }
    case 'queue':
      return { do: 'ask', step: { of: 'queue', wants: 'queue' } }
    default:
      return { do: order }
  }
}

function answerTo(step: Step, sign: string, order: Order | undefined): Command | null {
  if (step.wants === 'confirmation' && order === 'ban')
    return { do: 'decide', choice: { action: 'ban', reason: step.reason } }
  if (order === step.of) return { do: 'close' }
  const place = Number(sign) - 1
  if (step.wants === 'queue') {
    const queue = queueNames[place]
    return queue ? { do: 'show', queue } : null
  }
  if (step.wants === 'days') {
    const days = spans[place]
    return days ? { do: 'ask', step: { of: 'time_out', wants: 'reason', days } } : null
  }
  const reason = reasons[place]
  const next = reason && withReason(step, reason)
  if (!next) return null
  return 'action' in next ? { do: 'decide', choice: next } : { do: 'ask', step: next }
}

/** The Latin letter, digit or `?` of a key, also where the keyboard is set to another script or has digits on shift. */
export function signOf({ key, code }: Pick<Press, 'key' | 'code'>): string {
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
