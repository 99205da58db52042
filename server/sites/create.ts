import { v7 as uuid } from 'uuid'
import type { Database } from '../database/connect.ts'
import { addOrigins, changeSite, originsIn } from './change.ts'
import { findSite, type Site } from './sites.ts'

/**
 * Creates a site, or changes name and origins of the one with this slug, as the command line does.
 * @throws ProblemError `invalid-field` naming the origin that is none
 */
export async function createSite(
  db: Database,
  { slug, name, origins }: { slug: string; name: string; origins: string[] },
): Promise<Site> {
  return await db.transaction().execute(async (tx) => {
    const made = await tx
      .insertInto('site')
      .values({ id: uuid(), slug, name })
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (made) await addOrigins(tx, made.id, [...originsIn(origins)])
    const site = await findSite(tx, slug)
    if (!site) throw new Error(`the site ${slug} is missing`)
    if (made) return site
    await changeSite(tx, site.id, null, { version: null, name, origins })
    return { ...site, name: name.trim(), origins: originsIn(origins) }
  })
}
