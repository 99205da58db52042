import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'

/**
 * Checks what must always hold of a site's discussions: every log counts 1, 2, 3… up to its article's number, and
 * the counts kept for speed are those of the comments and of the reactions.
 * @returns how many articles there are, and a line for each fault (fifty at most)
 */
export async function verifyLog(
  db: Database,
  siteId: string,
): Promise<{ articles: number; faults: string[] }> {
  const { rows } = await sql<{ fault: string }>`
    select 'article ' || article.id || ': the log does not count up to ' || article.seq as fault
    from article
    left join lateral (
      select count(*) as events, coalesce(max(seq), 0) as last from event
      where event.site_id = article.site_id and event.article_id = article.id
    ) as log on true
    where article.site_id = ${siteId} and (log.events <> article.seq or log.last <> article.seq)
    union all
    select 'thread ' || thread.id || ': counts ' || thread.comment_count || ' comments' from thread
    where thread.site_id = ${siteId} and thread.comment_count <> (
      select count(*) from comment
      where comment.site_id = thread.site_id and comment.thread_id = thread.id and comment.shown_revision is not null
    )
    union all
    select 'thread ' || thread.id || ': last comment at ' || coalesce(thread.last_at::text, 'no time') from thread
    where thread.site_id = ${siteId} and thread.last_at is distinct from (
      select max(comment.created_at) from comment
      where comment.site_id = thread.site_id and comment.thread_id = thread.id and comment.shown_revision is not null
    )
    union all
    select 'thread ' || thread.id || ': counts ' || kept.counts || ' reactions' from thread
    cross join lateral (
      select concat_ws(' ', agree_count, helpful_count, question_count, source_count) as counts
    ) as kept
    cross join lateral (
      select concat_ws(' ',
        count(*) filter (where kind = 'agree'), count(*) filter (where kind = 'helpful'),
        count(*) filter (where kind = 'question'), count(*) filter (where kind = 'source')
      ) as counts
      from reaction where reaction.site_id = thread.site_id and reaction.thread_id = thread.id
    ) as there
    where thread.site_id = ${siteId} and kept.counts <> there.counts
    union all
    select 'comment ' || parent.id || ': counts ' || parent.present_replies || ' replies' from comment as parent
    where parent.site_id = ${siteId} and parent.present_replies <> (
      select count(*) from comment as reply
      where reply.site_id = parent.site_id and reply.parent_id = parent.id
        and (reply.shown_revision is not null or reply.present_replies > 0)
    )
    limit 50
  `.execute(db)
  const { articles } = await db
    .selectFrom('article')
    .select((eb) => eb.fn.countAll<number>().as('articles'))
    .where('site_id', '=', siteId)
    .executeTakeFirstOrThrow()
  return { articles, faults: rows.map((row) => row.fault) }
}
