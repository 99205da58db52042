import { sql } from 'kysely'
import { validate } from 'uuid'
import type { ArticleHead, ArticleMarks, Mark } from '../../core/contract/articles.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError, fieldProblem } from '../http/problem.ts'
import type { Site } from '../sites/index.ts'

/** To be selected of `article`: when it came out; where that is not known, when it came here. */
export const publishedAt = sql<Date>`coalesce(article.published_at, article.created_at)`.as('publishedAt')

/**
 * An address on one of a site's origins, as articles are found by it.
 * @param also an origin that counts as the site's
 * @throws ProblemError `invalid-field`, `wrong-origin`
 */
export function addressOn(site: Site, url: string, also?: string): string {
  const address = canonical(url)
  if (address === null) throw fieldProblem('url', 'is not an http or https address')
  const { origin } = new URL(address)
  if (origin !== also && !site.origins.has(origin))
    throw new ProblemError('wrong-origin', `${origin} is not among the origins of the site ${site.slug}.`)
  return address
}

/** An article's address without what does not tell articles apart. */
export function canonical(url: string): string | null {
  if (!URL.canParse(url)) return null
  const address = new URL(url)
  if (address.protocol !== 'https:' && address.protocol !== 'http:') return null
  address.hash = ''
  return address.href
}

const headColumns = ['id', 'title', 'language', 'direction', 'seq'] as const

const urn = /^urn:uuid:([0-9a-f-]{36})$/

/** @returns the article at this address of the site, or the one of this URN (RFC 9562); or null */
export async function findArticle(db: Database, site: Site, url: string): Promise<ArticleHead | null> {
  const article = await db
    .selectFrom('article')
    .select(headColumns)
    .where('site_id', '=', site.id)
    .where((eb) => {
      const id = urn.exec(url)?.[1]
      return id !== undefined && validate(id) ? eb('id', '=', id) : eb('url', '=', canonical(url) ?? url)
    })
    .executeTakeFirst()
  return article ?? null
}

/**
 * The article of this id on a site: how far its log goes, and when it came out, or came here.
 * @throws ProblemError `not-found`
 */
export async function requireArticle(
  db: Database,
  siteId: string,
  articleId: string,
): Promise<{ id: string; seq: number; publishedAt: Date }> {
  const article = await db
    .selectFrom('article')
    .select(['id', 'seq', publishedAt])
    .where('site_id', '=', siteId)
    .where('id', '=', articleId)
    .executeTakeFirst()
  if (!article) throw new ProblemError('not-found', 'There is no such article on this site.')
  return article
}

/** The article at an address with what is said about each of its blocks: two queries. */
export async function readMarks(
  db: Database,
  site: Site,
  url: string,
): Promise<Pick<ArticleMarks, 'article' | 'marks'>> {
  const article = await findArticle(db, site, url)
  if (!article) return { article: null, marks: [] }
  // Where the thread is in the newest text it was carried to; as it was opened where there is none.
  const { rows } = await sql<Mark>`
    select coalesce(at.block ->> 'fingerprint', '') as fingerprint, coalesce((at.block ->> 'index')::int, -1) as index,
      count(*)::int as threads, sum(thread.comment_count)::int as comments,
      sum(thread.reaction_count)::int as reactions
    from thread
    join article on article.site_id = thread.site_id and article.id = thread.article_id
    left join placement on placement.site_id = article.site_id and placement.article_id = article.id
      and placement.revision = article.carried and placement.thread_id = thread.id
    cross join lateral (
      select case when placement.status is null then thread.anchor else placement.anchor end -> 'block' as block
    ) as at
    where thread.site_id = ${site.id} and thread.article_id = ${article.id} and (
      thread.comment_count > 0
      -- Without a comment, there is nothing to show of a passage that is gone.
      or (thread.reaction_count > 0 and placement.status is distinct from 'orphaned')
    )
    group by 1, 2
    order by 2
  `.execute(db)
  return { article, marks: rows }
}

/**
 * The texts of an article's blocks, none where the server has not read it.
 * @param revision the one that readers see now where none is given
 */
export async function blockTexts(
  db: Database,
  siteId: string,
  articleId: string,
  revision?: number,
): Promise<string[]> {
  const blocks = await db
    .selectFrom('block')
    .select('text')
    .where('site_id', '=', siteId)
    .where('article_id', '=', articleId)
    .where((eb) =>
      eb(
        'revision',
        '=',
        revision ??
          eb
            .selectFrom('article')
            .select('article.revision')
            .where('site_id', '=', siteId)
            .where('id', '=', articleId),
      ),
    )
    .orderBy('position')
    .execute()
  return blocks.map((block) => block.text)
}

/** The revision that readers see now, and the one that all threads were carried to; or null. */
export async function revisionsOf(db: Database, siteId: string, articleId: string) {
  const article = await db
    .selectFrom('article')
    .select(['revision', 'carried'])
    .where('site_id', '=', siteId)
    .where('id', '=', articleId)
    .executeTakeFirst()
  return article ?? null
}

/** The newest article of a site that is discussed and whose text is known, else the newest whose text is, to be read at `/a/SLUG`; or null. */
export async function newestReadable(
  db: Database,
  siteId: string,
): Promise<{ slug: string; title: string } | null> {
  const newest = db
    .selectFrom('article')
    .select(['slug', 'title'])
    .where('site_id', '=', siteId)
    .where('revision', '>', 0)
    .orderBy('id', 'desc')
    .limit(1)
  const discussed = await newest.where('seq', '>', 0).executeTakeFirst()
  return discussed ?? (await newest.executeTakeFirst()) ?? null
}

/** @returns an article of any site by its short name with its blocks, for reading; or null */
export async function readArticle(db: Database, slug: string) {
  const article = await db
    .selectFrom('article')
    .innerJoin('site', 'site.id', 'article.site_id')
    .select([
      'article.site_id',
      'article.id',
      'article.slug',
      'article.url',
      'article.title',
      'article.byline',
      'article.excerpt',
      'article.published_at',
      'article.language',
      'article.direction',
      'article.revision',
      'site.slug as site',
      'site.name as site_name',
    ])
    .where('article.slug', '=', slug)
    .where('article.revision', '>', 0)
    .orderBy('article.id')
    .limit(1)
    .executeTakeFirst()
  if (!article) return null
  const blocks = await db
    .selectFrom('block')
    .select(['kind', 'level', 'text', 'html'])
    .where('site_id', '=', article.site_id)
    .where('article_id', '=', article.id)
    .where('revision', '=', article.revision)
    .orderBy('position')
    .execute()
  return { ...article, blocks }
}
export type ReadableArticle = NonNullable<Awaited<ReturnType<typeof readArticle>>>
