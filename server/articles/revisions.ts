import type { HeldRevision } from '../../core/contract/passages.ts'
import { fingerprint } from '../../core/anchoring/fingerprint.ts'
import type { Database } from '../database/connect.ts'
import { addJob, tellWebhooks } from '../jobs/index.ts'
import type { ImportedArticle } from './import/index.ts'

/** An article of a site. */
export interface ArticleKey {
  siteId: string
  articleId: string
}

/** Adds a text as an article's next revision; with a doubt, as one that waits for its publisher. @returns its number */
export async function addRevision(
  tx: Database,
  at: ArticleKey,
  article: ImportedArticle,
  { whole, doubt }: { whole: string; doubt: string | null },
): Promise<number> {
  const { last } = await tx
    .selectFrom('article_revision')
    .select((eb) => eb.fn.coalesce(eb.fn.max('number'), eb.lit(0)).as('last'))
    .where('site_id', '=', at.siteId)
    .where('article_id', '=', at.articleId)
    .executeTakeFirstOrThrow()
  const number = last + 1
  await tx
    .insertInto('article_revision')
    .values({
      site_id: at.siteId,
      article_id: at.articleId,
      number,
      fingerprint: whole,
      report: JSON.stringify(article.report),
      status: doubt === null ? 'taken' : 'held',
      doubt,
    })
    .execute()
  const rows = article.blocks.map((block, position) => ({
    site_id: at.siteId,
    article_id: at.articleId,
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
  return number
}

/** The newest revision with this very text, or null. */
export async function revisionWith(tx: Database, at: ArticleKey, whole: string) {
  const found = await tx
    .selectFrom('article_revision')
    .select(['number', 'status', 'doubt'])
    .where('site_id', '=', at.siteId)
    .where('article_id', '=', at.articleId)
    .where('fingerprint', '=', whole)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return found ?? null
}

/**
 * Makes a revision the one that readers see; the threads follow in a job, where there are any.
 * @param at an article that the caller has locked for update, so that no thread is opened meanwhile
 */
export async function showRevision(tx: Database, at: ArticleKey, number: number): Promise<void> {
  const thread = await tx
    .selectFrom('thread')
    .select('id')
    .where('site_id', '=', at.siteId)
    .where('article_id', '=', at.articleId)
    .limit(1)
    .executeTakeFirst()
  await tx
    .updateTable('article')
    .set({ revision: number, ...(!thread && { carried: number }) })
    .where('site_id', '=', at.siteId)
    .where('id', '=', at.articleId)
    .execute()
  if (thread) await addJob(tx, 'carry', at, { queue: at.articleId })
  await tellWebhooks(tx, { siteId: at.siteId, type: 'article.revised', subjectId: at.articleId })
}

/**
 * Decides about a revision that was held: taken, it is the article's text from now on; dropped, it is kept and never shown.
 * @returns false where the article has no such revision that waits, or has a newer one already
 */
export async function decideRevision(
  db: Database,
  at: ArticleKey,
  number: number,
  status: 'taken' | 'dropped',
): Promise<boolean> {
  return await db.transaction().execute(async (tx) => {
    const article = await tx
      .selectFrom('article')
      .select('revision')
      .where('site_id', '=', at.siteId)
      .where('id', '=', at.articleId)
      .forUpdate()
      .executeTakeFirst()
    if (!article || article.revision > number) return false
    const decided = await tx
      .updateTable('article_revision')
      .set({ status })
      .where('site_id', '=', at.siteId)
      .where('article_id', '=', at.articleId)
      .where('number', '=', number)
      .where('status', '=', 'held')
      .returning('number')
      .executeTakeFirst()
    if (decided && status === 'taken') await showRevision(tx, at, number)
    return decided !== undefined
  })
}

const beginningLength = 200

/**
 * The revisions of a site that wait for their publisher, oldest first; a hundred at most.
 * @param slug of one article only
 */
export async function heldRevisions(db: Database, siteId: string, slug?: string): Promise<HeldRevision[]> {
  const rows = await db
    .selectFrom('article_revision')
    .innerJoin('article', (join) =>
      join
        .onRef('article.site_id', '=', 'article_revision.site_id')
        .onRef('article.id', '=', 'article_revision.article_id')
        .onRef('article.revision', '<', 'article_revision.number'),
    )
    .leftJoin('block', (join) =>
      join
        .onRef('block.site_id', '=', 'article_revision.site_id')
        .onRef('block.article_id', '=', 'article_revision.article_id')
        .onRef('block.revision', '=', 'article_revision.number')
        .on('block.position', '=', 0),
    )
    .select(['article.id', 'article.slug', 'article.title', 'article_revision.number'])
    .select(['article_revision.doubt', 'article_revision.created_at', 'block.text'])
    .where('article_revision.site_id', '=', siteId)
    .where('article_revision.status', '=', 'held')
    .$if(slug !== undefined, (query) => query.where('article.slug', '=', slug ?? ''))
    .orderBy('article_revision.created_at')
    .limit(100)
    .execute()
  return rows.map(({ id, slug, title, number, doubt, created_at, text }) => ({
    article: { id, slug, title },
    revision: number,
    doubt: doubt ?? '',
    beginning: (text ?? '').slice(0, beginningLength),
    createdAt: created_at.toISOString(),
  }))
}
