import type { OwnFrame, ServerFrame } from '../../core/contract/live.ts'
import { changesAfter, seqsOf } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import type { Metrics } from '../metrics/index.ts'
import { hoursOfAll } from '../moderation/index.ts'
import { Hub, type Line } from './hub.ts'
import { sendAway } from './drain.ts'
import { join, type Joined } from './join.ts'
import { LinesBy } from './lines.ts'
import { Presence } from './presence.ts'
import { Relay, type Word } from './relay.ts'

/**
 * Tells open lines that something was committed, here and on the other servers. Nothing here is waited for, and nothing lost if
 * it fails.
 */
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
  /**
   * A line is open: from now on it hears of its account's inbox and reactions, if somebody is signed in, and ends with their
   * rights, or with this server.
   * @returns false where this server takes no more lines
   */
  enter(siteId: string, line: OwnLine): boolean
  watchQueue(siteId: string, line: OwnLine): void
  leave(siteId: string, line: OwnLine): void
  /** Takes no more lines, and ends those there are, spread over some seconds: their browsers come back at another server. */
  drain(): Promise<void>
  isDraining: () => boolean
  /** How many lines are open here. */
  lines: () => number
  /** How often somebody's rights have changed: who was read while it grew has to be read again. */
  rightsChanges(): number
  /**
   * Hears what other processes on this database have changed, and tells them what this one has, until it is stopped.
   * @param url of the database
   * @param redisUrl of a Redis that carries it faster; null: PostgreSQL does
   */
  join(url: string, redisUrl: string | null): Promise<Joined>
}

interface Remembered {
  sites: { forget: (siteId?: string) => void }
  snapshots: { forget: (articleId: string) => void; forgetAll: () => void }
}

/** A line that can be ended, so that its browser comes back. */
export interface OwnLine extends Line {
  hangUp: (code: number, reason: string) => void
}

const queueFrame = JSON.stringify({ type: 'queue' } satisfies ServerFrame)
const rulesFrame = JSON.stringify({ type: 'rules' } satisfies ServerFrame)
const inboxFrame = JSON.stringify({ type: 'inbox' } satisfies ServerFrame)

/**
 * The live part of one node.
 * @param remembered what is to be forgotten when it changes: sites, and discussions by article
 * @param metrics counts what is told
 */
export function createLive(
  db: Database,
  { sites, snapshots }: Remembered,
  metrics: Pick<Metrics, 'published' | 'delivered'>,
  onError: (error: unknown) => void,
): Live {
  const relay = new Relay(onError)
  const presence = new Presence()
  const hub = new Hub(
    (article, after, limit) => changesAfter(db, article, after, limit),
    onError,
    {},
    {
      readers: (article) => presence.of(article),
      tell: (article, readers) => relay.say({ kind: 'readers', article, readers }),
    },
    metrics.delivered,
  )
  const watchers = new LinesBy()
  const readers = new LinesBy()
  const signedIn = new LinesBy<OwnLine>()
  const open = new Set<OwnLine>()
  let rightsChanges = 0
  let isDraining = false
  const ownOf = (siteId: string, accountId: string) => `${siteId} ${accountId}`
  const sendAll = (lines: Iterable<Line>, frame: string) => {
    for (const line of lines) line.send(frame)
  }

  /** Tells the lines of this node. */
  function tell(word: Word, from = ''): void {
    if (word.kind === 'article') {
      snapshots.forget(word.id)
      return hub.wake(word.id)
    }
    if (word.kind === 'queue') return sendAll(watchers.at(word.site), queueFrame)
    if (word.kind === 'inbox') return sendAll(readers.at(ownOf(word.site, word.account)), inboxFrame)
    if (word.kind === 'own') return sendAll(readers.at(ownOf(word.site, word.account)), word.frame)
    if (presence.heard(from, word)) hub.tellOthers(word.article)
    hub.readersChanged(word.article)
  }
  function tellAll(word: Word): void {
    tell(word)
    relay.say(word)
  }
  /** Other rules hold on the site, so that other hours may, or a change of them waits. */
  async function rulesChanged(siteId: string): Promise<void> {
    snapshots.forgetAll()
    sendAll(watchers.at(siteId), rulesFrame)
    for (const { article, periods } of await hoursOfAll(db, siteId, hub.articlesRead(siteId)))
      hub.tell(article, { type: 'hours', article, periods })
  }
  function rightsChanged(lines: Iterable<OwnLine>): void {
    rightsChanges += 1
    for (const line of lines) line.hangUp(4401, 'who is signed in here, or what they may do, has changed')
  }
  return {
    hub,
    published(id) {
      metrics.published()
      tellAll({ kind: 'article', id })
    },
    queueChanged: (site) => tellAll({ kind: 'queue', site }),
    inboxChanged(site, accountIds) {
      for (const account of accountIds) tellAll({ kind: 'inbox', site, account })
    },
    reacted(site, account, own) {
      const frame = JSON.stringify({ type: 'own', ...own } satisfies ServerFrame)
      tellAll({ kind: 'own', site, account, frame })
    },
    enter(siteId, line) {
      if (isDraining) return false
      open.add(line)
      if (line.accountId !== null) {
        readers.add(ownOf(siteId, line.accountId), line)
        signedIn.add(line.accountId, line)
      }
      return true
    },
    watchQueue: (siteId, line) => watchers.add(siteId, line),
    leave(siteId, line) {
      open.delete(line)
      watchers.remove(siteId, line)
      if (line.accountId === null) return
      readers.remove(ownOf(siteId, line.accountId), line)
      signedIn.remove(line.accountId, line)
    },
    async drain() {
      isDraining = true
      await sendAway(open)
    },
    isDraining: () => isDraining,
    lines: () => open.size,
    rightsChanges: () => rightsChanges,
    join: (url, redisUrl) =>
      join(db, { url, redisUrl }, relay, {
        heard({ kind, id }) {
          if (kind === 'rights') rightsChanged(signedIn.at(id))
          else if (kind === 'site') sites.forget(id)
          else rulesChanged(id).catch(onError)
        },
        told(from, words) {
          for (const word of words) tell(word, from)
        },
        missedSignals() {
          sites.forget()
          rightsChanged(signedIn.all())
          for (const siteId of hub.sitesRead()) rulesChanged(siteId).catch(onError)
        },
        missedWords() {
          snapshots.forgetAll()
          hub.wakeAll()
          hub.tellOthers()
          sendAll(watchers.all(), queueFrame)
          sendAll(readers.all(), inboxFrame)
        },
        async lookAround() {
          presence.sweep()
          hub.tellOthers()
          await hub.look((siteId, articleIds) => seqsOf(db, siteId, articleIds))
        },
        onError,
      }),
  }
}
