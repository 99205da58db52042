import type { QueueName } from '../../core/contract/moderation.ts'
import { queueNames } from './choice.ts'

/** The queue that the page's address asks for (`?queue=`), else all. */
export function queueInAddress(): QueueName {
  const asked = new URLSearchParams(location.search).get('queue')
  return queueNames.find((name) => name === asked) ?? 'all'
}

/** Keeps the queue in the address, so that it is there again after a reload. */
export function putInAddress(name: QueueName): void {
  const address = new URL(location.href)
  if (name === 'all') address.searchParams.delete('queue')
  else address.searchParams.set('queue', name)
  if (address.href !== location.href) history.replaceState(null, '', address)
}
