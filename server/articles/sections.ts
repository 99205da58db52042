import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../database/connect.ts'

/** The path of an article's address; empty where it has none. */
export const pathOfArticle = sql<string>`coalesce(substring(article.url from '^[^:]+://[^/?#]*([^?#]*)'), '')`

/**
 * Whether an article is in one of these sections: its path is a section's, or goes on from there.
 * @param sections paths that end in a slash; null: all of the site
 * @param one the name that the query has for the table that refers to the article
 */
export const isInSections = (sections: readonly string[] | null, one: string): RawBuilder<boolean> =>
  sections === null
    ? sql`true`
    : sql`exists (
        select from article
        where article.site_id = ${sql.ref(`${one}.site_id`)} and article.id = ${sql.ref(`${one}.article_id`)}
          and exists (
            select from unnest(${sections}::text[]) as section (path) where starts_with(${pathOfArticle} || '/', section.path)
          )
      )`

/** The same of one article; without a query where there are no limits. */
export async function isArticleIn(
  db: Database,
  at: { siteId: string; articleId: string },
  sections: readonly string[] | null,
): Promise<boolean> {
  if (sections === null) return true
  const { rows } = await sql`
    select from (select ${at.siteId}::uuid as site_id, ${at.articleId}::uuid as article_id) as one
    where ${isInSections(sections, 'one')}
  `.execute(db)
  return rows.length > 0
}

/**
 * A section as it is kept.
 * @param path as somebody types it: `/sport`
 * @returns `/sport/`; null where it is no path
 */
export function toSection(path: string): string | null {
  return /^\/[^\s?#]{0,198}$/.test(path) ? path.replace(/\/*$/, '/') : null
}
