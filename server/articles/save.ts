import { createHash } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { fingerprint } from '../../core/anchoring/fingerprint.ts'
import type { Database } from '../database/connect.ts'
import type { Site } from '../sites/index.ts'
import type { ImportedArticle } from './import/index.ts'
import { canonical } from './read.ts'

export interface SavedArticle {
  id: string
  slug: string
  revision: number
  /** False when the text was the same as the newest revision's. */
  changed: boolean
}

/** Where an article stands: its address on the publisher's site, and its short name here. */
interface Where {
  url?: string | undefined
  /** Made from the title where it is not given. */
  slug?: string | undefined
}

/**
 * Keeps an article's text as its next revision. Which article it is: the one at this address, else the one with
 * this short name, else a new one. A short name made from the title is not taken for that of an article at another
 * address: titles repeat.
 */
export async function saveArticle(
  db: Database,
  site: Site,
  article: ImportedArticle,
  { url: address, slug: named }: Where,
): Promise<SavedArticle> {
  // As the embed asks for it.
  const where = { url: address === undefined ? undefined : (canonical(address) ?? address), slug: named }
  // By every sign of it, not by its words as anchors compare them: a mended quote sign is a change to keep.
  const whole = createHash('sha256')
    .update(JSON.stringify(article.blocks.map(({ kind, level, text, html }) => [kind, level, text, html])))
    .digest('base64url')
  return await db.transaction().execute(async (tx) => {
    const about = {
      title: article.title,
      byline: article.byline,
      excerpt: article.excerpt,
      published_at: article.publishedAt === null ? null : new Date(article.publishedAt),
      language: article.language,
      direction: article.direction,
    }
    const slug = where.slug ?? slugOf(article.title)
    const known = (await lock(tx, site, slug, where)) ?? (await create(tx, site, slug, article.title, where))
    const { id } = known
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
    return { id, slug: known.slug, revision, changed }
  })
}

async function lock(tx: Database, site: Site, slug: string, { url, slug: named }: Where) {
  return await tx
    .selectFrom('article')
    .select(['id', 'slug'])
    .where('site_id', '=', site.id)
    .where((eb) => {
      const isNamed = eb('slug', '=', slug)
      if (url === undefined) return isNamed
      return eb.or([eb('url', '=', url), named === undefined ? isNamed.and('url', 'is', null) : isNamed])
    })
    .orderBy((eb) => eb(eb.ref('url'), 'is not distinct from', url ?? null), 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
}

async function create(tx: Database, site: Site, slug: string, title: string, where: Where) {
  const insert = async (id: string, name: string) =>
    await tx
      .insertInto('article')
      .values({ site_id: site.id, id, slug: name, url: where.url ?? null, title })
      .onConflict((conflict) => conflict.doNothing())
      .returning(['id', 'slug'])
      .executeTakeFirst()
  const id = uuid()
  // Where another save has made the article since, it is that one; where an article elsewhere has the short name,
  // the end of the id keeps them apart.
  const made =
    (await insert(id, slug)) ??
    (await lock(tx, site, slug, where)) ??
    (await insert(id, `${slug}-${id.slice(-6)}`))
  if (!made) throw new Error(`the article ${slug} was not kept`)
  return made
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
