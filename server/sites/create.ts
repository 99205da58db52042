import { v7 as uuid } from 'uuid'
import type { Database } from '../database/connect.ts'
import { changeSite } from './change.ts'
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
    await tx
      .insertInto('site')
      .values({ id: uuid(), slug, name })
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .execute()
    const { id } = await tx.selectFrom('site').select('id').where('slug', '=', slug).executeTakeFirstOrThrow()
    await changeSite(tx, id, null, { version: null, name, origins })
    const site = await findSite(tx, slug)
    if (!site) throw new Error(`the site ${slug} is missing`)
    return site
  })
}
