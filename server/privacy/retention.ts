import { sql } from 'kysely'
import type { Rules } from '../../core/contract/rules.ts'
import { lockComment } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { activeRules } from '../moderation/index.ts'
import { eraseTexts } from './comment.ts'

type Days = Rules['retentionDays']
/** Erased by one job, each in a transaction of its own; then others have a turn. */
const batch = 200

/**
 * Erases texts of a site that its rules keep no longer, a batch of them: of withdrawn comments, and rejected ones, where nobody
 * has to decide any more. A newer text of the same comment stays.
 * @param after the last comment of the batch before
 * @returns the articles whose logs have grown; and the last comment looked at, null where there are no more
 */
export async function eraseExpired(
  db: Database,
  siteId: string,
  after: string | null,
): Promise<{ articles: string[]; last: string | null }> {
  const { retentionDays } = (await activeRules(db, siteId)).rules
  const comments = await expired(db, siteId, retentionDays, after)
  const articles = new Set<string>()
  for (const commentId of comments) {
    const articleId = await eraseOne(db, siteId, retentionDays, commentId)
    if (articleId !== null) articles.add(articleId)
  }
  return { articles: [...articles], last: comments.length < batch ? null : (comments.at(-1) ?? null) }
}

async function eraseOne(db: Database, siteId: string, days: Days, commentId: string): Promise<string | null> {
  return await db.transaction().execute(async (tx) => {
    const comment = await lockComment(tx, siteId, commentId)
    // Looked at again, since it may have been decided about or brought back meanwhile.
    const revisions = comment ? await expiredOf(tx, siteId, days, commentId) : []
    if (!comment || revisions.length === 0) return null
    // With the newest text go all that it took the place of.
    const only = revisions.includes(comment.latest_revision) ? null : revisions
    const erased = await eraseTexts(tx, comment, { why: 'retention', by: null }, only)
    return erased && erased.articleId
  })
}

async function expired(db: Database, siteId: string, days: Days, after: string | null): Promise<string[]> {
  const { rows } = await sql<{ comment_id: string }>`
    select distinct comment_id from comment_revision as revision
    where site_id = ${siteId} and (${after}::uuid is null or comment_id > ${after}) and ${isExpired(days)}
    order by comment_id limit ${batch}
  `.execute(db)
  return rows.map(({ comment_id }) => comment_id)
}

async function expiredOf(tx: Database, siteId: string, days: Days, commentId: string): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`
    select number from comment_revision as revision
    where site_id = ${siteId} and comment_id = ${commentId} and ${isExpired(days)}
  `.execute(tx)
  return rows.map(({ number }) => number)
}

/** Of `revision`. Said of the states first, which is what the index over the few such texts is of. */
const isExpired = ({ withdrawn, rejected }: Days) => sql<boolean>`(
  state in ('REJECTED', 'WITHDRAWN')
  and (
    (state = 'WITHDRAWN' and withdrawn_at < now() - make_interval(days => ${withdrawn}::int))
    or (state = 'REJECTED' and created_at < now() - make_interval(days => ${rejected}::int) and not exists (
      select from decision
      where decision.site_id = revision.site_id and decision.comment_id = revision.comment_id
        and decision.created_at >= now() - make_interval(days => ${rejected}::int)
    ))
  )
  and not exists (
    select from moderation_case as waiting
    where waiting.site_id = revision.site_id and waiting.comment_id = revision.comment_id and waiting.status = 'open'
  )
)`
