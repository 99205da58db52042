import { sql } from 'kysely'
import { appendAudit } from '../audit/index.ts'
import { lockComment, logChange, rename } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import type { TakingOver } from '../jobs/index.ts'

/** Gone through by one job, each in a transaction of its own; then others have a turn. */
const batch = 100

/**
 * Puts some comments of an imported author under the name of whoever claimed them, and at the end all else that is that author's.
 * Said again at any time, it goes on or changes nothing.
 * @returns the articles whose log has grown, and whether there is more to do
 */
export async function takeOver(
  db: Database,
  taking: TakingOver,
): Promise<{ articles: Set<string>; isDone: boolean }> {
  const { siteId, from } = taking
  const comments = await db
    .selectFrom('comment')
    .select('id')
    .where('site_id', '=', siteId)
    .where('author_id', '=', from)
    .limit(batch)
    .execute()
  const articles = new Set<string>()
  for (const { id } of comments) {
    const articleId = await db.transaction().execute((tx) => handOver(tx, taking, id))
    if (articleId !== null) articles.add(articleId)
  }
  if (comments.length === batch) return { articles, isDone: false }
  const isDone = await db.transaction().execute((tx) => finish(tx, taking))
  return { articles, isDone }
}

/** A comment that readers see is told of to those who have it on screen: it is the same, by another name. */
async function handOver(
  tx: Database,
  { siteId, from, to }: TakingOver,
  commentId: string,
): Promise<string | null> {
  const comment = await lockComment(tx, siteId, commentId)
  if (comment?.author_id !== from) return null
  await tx
    .updateTable('comment')
    .set({ author_id: to })
    .where('site_id', '=', siteId)
    .where('id', '=', commentId)
    .execute()
  await tx
    .updateTable('thread')
    .set({ created_by: to })
    .where('site_id', '=', siteId)
    .where('id', '=', comment.thread_id)
    .where('created_by', '=', from)
    .execute()
  if (comment.shown_revision === null) return null
  await logChange(tx, await rename(tx, { ...comment, author_id: to }))
  return comment.article_id
}

/**
 * What was decided about the author, and where they come from, goes along, so that no ban is shaken off and a further import
 * finds the one who has them now. The author's own account is no more.
 * @returns false where a further import brought more of their comments meanwhile
 */
async function finish(tx: Database, { siteId, from, to }: TakingOver): Promise<boolean> {
  // As an import does: so none makes anything of this author's while it goes.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`import ${siteId}`}, 0))`.execute(tx)
  const left = await tx
    .selectFrom('comment')
    .select('id')
    .where('site_id', '=', siteId)
    .where('author_id', '=', from)
    .limit(1)
    .executeTakeFirst()
  if (left) return false
  const authors = await tx
    .updateTable('import_author')
    .set({ account_id: to })
    .where('site_id', '=', siteId)
    .where('account_id', '=', from)
    .returning(['source', 'author_key'])
    .execute()
  // Done before.
  if (authors.length === 0) return true
  await sql`
    with decided as (
      update decision set author_id = ${to} where site_id = ${siteId} and author_id = ${from} returning id
    )
    update sanction set account_id = ${to}
    where site_id = ${siteId} and decision_id in (select id from decided)
  `.execute(tx)
  await sql`
    insert into record (site_id, account_id, approved, rejected, reports_upheld, reports_dismissed)
    select site_id, ${to}, approved, rejected, reports_upheld, reports_dismissed from record
    where site_id = ${siteId} and account_id = ${from}
    on conflict (site_id, account_id) do update set
      approved = record.approved + excluded.approved, rejected = record.rejected + excluded.rejected,
      reports_upheld = record.reports_upheld + excluded.reports_upheld,
      reports_dismissed = record.reports_dismissed + excluded.reports_dismissed
  `.execute(tx)
  await tx.deleteFrom('account').where('id', '=', from).execute()
  await appendAudit(tx, {
    siteId,
    actorId: to,
    action: 'claim',
    subject: { account: from, source: authors[0]?.source ?? null },
  })
  return true
}
