import { setTimeout as pause } from 'node:timers/promises'
import type { OwnLine } from './index.ts'

/** WebSocket's "Service Restart" (RFC 6455, in IANA's registry of close codes). */
const serviceRestart = 1012
/** Milliseconds over which all lines are ended at the most, and between two portions of them. */
const longest = 5_000
const step = 50
/** Lines ended in one portion at the least: a few go at once. */
const fewest = 20

/** Ends lines in portions, so that their browsers do not all come to the other servers in the same moment. */
export async function sendAway(open: ReadonlySet<OwnLine>): Promise<void> {
  const lines = [...open]
  const portion = Math.max(fewest, Math.ceil((lines.length * step) / longest))
  for (let from = 0; from < lines.length; from += portion) {
    if (from > 0) await pause(step)
    for (const line of lines.slice(from, from + portion)) line.hangUp(serviceRestart, 'this server goes away')
  }
}
