import { LiveConnection } from '../shared/live.ts'
import type { Queue } from './queue.svelte.ts'

/** Milliseconds between two readings, so that colleagues who decide fast do not have each other's consoles read all the time. */
const between = 1_000

/**
 * Keeps a queue up to date with what happens on its site.
 * @param told whether the server tells of changes
 * @returns what ends it
 */
export function watchQueue(site: string, queue: Queue, told: (connected: boolean) => void): () => void {
  const read = paced(() => void queue.refresh(), between)
  const line = new LiveConnection('', site, {
    // What it says is that the queue changed, or that this account may no longer watch it: reading tells which.
    heard: read,
    wanted: () => [{ type: 'watch_queue' }],
    connected(up) {
      told(up)
      // After each break, and once more where sockets are blocked: a queue that can be read is better than none.
      read()
    },
  })
  return () => line.close()
}

/** @returns what does the work at once, or, where it was done within `pause` milliseconds, once when they are over */
export function paced(work: () => void, pause: number): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null
  let isWanted = false
  const rest = () => {
    timer = isWanted ? setTimeout(rest, pause) : null
    if (isWanted) work()
    isWanted = false
  }
  return () => {
    if (timer !== null) isWanted = true
    else {
      timer = setTimeout(rest, pause)
      work()
    }
  }
}
