import type { OwnFrame, ServerFrame } from '../../core/contract/live.ts'
import { changesAfter } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { hoursOfAll } from '../moderation/index.ts'
import { Hub, type Line } from './hub.ts'

/** Tells open lines that something was committed. Nothing here is waited for, and nothing lost if it fails. */
export interface Live {
  hub: Hub
  /** Call after the commit: the article's log has grown. */
  published(articleId: string): void
  /** Call after the commit: other rules hold on the site, so that other hours may, or a change of them waits. */
  rulesChanged(siteId: string): Promise<void>
  /** Call after the commit: the site's moderation queue is different now. */
  queueChanged(siteId: string): void
  /** Call after the commit: something is new in these accounts' inboxes on the site, or no longer so. */
  inboxChanged(siteId: string, accountIds: string[]): void
  /** Call after the commit: somebody has reacted, which their other windows are told. */
  reacted(siteId: string, accountId: string, own: Omit<OwnFrame, 'type'>): void
  watchQueue(siteId: string, line: Line): void
  leaveQueue(siteId: string, line: Line): void
  /** The line hears of its account's inbox and reactions from now on, if somebody is signed in. */
  watchOwn(siteId: string, line: Line): void
  leaveOwn(siteId: string, line: Line): void
}

/** The live part of one node. */
export function createLive(db: Database, onError: (error: unknown) => void): Live {
  const hub = new Hub((article, after, limit) => changesAfter(db, article, after, limit), onError)
  const watchers = new LinesBy()
  const readers = new LinesBy()
  const queueFrame = JSON.stringify({ type: 'queue' } satisfies ServerFrame)
  const rulesFrame = JSON.stringify({ type: 'rules' } satisfies ServerFrame)
  const inboxFrame = JSON.stringify({ type: 'inbox' } satisfies ServerFrame)
  const ownOf = (siteId: string, accountId: string) => `${siteId} ${accountId}`
  return {
    hub,
    published: (articleId) => hub.wake(articleId),
    async rulesChanged(siteId) {
      for (const line of watchers.at(siteId)) line.send(rulesFrame)
      for (const { article, periods } of await hoursOfAll(db, siteId, hub.articlesRead(siteId)))
        hub.tell(article, { type: 'hours', article, periods })
    },
    queueChanged(siteId) {
      for (const line of watchers.at(siteId)) line.send(queueFrame)
    },
    inboxChanged(siteId, accountIds) {
      for (const accountId of accountIds) {
        for (const line of readers.at(ownOf(siteId, accountId))) line.send(inboxFrame)
      }
    },
    reacted(siteId, accountId, own) {
      const frame = JSON.stringify({ type: 'own', ...own } satisfies ServerFrame)
      for (const line of readers.at(ownOf(siteId, accountId))) line.send(frame)
    },
    watchQueue: (siteId, line) => watchers.add(siteId, line),
    leaveQueue: (siteId, line) => watchers.remove(siteId, line),
    watchOwn(siteId, line) {
      if (line.accountId !== null) readers.add(ownOf(siteId, line.accountId), line)
    },
    leaveOwn(siteId, line) {
      if (line.accountId !== null) readers.remove(ownOf(siteId, line.accountId), line)
    },
  }
}

/** Lines by what they listen to; nothing is kept of what nobody listens to. */
class LinesBy {
  readonly #lines = new Map<string, Set<Line>>()

  at(key: string): Iterable<Line> {
    return this.#lines.get(key) ?? []
  }

  add(key: string, line: Line): void {
    const lines = this.#lines.get(key) ?? new Set()
    this.#lines.set(key, lines.add(line))
  }

  remove(key: string, line: Line): void {
    const lines = this.#lines.get(key)
    if (lines?.delete(line) && lines.size === 0) this.#lines.delete(key)
  }
}
