import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { mostSavedFilters, type NewSavedFilter, type SavedFilter } from '../../core/contract/bulk.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError, fieldProblem } from '../http/problem.ts'
import { lockSite } from '../sites/index.ts'

/** The filters that a site's moderators keep, by name. */
export async function savedFilters(db: Database, siteId: string): Promise<SavedFilter[]> {
  const rows = await db
    .selectFrom('saved_filter')
    .select(['id', 'name', 'filter'])
    .where('site_id', '=', siteId)
    .orderBy('name')
    .limit(mostSavedFilters)
    .execute()
  return rows.map(({ id, name, filter }) => ({ id, name, ...filter }))
}

/**
 * Keeps a filter for all who moderate the site; in place of one of the same name.
 * @throws ProblemError `conflict` where the site has thirty already
 */
export async function saveFilter(
  db: Database,
  siteId: string,
  by: string,
  { name: written, ...filter }: NewSavedFilter,
): Promise<SavedFilter> {
  const name = written.trim()
  if (Object.keys(filter.filter).length === 0 && filter.queue === 'all')
    throw fieldProblem('filter', 'choose a queue or something to filter by first')
  return await db.transaction().execute(async (tx) => {
    // One at a time on a site, so that two at once are not more than there may be.
    await lockSite(tx, siteId)
    const others = await tx
      .selectFrom('saved_filter')
      .select('id')
      .where('site_id', '=', siteId)
      .where(sql<boolean>`lower(name) <> lower(${name})`)
      .limit(mostSavedFilters)
      .execute()
    if (others.length >= mostSavedFilters)
      throw new ProblemError('conflict', `The site keeps ${mostSavedFilters} filters. Delete one first.`)
    const { id } = await tx
      .insertInto('saved_filter')
      .values({ site_id: siteId, id: uuid(), name, filter: JSON.stringify(filter), made_by: by })
      .onConflict((conflict) =>
        conflict
          .expression(sql`site_id, lower(name)`)
          .doUpdateSet({ name, filter: JSON.stringify(filter), made_by: by }),
      )
      .returning('id')
      .executeTakeFirstOrThrow()
    return { id, name, ...filter }
  })
}

/** @throws ProblemError `not-found` */
export async function deleteFilter(db: Database, siteId: string, id: string): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('saved_filter')
    .where('site_id', '=', siteId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw new ProblemError('not-found', 'There is no such filter on this site.')
}
