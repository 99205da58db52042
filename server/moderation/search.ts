import { sql } from 'kysely'
import type { RevisionState } from '../../core/contract/moderation.ts'
import type { ModeratedComment, ModeratedPage } from '../../core/contract/search.ts'
import type { TextBlock } from '../../core/contract/text.ts'
import { outward } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { toCursor } from '../http/page.ts'
import type { Actor } from '../people/index.ts'
import { may } from '../permissions.ts'
import { asModerator, excerptsOf, find, pageSize, textOf } from '../search/index.ts'
import { toPlainText } from '../text/index.ts'

type Row = Omit<ModeratedComment, 'state' | 'createdAt' | 'excerpt'> & {
  state: RevisionState
  created_at: Date
  body: TextBlock[] | null
}

/**
 * A page of what a moderator finds in the sections that are theirs.
 * @param before the last comment of the page before
 * @throws ProblemError `unavailable` when it takes too long
 */
export async function searchComments(
  db: Database,
  siteId: string,
  viewer: Actor,
  typed: string,
  before: string | undefined,
): Promise<ModeratedPage> {
  const sees = asModerator(may.moderateOnly(viewer))
  const found = await find(db, { siteId, articleId: null, typed, sees, before, limit: pageSize + 1 })
  const ids = found.comments.slice(0, pageSize)
  const rows = await read(db, siteId, ids)
  const excerpts = await excerptsOf(
    db,
    typed,
    rows.map(({ body, language, article }) =>
      textOf(body && toPlainText(body), language ?? article.language),
    ),
  )
  return {
    comments: rows.map(({ id, state, author, created_at, language, article, quote, waits }, nth) => ({
      ...{ id, author, language, article, quote, waits },
      state: outward[state],
      createdAt: created_at.toISOString(),
      excerpt: excerpts[nth] ?? [],
    })),
    next: toCursor(found.comments.length > pageSize ? (ids.at(-1) ?? null) : null),
  }
}

async function read(db: Database, siteId: string, ids: string[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select comment.id, latest.state, comment.created_at, latest.language, latest.body,
      case when account.erased_at is null then jsonb_build_object('id', account.id, 'name', account.name) end as author,
      jsonb_build_object(
        'id', article.id, 'title', article.title, 'url', article.url, 'language', article.language, 'direction', article.direction
      ) as article,
      thread.anchor #>> '{quote,exact}' as quote,
      exists (
        select from moderation_case as one
        where one.site_id = comment.site_id and one.comment_id = comment.id and one.status = 'open'
      ) as waits
    from comment
    join account on account.id = comment.author_id
    join thread on thread.site_id = comment.site_id and thread.id = comment.thread_id
    join article on article.site_id = comment.site_id and article.id = comment.article_id
    join comment_revision as latest on latest.site_id = comment.site_id and latest.comment_id = comment.id
      and latest.number = comment.latest_revision
    where comment.site_id = ${siteId} and comment.id = any(${ids}::uuid[])
    order by comment.id desc
  `.execute(db)
  return rows
}
