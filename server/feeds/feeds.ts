import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { addressOn } from '../articles/index.ts'
import { appendAudit } from '../audit/index.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import { lockSite, type Site } from '../sites/index.ts'

/** Feeds of one site; more are a mistake. */
const most = 20

/** A feed that is read for its site, and how that goes. */
export interface WatchedFeed {
  id: string
  url: string
  readAt: Date | null
  problem: string | null
  /** Pages that it lists, and those of them that wait to be looked at. */
  pages: number
  waiting: number
}

/** The feeds of a site, the oldest first. */
export async function feedsOf(db: Database, siteId: string): Promise<WatchedFeed[]> {
  const { rows } = await sql<WatchedFeed>`
    select id, url, read_at as "readAt", problem, coalesce(entries.pages, 0) as pages,
      coalesce(entries.waiting, 0) as waiting
    from feed left join (
      select feed_id, count(*)::int as pages, (count(*) filter (where looked_at is null))::int as waiting
      from feed_entry where site_id = ${siteId} group by feed_id
    ) as entries on entries.feed_id = feed.id
    where site_id = ${siteId} order by id
  `.execute(db)
  return rows
}

/**
 * Has a feed or sitemap read from now on, every ten minutes. One that is read already stays as it is.
 * @param by null for the command line
 * @throws ProblemError `invalid-field`, `wrong-origin`; `conflict` where the site has too many
 */
export async function addFeed(db: Database, site: Site, by: string | null, address: string): Promise<string> {
  const url = addressOn(site, address)
  return await db.transaction().execute(async (tx) => {
    await lockSite(tx, site.id)
    const feeds = await tx.selectFrom('feed').select(['id', 'url']).where('site_id', '=', site.id).execute()
    const known = feeds.find((feed) => feed.url === url)
    if (known) return known.id
    if (feeds.length >= most)
      throw new ProblemError('conflict', `There are ${most} feeds already. Drop one first.`)
    const id = uuid()
    await tx.insertInto('feed').values({ site_id: site.id, id, url }).execute()
    await appendAudit(tx, { siteId: site.id, actorId: by, action: 'add_feed', subject: { feed: id } })
    return id
  })
}

/**
 * Has a feed read no longer. The articles that came by it stay.
 * @throws ProblemError `not-found`
 */
export async function dropFeed(db: Database, site: Site, by: string | null, address: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const dropped = await tx
      .deleteFrom('feed')
      .where('site_id', '=', site.id)
      .where('url', '=', addressOn(site, address))
      .returning('id')
      .executeTakeFirst()
    if (!dropped) throw new ProblemError('not-found', `${address} is no feed that is read for this site.`)
    await appendAudit(tx, {
      siteId: site.id,
      actorId: by,
      action: 'drop_feed',
      subject: { feed: dropped.id },
    })
  })
}
