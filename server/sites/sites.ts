import type { Database } from '../database/connect.ts'

/** A publisher's site, with the origins that may embed it. */
export interface Site {
  id: string
  slug: string
  name: string
  origins: ReadonlySet<string>
  /** Whether one may comment with a name and no account. */
  takesGuests: boolean
}

/**
 * @param slug the site's short name, as it stands in the script tag
 * @returns the site with its origins in one query, or null
 */
export async function findSite(db: Database, slug: string): Promise<Site | null> {
  const rows = await db
    .selectFrom('site')
    .leftJoin('origin', 'origin.site_id', 'site.id')
    .select(['site.id', 'site.slug', 'site.name', 'site.takes_guests', 'origin.origin'])
    .where('site.slug', '=', slug)
    .execute()
  const first = rows[0]
  if (!first) return null
  return {
    id: first.id,
    slug: first.slug,
    name: first.name,
    origins: new Set(rows.flatMap((row) => (row.origin === null ? [] : [row.origin]))),
    takesGuests: first.takes_guests,
  }
}

/** Locks a site, so that what there may be only so much of on it is made by one at a time; its other rows can still name it. */
export async function lockSite(tx: Database, siteId: string): Promise<void> {
  await tx.selectFrom('site').select('id').where('id', '=', siteId).forNoKeyUpdate().execute()
}

/**
 * `findSite`, remembered for ten seconds: every request asks for its site, and sites change rarely.
 * Unknown slugs are not remembered, so made-up ones take no memory.
 */
export function rememberedSites(db: Database): {
  find: (slug: string) => Promise<Site | null>
  /** It has changed; without an id, any may have. */
  forget: (siteId?: string) => void
} {
  const known = new Map<string, { site: Site; until: number }>()
  return {
    async find(slug) {
      const entry = known.get(slug)
      if (entry && entry.until > Date.now()) return entry.site
      known.delete(slug)
      const site = await findSite(db, slug)
      if (site) known.set(slug, { site, until: Date.now() + 10_000 })
      return site
    },
    forget(siteId) {
      for (const [slug, { site }] of known) if (siteId === undefined || site.id === siteId) known.delete(slug)
    },
  }
}
