import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../database/connect.ts'
import type { CommentEventKind, EventKind, ThreadEventKind } from '../database/schema.ts'
import { keeping, passOn } from '../jobs/index.ts'

/** What webhooks are told of a comment. */
export type CommentNews = 'comment.created' | 'comment.changed'

/** A visible change of one comment, before it has a number. */
export interface Happening {
  kind: CommentEventKind
  commentId: string
}

/**
 * Appends to an article's event log and keeps its thread's count, and when the last of what is counted was posted. The
 * numbers are taken from the article's row, so they have no gaps and stand in the order of the commits. Call it last in a transaction: until the commit, nobody
 * else can write to this article. Who locks more than one of them takes comments first, from the one that changes upwards,
 * then records, the site's audit log, the thread, and its article: so nobody waits in a circle.
 * @param happenings at least one, in order; the first is about the comment that is counted
 * @param news of that comment, for webhooks; null where readers see nothing of it
 * @returns the number of the last one
 */
export async function appendEvents(
  tx: Database,
  at: { siteId: string; articleId: string; threadId: string },
  happenings: Happening[],
  countChange: number,
  news: CommentNews | null,
): Promise<number> {
  // A statement that waits for the thread does not see what was posted meanwhile: what is left is read after the wait.
  if (countChange < 0) await lockThread(tx, at)
  const first = happenings[0]?.commentId
  return await append(
    tx,
    at,
    sql`
      update thread set comment_count = comment_count + ${countChange},
        last_at = ${countChange > 0 ? lastWith(at, first) : lastOf(at)}
      where site_id = ${at.siteId} and id = ${at.threadId} and ${countChange} <> 0
      returning thread.id
    `,
    happenings,
    news,
  )
}

/** What readers see more of a thread: how many comments, and when the last of them was posted. */
export interface Grown {
  threadId: string
  count: number
  lastAt: Date
}

/**
 * Appends to an article's event log what an import brings, as `appendEvents` does for one comment; last in a transaction too.
 * @param threads those that readers see more of, each once
 * @param happenings at least one, in order
 */
export async function appendImported(
  tx: Database,
  at: { siteId: string; articleId: string },
  threads: readonly Grown[],
  happenings: readonly Happening[],
): Promise<void> {
  const ids = threads.map(({ threadId }) => threadId)
  const counts = threads.map(({ count }) => count)
  const lasts = threads.map(({ lastAt }) => lastAt)
  // In any order of threads: nobody else ever waits for a second one.
  const count = sql`
    update thread set comment_count = comment_count + grown.count, last_at = greatest(thread.last_at, grown.last_at)
    from unnest(${ids}::uuid[], ${counts}::integer[], ${lasts}::timestamptz[]) as grown (id, count, last_at)
    where site_id = ${at.siteId} and thread.id = grown.id
    returning thread.id
  `
  await append(tx, at, count, happenings, null)
}

/**
 * Counts, takes as many numbers as there are happenings, and writes the events, in one statement; and with them what webhooks are
 * to be told.
 * @param count what updates threads, and gives a row for each
 * @returns the last number
 */
async function append(
  tx: Database,
  at: { siteId: string; articleId: string },
  count: RawBuilder<unknown>,
  happenings: readonly Happening[],
  news: CommentNews | null,
): Promise<number> {
  const { parts, told } = appending(at, count, happenings, news)
  const { rows } = await sql<{ seq: number }>`with ${parts} select seq${told} from head`.execute(tx)
  const [head] = rows
  if (!head) throw new Error(`there is no article ${at.articleId}`)
  return head.seq
}

/**
 * What appends to an article's log, as parts of a statement (`with …`) that may have others before them. `head` is the article with the
 * last number, and nothing where `articleId` is null.
 * @returns `told`: what is selected beside it from `head`, so that webhooks are told
 */
export function appending(
  { siteId, articleId }: { siteId: string; articleId: string | RawBuilder<string> },
  count: RawBuilder<unknown>,
  happenings: readonly Happening[],
  news: CommentNews | null,
): { parts: RawBuilder<unknown>; told: RawBuilder<unknown> } {
  const [first] = happenings
  const happened = news && first ? { siteId, type: news, subjectId: first.commentId } : null
  const kept = happened ? sql`, kept as (${keeping(happened, sql`from head`)})` : sql``
  const kinds = happenings.map((happening) => happening.kind)
  const comments = happenings.map((happening) => happening.commentId)
  const parts = sql`
    count as (${count}), head as (
      update article set seq = seq + ${happenings.length}
      where site_id = ${siteId} and id = ${articleId} and (select count(*) from count) >= 0
      returning id, seq
    ), logged as (
      insert into event (site_id, article_id, seq, kind, comment_id)
      select ${siteId}, head.id, head.seq - ${happenings.length} + happening.place, happening.kind,
        happening.comment_id
      from head, unnest(${kinds}::text[], ${comments}::uuid[]) with ordinality as happening (kind, comment_id, place)
    )${kept}
  `
  return { parts, told: happened ? sql`, (select count(${passOn(happened)}) from kept) as told` : sql`` }
}

async function lockThread(tx: Database, at: { siteId: string; threadId: string }): Promise<void> {
  await tx
    .selectFrom('thread')
    .select('id')
    .where('site_id', '=', at.siteId)
    .where('id', '=', at.threadId)
    .forNoKeyUpdate()
    .execute()
}

/** When the last comment was posted, with one more to be seen. */
const lastWith = ({ siteId }: { siteId: string }, commentId: string | undefined) => sql`greatest(
  last_at, (select created_at from comment where site_id = ${siteId} and id = ${commentId})
)`

/** When the last of the comments left was posted. Of those posted at the same moment, ids need not be in its order. */
const lastOf = ({ siteId, threadId }: { siteId: string; threadId: string }) => sql`(
  select max(created_at) from (
    select created_at from comment
    where site_id = ${siteId} and thread_id = ${threadId} and shown_revision is not null
    order by id desc limit 100
  ) as newest
)`

/** Appends that an article's threads were carried to a new text. Call it last in a transaction, like `appendEvents`. */
export async function appendTextEvent(
  tx: Database,
  at: { siteId: string; articleId: string },
): Promise<void> {
  await appendAbout(tx, { ...at, threadId: null }, 'revised')
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
  await appendAbout(tx, at, kind)
}

async function appendAbout(
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

/** @returns the numbers of the newest events of a site's articles, by article */
export async function seqsOf(
  db: Database,
  siteId: string,
  articleIds: string[],
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('article')
    .select(['id', 'seq'])
    .where('site_id', '=', siteId)
    .where('id', '=', sql<string>`any(${articleIds}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, seq }) => [id, seq]))
}
