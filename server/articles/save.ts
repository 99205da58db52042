import { createHash } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import type { SavedArticle } from '../../core/contract/articles.ts'
import type { Database } from '../database/connect.ts'
import { tellWebhooks } from '../jobs/index.ts'
import type { Site } from '../sites/index.ts'
import type { ImportedArticle } from './import/index.ts'
import { doubtOf } from './doubt.ts'
import { blockTexts, canonical } from './read.ts'
import { addRevision, revisionWith, showRevision, type ArticleKey } from './revisions.ts'

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
  where: Where,
): Promise<SavedArticle> {
  return await db.transaction().execute((tx) => saveWithin(tx, site, article, where))
}

/** `saveArticle`, as part of a transaction. */
export async function saveWithin(
  tx: Database,
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
  const at = { siteId: site.id, articleId: known.id }
  const found = await revisionWith(tx, at, whole)
  // Held before the text that readers see now, it is offered to nobody any more: it is judged anew.
  const same = found?.status === 'held' && found.number < known.revision ? null : found
  const isCurrent = same?.number === known.revision
  if (same && !isCurrent && same.status !== 'taken')
    return { id: known.id, slug: known.slug, revision: same.number, changed: false, doubt: same.doubt }
  const doubt = same || known.revision === 0 ? null : await doubtIn(tx, at, known.language, article)
  const revision = isCurrent ? known.revision : await addRevision(tx, at, article, { whole, doubt })
  const saved = { id: known.id, slug: known.slug, revision, changed: !isCurrent, doubt }
  if (doubt !== null) return saved
  await tx
    .updateTable('article')
    .set({ ...about, ...(where.url !== undefined && { url: where.url }) })
    .where('site_id', '=', site.id)
    .where('id', '=', known.id)
    .execute()
  if (!isCurrent) await showRevision(tx, at, revision)
  return saved
}

async function doubtIn(tx: Database, at: ArticleKey, language: string | null, article: ImportedArticle) {
  return doubtOf({ texts: await blockTexts(tx, at.siteId, at.articleId), language }, article)
}

async function lock(tx: Database, site: Site, slug: string, { url, slug: named }: Where) {
  return await tx
    .selectFrom('article')
    .select(['id', 'slug', 'revision', 'language'])
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
      .returning(['id', 'slug', 'revision', 'language'])
      .executeTakeFirst()
  const id = uuid()
  // Where another save has made the article since, it is that one; where an article elsewhere has the short name,
  // the end of the id keeps them apart.
  const made =
    (await insert(id, slug)) ??
    (await lock(tx, site, slug, where)) ??
    (await insert(id, `${slug}-${id.slice(-6)}`))
  if (!made) throw new Error(`the article ${slug} was not kept`)
  if (made.id === id) await tellWebhooks(tx, { siteId: site.id, type: 'article.created', subjectId: id })
  return made
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
