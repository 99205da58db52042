import type { ServerFrame } from '../../core/contract/live.ts'
import { changesAfter } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { Hub, type Line } from './hub.ts'

/** Tells open lines that something was committed. Nothing here is waited for, and nothing lost if it fails. */
export interface Live {
  hub: Hub
  /** Call after the commit: the article's log has grown. */
  published(articleId: string): void
  /** Call after the commit: the site's moderation queue is different now. */
  queueChanged(siteId: string): void
  watchQueue(siteId: string, line: Line): void
  leaveQueue(siteId: string, line: Line): void
}

/** The live part of one node. */
export function createLive(db: Database, onError: (error: unknown) => void): Live {
  const hub = new Hub((article, after, limit) => changesAfter(db, article, after, limit), onError)
  const watchers = new Map<string, Set<Line>>()
  const queueFrame = JSON.stringify({ type: 'queue' } satisfies ServerFrame)
  return {
    hub,
    published: (articleId) => hub.wake(articleId),
    queueChanged(siteId) {
      for (const line of watchers.get(siteId) ?? []) line.send(queueFrame)
    },
    watchQueue(siteId, line) {
      const lines = watchers.get(siteId) ?? new Set()
      watchers.set(siteId, lines.add(line))
    },
    leaveQueue(siteId, line) {
      const lines = watchers.get(siteId)
      if (lines?.delete(line) && lines.size === 0) watchers.delete(siteId)
    },
  }
}
