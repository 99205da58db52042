import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'
import type { Entry } from './parse.ts'

export interface FeedKey {
  siteId: string
  feedId: string
}

/** Days back from the first reading: what is older is left to readers, who bring up what they discuss. */
const firstDays = 7

/**
 * Keeps what a feed lists now: what is new or has a later date waits to be looked at.
 * @param isFirst whether it is read for the first time: then what is older than a week does not wait
 * @param isWhole whether it lists all that it has, so that what it had before is forgotten
 */
export async function keepEntries(
  tx: Database,
  { siteId, feedId }: FeedKey,
  entries: Entry[],
  { isFirst, isWhole }: { isFirst: boolean; isWhole: boolean },
): Promise<void> {
  const newest = new Map<string, Date | null>()
  for (const { url, changedAt } of entries) {
    const known = newest.get(url)
    if (!newest.has(url) || (changedAt && (!known || changedAt > known))) newest.set(url, changedAt)
  }
  const urls = [...newest.keys()]
  const dates = [...newest.values()].map((date) => date?.toISOString() ?? null)
  await sql`
    insert into feed_entry (site_id, feed_id, url, changed_at, looked_at)
    select ${siteId}, ${feedId}, entry.url, entry.at,
      case when ${isFirst} and entry.at < now() - make_interval(days => ${firstDays}) then now() end
    from unnest(${urls}::text[], ${dates}::timestamptz[]) as entry (url, at)
    on conflict (site_id, feed_id, url) do update set changed_at = excluded.changed_at, looked_at = null
      where excluded.changed_at > coalesce(feed_entry.changed_at, feed_entry.looked_at)
  `.execute(tx)
  if (isWhole)
    await sql`
      delete from feed_entry where site_id = ${siteId} and feed_id = ${feedId} and url <> all (${urls}::text[])
    `.execute(tx)
}

/** Addresses that wait to be looked at, the newest first. */
export async function waiting(db: Database, { siteId, feedId }: FeedKey, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('feed_entry')
    .select('url')
    .where('site_id', '=', siteId)
    .where('feed_id', '=', feedId)
    .where('looked_at', 'is', null)
    .orderBy('changed_at', (order) => order.desc().nullsLast())
    .limit(limit)
    .execute()
  return rows.map(({ url }) => url)
}

/** Notes that the page of an entry was looked at, and what stood in the way. */
export async function looked(
  db: Database,
  { siteId, feedId }: FeedKey,
  url: string,
  problem: string | null,
): Promise<void> {
  await db
    .updateTable('feed_entry')
    .set({ looked_at: new Date(), problem })
    .where('site_id', '=', siteId)
    .where('feed_id', '=', feedId)
    .where('url', '=', url)
    .execute()
}
