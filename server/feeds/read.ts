import { sql, type UpdateObject } from 'kysely'
import { canonical, lookAtAddress } from '../articles/index.ts'
import type { Database } from '../database/connect.ts'
import type { Schema } from '../database/schema.ts'
import { FetchError, fetchPage, validatorsOf, type Reach } from '../http/fetch-page.ts'
import { findSite, type Site } from '../sites/index.ts'
import { keepEntries, looked, waiting, type FeedKey } from './entries.ts'
import { parseFeed, type Entry, type Feed } from './parse.ts'

/** Minutes between two readings of one feed; after failures twice as long each time, up to a day. */
const pause = 10
const longestPause = 24 * 60
/** So many pages are fetched after one reading, one after another; what is left waits a minute. */
const mostPages = 20
/** So many sitemaps of an index are read at once, the last changed first. */
const mostSitemaps = 20
/** A server that fails so often in a row is left alone until the next reading. */
const mostFailures = 3

/** Which feeds are to be read now, up to a hundred. */
export async function dueFeeds(db: Database): Promise<FeedKey[]> {
  return await db
    .selectFrom('feed')
    .select(['site_id as siteId', 'id as feedId'])
    .where('next_at', '<=', sql<Date>`now()`)
    .orderBy('next_at')
    .limit(100)
    .execute()
}

/**
 * Reads a feed, and fetches the pages in it that are new or have changed, one after another. What stands in the way is noted, and
 * tried again later.
 * @param rules which addresses of the network may be connected to, where it is not all public ones
 */
export async function readFeed(db: Database, key: FeedKey, rules: Reach = {}): Promise<void> {
  const feed = await feedOf(db, key)
  const site = feed && (await findSite(db, feed.slug))
  if (!site) return
  try {
    const told = await fetchFeed(feed.url, site, feed, rules)
    if (told)
      await keepEntries(db, key, told.entries, { isFirst: feed.read_at === null, isWhole: told.isWhole })
    await note(db, key, { read_at: new Date(), problem: null, failures: 0, ...told?.said })
  } catch (error) {
    if (!(error instanceof FetchError)) throw error
    const failures = feed.failures + 1
    const wait = Math.min(longestPause, pause * 2 ** failures)
    return await note(db, key, { problem: error.message, failures, next_at: inMinutes(wait) })
  }
  const isDone = await lookAtEntries(db, key, site, rules)
  await note(db, key, { next_at: inMinutes(isDone ? pause : 1) })
}

const inMinutes = (minutes: number) => sql<Date>`now() + make_interval(mins => ${minutes})`

async function feedOf(db: Database, { siteId, feedId }: FeedKey) {
  return await db
    .selectFrom('feed')
    .innerJoin('site', 'site.id', 'feed.site_id')
    .select(['feed.url', 'feed.etag', 'feed.last_modified as lastModified', 'feed.read_at', 'feed.failures'])
    .select('site.slug')
    .where('feed.site_id', '=', siteId)
    .where('feed.id', '=', feedId)
    .executeTakeFirst()
}

async function note(
  db: Database,
  { siteId, feedId }: FeedKey,
  what: UpdateObject<Schema, 'feed'>,
): Promise<void> {
  await db.updateTable('feed').set(what).where('site_id', '=', siteId).where('id', '=', feedId).execute()
}

/** What a feed lists of its site's own pages. */
interface Told {
  entries: Entry[]
  /** Whether these are all that it has. */
  isWhole: boolean
  said: ReturnType<typeof validatorsOf>
}

/** @returns null where it has not changed */
async function fetchFeed(
  url: string,
  site: Site,
  known: { etag: string | null; lastModified: string | null; read_at: Date | null },
  rules: Reach,
): Promise<Told | null> {
  const page = await fetchPage(url, { ...rules, origins: site.origins, as: 'feed', known })
  if (!page) return null
  const feed = await parsed(page)
  const isWhole = feed.kind !== 'sitemap index'
  const listed = isWhole ? feed.entries : await readSitemaps(feed.entries, site, known.read_at, rules)
  return { entries: ownPages(listed, site), isWhole, said: validatorsOf(page) }
}

async function parsed({ url, source }: { url: string; source: string }): Promise<Feed> {
  const feed = await parseFeed(source, url)
  if (!feed) throw new FetchError('type', `${url} is no RSS or Atom feed, and no sitemap.`)
  return feed
}

/** The pages in the sitemaps of an index that have changed since it was last read. One index within another is not read. */
async function readSitemaps(
  sitemaps: Entry[],
  site: Site,
  since: Date | null,
  rules: Reach,
): Promise<Entry[]> {
  const changed = sitemaps
    .filter(({ changedAt }) => since === null || changedAt === null || changedAt > since)
    .toSorted((a, b) => (b.changedAt?.getTime() ?? 0) - (a.changedAt?.getTime() ?? 0))
  const entries: Entry[] = []
  for (const { url } of changed.slice(0, mostSitemaps)) {
    const page = await fetchPage(url, { ...rules, origins: site.origins, as: 'feed' })
    const feed = page && (await parsed(page))
    if (feed?.kind === 'sitemap') entries.push(...feed.entries)
  }
  return entries
}

function ownPages(entries: Entry[], site: Site): Entry[] {
  return entries.flatMap(({ url, changedAt }) => {
    const address = canonical(url)
    return address !== null && site.origins.has(new URL(address).origin) ? [{ url: address, changedAt }] : []
  })
}

/** @returns whether none is left that waits */
async function lookAtEntries(db: Database, key: FeedKey, site: Site, rules: Reach): Promise<boolean> {
  const urls = await waiting(db, key, mostPages + 1)
  let failures = 0
  for (const url of urls.slice(0, mostPages)) {
    const look = await lookAtAddress(db, site, url, rules)
    // Looked at a moment ago: what the feed tells may be newer, so it is looked at again when that is over.
    if (look === 'later') continue
    await looked(db, key, url, look.problem)
    failures = look.isReached ? 0 : failures + 1
    if (failures === mostFailures) return true
  }
  return urls.length <= mostPages
}
