import { v7 as uuid } from 'uuid'
import type { Database } from '../database/connect.ts'
import { addOrigins, changeSite, originsIn } from './change.ts'
import { findSite, type Site } from './sites.ts'

/** What the command line says of a site; what it does not say stays as it is. */
export interface SiteGiven {
  slug: string
  name?: string | undefined
  origins?: string[] | undefined
  takesGuests?: boolean | undefined
}

/**
 * Creates a site, or changes the one with this slug, as the command line does.
 * A new one has its short name as its name, no origins, and takes no guests, where nothing else is said.
 * @throws ProblemError `invalid-field` naming the origin that is none
 */
export async function createSite(
  db: Database,
  { slug, name, origins, takesGuests }: SiteGiven,
): Promise<Site> {
  return await db.transaction().execute(async (tx) => {
    const made = await tx
      .insertInto('site')
      .values({ id: uuid(), slug, name: name ?? slug, takes_guests: takesGuests ?? false })
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (made) await addOrigins(tx, made.id, [...originsIn(origins ?? [])])
    const site = await findSite(tx, slug)
    if (!site) throw new Error(`the site ${slug} is missing`)
    if (made) return site
    const wanted = { name: name ?? site.name, origins: origins ?? [...site.origins] }
    await changeSite(tx, site.id, null, { ...wanted, version: null, takesGuests: takesGuests ?? null })
    return (await findSite(tx, slug)) ?? site
  })
}
