import { LiveConnection } from '../shared/live.ts'
import type { Queue } from './queue.svelte.ts'

/**
 * Keeps a queue up to date with what happens on its site.
 * @param told whether the server tells of changes
 * @returns what ends it
 */
export function watchQueue(site: string, queue: Queue, told: (connected: boolean) => void): () => void {
  const line = new LiveConnection('', site, {
    // What it says is that the queue changed, or that this account may no longer watch it: reading tells which.
    heard: () => void queue.refresh(),
    wanted: () => [{ type: 'watch_queue' }],
    connected(up) {
      told(up)
      // After each break, and once more where sockets are blocked: a queue that can be read is better than none.
      void queue.refresh()
    },
  })
  return () => line.close()
}
