import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'
import { FetchError, fetchPage, validatorsOf, type FetchRules, type Reach } from '../http/fetch-page.ts'
import { addJob } from '../jobs/index.ts'
import { findSite, type Site } from '../sites/index.ts'
import { importApart } from './import/apart.ts'
import { ImportError } from './import/index.ts'
import { findArticle } from './read.ts'
import type { ArticleKey } from './revisions.ts'
import { saveArticle } from './save.ts'

/** Seconds between two looks at one page, however often it is asked for. */
const pause = 10 * 60

/**
 * Has the server look at an article's page, in a job, because something of it is new: a reader's word is no text, but a
 * reason to look. Where the last look is less than ten minutes ago, it waits until they are over.
 */
export async function askForLook(tx: Database, at: ArticleKey): Promise<void> {
  const last = await tx
    .selectFrom('article_look')
    .select(sql<number>`greatest(0, ${pause} - extract(epoch from now() - looked_at))::float8`.as('wait'))
    .where('site_id', '=', at.siteId)
    .where('article_id', '=', at.articleId)
    .executeTakeFirst()
  await addJob(tx, 'look', at, { queue: at.articleId, delay: last?.wait ?? 0 })
}

/**
 * Fetches an article's page, where it has one and was not looked at for ten minutes, and keeps its text: as the next revision
 * where it is another. What stood in the way is noted, and tried again when somebody asks the next time.
 * @param rules which addresses of the network may be connected to, where it is not all public ones
 */
export async function lookAtPage(db: Database, at: ArticleKey, rules: Reach = {}): Promise<Look> {
  const found = await pageOf(db, at)
  const known = found && (await takeTurn(db, at))
  return known ? await look(db, found.site, found.url, { at, known, rules }) : 'later'
}

/**
 * Looks at a page of a site's, as {@link lookAtPage} does where there is an article at that address; else it becomes one.
 */
export async function lookAtAddress(db: Database, site: Site, url: string, rules: Reach = {}): Promise<Look> {
  const article = await findArticle(db, site, url)
  return article
    ? await lookAtPage(db, { siteId: site.id, articleId: article.id }, rules)
    : await look(db, site, url, { at: null, known: null, rules })
}

/** What came of a look: what stood in the way, and whether the page answered at all; or that it is too soon for one. */
export type Look = { problem: string | null; isReached: boolean } | 'later'

async function look(
  db: Database,
  site: Site,
  url: string,
  { at, known, rules }: { at: ArticleKey | null; known: FetchRules['known'] | null; rules: Reach },
): Promise<Look> {
  try {
    const page = await fetchPage(url, { ...rules, origins: site.origins, ...(known && { known }) })
    if (!page) return { problem: null, isReached: true }
    const article = await importApart({ source: page.source, format: 'html', url: page.url })
    const { id } = await saveArticle(db, site, article, { url })
    await note(db, { siteId: site.id, articleId: id }, { ...validatorsOf(page), problem: null })
    return { problem: null, isReached: true }
  } catch (error) {
    if (!(error instanceof FetchError || error instanceof ImportError)) throw error
    if (at) await note(db, at, { problem: error.message })
    return { problem: error.message, isReached: !(error instanceof FetchError && error.kind === 'network') }
  }
}

async function pageOf(db: Database, at: ArticleKey): Promise<{ url: string; site: Site } | null> {
  const article = await db
    .selectFrom('article')
    .innerJoin('site', 'site.id', 'article.site_id')
    .select(['article.url', 'site.slug'])
    .where('article.site_id', '=', at.siteId)
    .where('article.id', '=', at.articleId)
    .executeTakeFirst()
  const site = article && (await findSite(db, article.slug))
  return site && article.url !== null ? { url: article.url, site } : null
}

/** @returns what the page said of itself the last time; null where that is too short ago */
async function takeTurn(db: Database, at: ArticleKey) {
  const turn = await db
    .insertInto('article_look')
    .values({ site_id: at.siteId, article_id: at.articleId })
    .onConflict((conflict) =>
      conflict
        .columns(['site_id', 'article_id'])
        .doUpdateSet({ looked_at: sql<Date>`now()` })
        .where('article_look.looked_at', '<=', sql<Date>`now() - make_interval(secs => ${pause})`),
    )
    .returning(['etag', 'last_modified as lastModified'])
    .executeTakeFirst()
  return turn ?? null
}

async function note(
  db: Database,
  at: ArticleKey,
  what: { etag?: string | null; last_modified?: string | null; problem: string | null },
): Promise<void> {
  await db
    .insertInto('article_look')
    .values({ site_id: at.siteId, article_id: at.articleId, ...what })
    .onConflict((conflict) => conflict.columns(['site_id', 'article_id']).doUpdateSet(what))
    .execute()
}
