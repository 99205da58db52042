import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'
import type { CommentEventKind, EventKind, ThreadEventKind } from '../database/schema.ts'

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

/** Appends that an article's threads were carried to a new text. Call it last in a transaction, like `appendEvents`. */
export async function appendTextEvent(
  tx: Database,
  at: { siteId: string; articleId: string },
): Promise<void> {
  await append(tx, { ...at, threadId: null }, 'revised')
}

/**
 * Appends what happens to a thread as a whole. Call it last in a transaction, like `appendEvents`.
 * @param kind `placed`: somebody has put its passage right; `reacted`: readers see other counts; `marked`
 */
export async function appendThreadEvent(
  tx: Database,
  at: { siteId: string; articleId: string; threadId: string },
  kind: ThreadEventKind,
): Promise<void> {
  await append(tx, at, kind)
}

async function append(
  tx: Database,
  at: { siteId: string; articleId: string; threadId: string | null },
  kind: EventKind,
): Promise<void> {
  await sql`
    with head as (
      update article set seq = seq + 1 where site_id = ${at.siteId} and id = ${at.articleId} returning seq
    )
    insert into event (site_id, article_id, seq, kind, thread_id)
    select ${at.siteId}, ${at.articleId}, head.seq, ${kind}, ${at.threadId} from head
  `.execute(tx)
}
