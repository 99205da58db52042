import type { OwnFrame, ServerFrame } from '../../core/contract/live.ts'
import { changesAfter } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { listen } from '../database/signals.ts'
import { hoursOfAll } from '../moderation/index.ts'
import { Hub, type Line } from './hub.ts'

/** Tells open lines that something was committed. Nothing here is waited for, and nothing lost if it fails. */
export interface Live {
  hub: Hub
  /** Call after the commit: the article's log has grown. */
  published(articleId: string): void
  /**
   * Call after the commit: the site's moderation queue is different now. Moderators of other sections are told, too: it costs
   * them a reading, and says nothing.
   */
  queueChanged(siteId: string): void
  /** Call after the commit: something is new in these accounts' inboxes on the site, or no longer so. */
  inboxChanged(siteId: string, accountIds: string[]): void
  /** Call after the commit: somebody has reacted, which their other windows are told. */
  reacted(siteId: string, accountId: string, own: Omit<OwnFrame, 'type'>): void
  watchQueue(siteId: string, line: Line): void
  leaveQueue(siteId: string, line: Line): void
  /** The line hears of its account's inbox and reactions from now on, if somebody is signed in; and it ends with their rights. */
  watchOwn(siteId: string, line: OwnLine): void
  leaveOwn(siteId: string, line: OwnLine): void
  /** How often somebody's rights have changed: who was read while it grew has to be read again. */
  rightsChanges(): number
  /** Hears what other processes on this database have changed, until it is stopped. */
  listen(url: string): Promise<{ stop(): Promise<void> }>
}

/** A line that can be ended, so that its browser comes back as who it is by then. */
export interface OwnLine extends Line {
  hangUp: () => void
}

/**
 * The live part of one node.
 * @param sites what is remembered of them, to be forgotten when they change
 */
export function createLive(
  db: Database,
  sites: { forget: (siteId?: string) => void },
  onError: (error: unknown) => void,
): Live {
  const hub = new Hub((article, after, limit) => changesAfter(db, article, after, limit), onError)
  const watchers = new LinesBy()
  const readers = new LinesBy()
  const signedIn = new LinesBy<OwnLine>()
  let rightsChanges = 0
  const queueFrame = JSON.stringify({ type: 'queue' } satisfies ServerFrame)
  const rulesFrame = JSON.stringify({ type: 'rules' } satisfies ServerFrame)
  const inboxFrame = JSON.stringify({ type: 'inbox' } satisfies ServerFrame)
  const ownOf = (siteId: string, accountId: string) => `${siteId} ${accountId}`
  /** Other rules hold on the site, so that other hours may, or a change of them waits. */
  async function rulesChanged(siteId: string): Promise<void> {
    for (const line of watchers.at(siteId)) line.send(rulesFrame)
    for (const { article, periods } of await hoursOfAll(db, siteId, hub.articlesRead(siteId)))
      hub.tell(article, { type: 'hours', article, periods })
  }
  function rightsChanged(lines: Iterable<OwnLine>): void {
    rightsChanges += 1
    for (const line of lines) line.hangUp()
  }
  return {
    hub,
    published: (articleId) => hub.wake(articleId),
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
      if (line.accountId === null) return
      readers.add(ownOf(siteId, line.accountId), line)
      signedIn.add(line.accountId, line)
    },
    leaveOwn(siteId, line) {
      if (line.accountId === null) return
      readers.remove(ownOf(siteId, line.accountId), line)
      signedIn.remove(line.accountId, line)
    },
    rightsChanges: () => rightsChanges,
    listen: (url) =>
      listen(url, {
        heard({ kind, id }) {
          if (kind === 'rights') rightsChanged(signedIn.at(id))
          else if (kind === 'site') sites.forget(id)
          else rulesChanged(id).catch(onError)
        },
        missed() {
          sites.forget()
          rightsChanged(signedIn.all())
          for (const siteId of hub.sitesRead()) rulesChanged(siteId).catch(onError)
        },
        onError,
      }),
  }
}

/** Lines by what they listen to; nothing is kept of what nobody listens to. */
class LinesBy<L extends Line = Line> {
  readonly #lines = new Map<string, Set<L>>()

  at(key: string): Iterable<L> {
    return this.#lines.get(key) ?? []
  }

  *all(): Generator<L> {
    for (const lines of this.#lines.values()) yield* lines
  }

  add(key: string, line: L): void {
    const lines = this.#lines.get(key) ?? new Set<L>()
    this.#lines.set(key, lines.add(line))
  }

  remove(key: string, line: L): void {
    const lines = this.#lines.get(key)
    if (lines?.delete(line) && lines.size === 0) this.#lines.delete(key)
  }
}
