import type { OrphanPage } from '../../core/contract/passages.ts'
import { isInSections } from '../articles/index.ts'
import type { Database } from '../database/connect.ts'
import { toCursor } from '../http/page.ts'
import type { Actor } from '../people/index.ts'
import { may } from '../permissions.ts'

const excerptLength = 120
const excerpt = (text: string) =>
  text.length <= excerptLength ? text : `${text.slice(0, excerptLength).trimEnd()}…`

/** A page of a site's threads whose passage is gone from the newest text, of one article or of all
 * that are the viewer's to moderate, oldest first. */
export async function listOrphans(
  db: Database,
  siteId: string,
  viewer: Actor,
  articleId: string | undefined,
  page: { after: string | undefined; limit: number },
): Promise<OrphanPage> {
  const rows = await db
    .selectFrom('placement')
    .innerJoin('thread', (join) =>
      join.onRef('thread.site_id', '=', 'placement.site_id').onRef('thread.id', '=', 'placement.thread_id'),
    )
    .innerJoin('article', (join) =>
      join
        .onRef('article.site_id', '=', 'thread.site_id')
        .onRef('article.id', '=', 'thread.article_id')
        .onRef('article.carried', '=', 'placement.revision'),
    )
    .leftJoin('block', (join) =>
      join
        .onRef('block.site_id', '=', 'thread.site_id')
        .onRef('block.article_id', '=', 'thread.article_id')
        .onRef('block.revision', '=', 'placement.revision')
        .onRef('block.position', '=', 'placement.section'),
    )
    .select([
      'thread.id',
      'thread.anchor',
      'thread.comment_count',
      'thread.created_at',
      'article.id as article_id',
      'article.title',
      'article.url',
      'article.slug',
      'block.text as section',
    ])
    .where('placement.site_id', '=', siteId)
    .where('placement.status', '=', 'orphaned')
    .where('thread.comment_count', '>', 0)
    .where(isInSections(may.moderateOnly(viewer), 'thread'))
    .$if(articleId !== undefined, (query) => query.where('thread.article_id', '=', articleId ?? ''))
    .$if(page.after !== undefined, (query) => query.where('thread.id', '>', page.after ?? ''))
    .orderBy('thread.id')
    .limit(page.limit + 1)
    .execute()
  const here = rows.slice(0, page.limit)
  const last = rows.length > page.limit ? here.at(-1) : undefined
  return {
    orphans: here.map((row) => ({
      threadId: row.id,
      article: { id: row.article_id, title: row.title, url: row.url, slug: row.slug },
      quote: row.anchor?.quote.exact ?? '',
      section: excerpt(row.section ?? ''),
      comments: row.comment_count,
      createdAt: row.created_at.toISOString(),
    })),
    next: toCursor(last?.id ?? null),
  }
}
