import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'
import type { CommentEventKind } from '../database/schema.ts'

/** A visible change of one comment, before it has a number. */
export interface Happening {
  kind: CommentEventKind
  commentId: string
}

/**
 * Appends to an article's event log and keeps its thread's count. The numbers are taken from the article's row, so
 * they have no gaps and stand in the order of the commits. Call it last in a transaction: until the commit, nobody
 * else can write to this article. Who locks more than one of them takes the site's audit log first, then the thread,
 * then its article: so nobody waits in a circle.
 * @param happenings at least one, in order
 * @returns the number of the last one
 */
export async function appendEvents(
  tx: Database,
  at: { siteId: string; articleId: string; threadId: string },
  happenings: Happening[],
  countChange: number,
): Promise<number> {
  const kinds = happenings.map((happening) => happening.kind)
  const comments = happenings.map((happening) => happening.commentId)
  const { rows } = await sql<{ seq: number }>`
    with count as (
      update thread set comment_count = comment_count + ${countChange}
      where site_id = ${at.siteId} and id = ${at.threadId} and ${countChange} <> 0
      returning id
    ), head as (
      update article set seq = seq + ${happenings.length}
      where site_id = ${at.siteId} and id = ${at.articleId} and (select count(*) from count) >= 0
      returning seq
    )
    insert into event (site_id, article_id, seq, kind, comment_id)
    select ${at.siteId}, ${at.articleId}, head.seq - ${happenings.length} + happening.place, happening.kind, happening.comment_id
    from head, unnest(${kinds}::text[], ${comments}::uuid[]) with ordinality as happening (kind, comment_id, place)
    returning seq
  `.execute(tx)
  return Math.max(...rows.map((row) => row.seq))
}

/**
 * Appends what happens to an article's text, or to where one of its threads is. Call it last in a transaction, like
 * `appendEvents`.
 * @param about `revised`: the threads are carried to a new revision; `placed`: somebody has put one thread right
 */
export async function appendTextEvent(
  tx: Database,
  at: { siteId: string; articleId: string },
  about: { kind: 'revised' } | { kind: 'placed'; threadId: string },
): Promise<void> {
  const { seq } = await tx
    .updateTable('article')
    .set((eb) => ({ seq: eb('seq', '+', 1) }))
    .where('site_id', '=', at.siteId)
    .where('id', '=', at.articleId)
    .returning('seq')
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('event')
    .values({
      site_id: at.siteId,
      article_id: at.articleId,
      seq,
      kind: about.kind,
      comment_id: null,
      thread_id: about.kind === 'placed' ? about.threadId : null,
    })
    .execute()
}
