import { v7 as uuid } from 'uuid'
import { fingerprint } from '../../core/anchoring/fingerprint.ts'
import type { Database } from '../database/connect.ts'
import type { Site } from '../sites/index.ts'
import type { ImportedArticle } from './import/index.ts'

export interface SavedArticle {
  id: string
  slug: string
  revision: number
  /** False when the text was the same as the newest revision's. */
  changed: boolean
}

/**
 * Keeps an article's text as its next revision. Which article it is: the one at this address, else the one with
 * this short name, else a new one.
 * @param where.url the address on the publisher's site
 * @param where.slug the short name to use; made from the title where it is not given
 */
export async function saveArticle(
  db: Database,
  site: Site,
  article: ImportedArticle,
  where: { url?: string | undefined; slug?: string | undefined },
): Promise<SavedArticle> {
  const slug = where.slug ?? slugOf(article.title)
  const whole = fingerprint(article.blocks.map((block) => `${block.kind} ${block.text}`).join('\n'))
  return await db.transaction().execute(async (tx) => {
    const known = await tx
      .selectFrom('article')
      .select(['id', 'slug', 'revision'])
      .where('site_id', '=', site.id)
      .where((eb) =>
        where.url === undefined
          ? eb('slug', '=', slug)
          : eb.or([eb('url', '=', where.url), eb('slug', '=', slug)]),
      )
      .orderBy((eb) => eb(eb.ref('url'), 'is not distinct from', where.url ?? null), 'desc')
      .limit(1)
      .forUpdate()
      .executeTakeFirst()
    const about = {
      title: article.title,
      byline: article.byline,
      excerpt: article.excerpt,
      published_at: article.publishedAt === null ? null : new Date(article.publishedAt),
      language: article.language,
      direction: article.direction,
    }
    const id = known?.id ?? uuid()
    if (!known)
      await tx
        .insertInto('article')
        .values({ site_id: site.id, id, slug, url: where.url ?? null, ...about })
        .execute()
    const latest = await tx
      .selectFrom('article_revision')
      .select(['number', 'fingerprint'])
      .where('site_id', '=', site.id)
      .where('article_id', '=', id)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst()
    const changed = latest?.fingerprint !== whole
    const revision = changed ? (latest?.number ?? 0) + 1 : latest.number
    await tx
      .updateTable('article')
      .set({ ...about, revision, ...(where.url !== undefined && { url: where.url }) })
      .where('site_id', '=', site.id)
      .where('id', '=', id)
      .execute()
    if (changed) await addRevision(tx, site, id, revision, whole, article)
    return { id, slug: known?.slug ?? slug, revision, changed }
  })
}

async function addRevision(
  tx: Database,
  site: Site,
  articleId: string,
  number: number,
  whole: string,
  article: ImportedArticle,
): Promise<void> {
  await tx
    .insertInto('article_revision')
    .values({
      site_id: site.id,
      article_id: articleId,
      number,
      fingerprint: whole,
      report: JSON.stringify(article.report),
    })
    .execute()
  const rows = article.blocks.map((block, position) => ({
    site_id: site.id,
    article_id: articleId,
    revision: number,
    position,
    kind: block.kind,
    level: block.level ?? null,
    text: block.text,
    html: block.html,
    fingerprint: fingerprint(block.text),
  }))
  // A statement takes at most 65,535 parameters; an article may have many thousand blocks.
  for (let from = 0; from < rows.length; from += 1000) {
    await tx
      .insertInto('block')
      .values(rows.slice(from, from + 1000))
      .execute()
  }
}

/**
 * A short name for addresses, from a title in any script.
 * @example slugOf('What is the sea telling us?') // 'what-is-the-sea-telling-us'
 */
export function slugOf(title: string): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu)
  const slug = (words ?? []).join('-')
  return slug.slice(0, 80).replace(/-$/, '') || 'article'
}
