import { appendAudit } from '../audit/index.ts'
import { lockComment, logChange, setErased, type LockedComment } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { forgetComment } from '../follows/index.ts'
import { clearWords, closeErased } from '../moderation/index.ts'
import { forgetWords } from '../search/index.ts'

/** Why a text was erased, as the audit log says it; and by whom, null: by a rule or the command line. */
export interface Grounds {
  why: 'request' | 'retention'
  by: string | null
}

/** What an erasure has changed beside the text. */
export interface Erased {
  articleId: string
  caseClosed: boolean
}

/**
 * Erases all that a comment ever said, and all that others wrote about it; for good. An open case about it closes. Said again,
 * it changes nothing.
 * @returns null where there is no such comment, or nothing left of it
 */
export async function eraseComment(
  db: Database,
  { siteId, commentId }: { siteId: string; commentId: string },
  grounds: Grounds,
): Promise<Erased | null> {
  return await db.transaction().execute(async (tx) => {
    const comment = await lockComment(tx, siteId, commentId)
    return comment && (await eraseTexts(tx, comment, grounds))
  })
}

/**
 * The same in a transaction of the caller's.
 * @param comment locked with `lockComment`
 * @param only the revisions that are erased, where a newer text stays; null: all
 */
export async function eraseTexts(
  tx: Database,
  comment: LockedComment,
  { why, by }: Grounds,
  only: number[] | null = null,
): Promise<Erased | null> {
  const at = { siteId: comment.site_id, commentId: comment.id }
  const isWhole = only === null
  const caseClosed = isWhole && (await closeErased(tx, at.siteId, at.commentId))
  const erased = await setErased(tx, comment, only)
  if (!erased) return null
  await clearWords(tx, at, erased.numbers)
  await forgetWords(tx, at, erased.numbers)
  if (isWhole) {
    await forgetComment(tx, at)
    await forgetRequest(tx, comment)
  }
  await appendAudit(tx, {
    siteId: at.siteId,
    actorId: by,
    action: 'erase',
    subject: { comment: at.commentId, revisions: erased.numbers.sort((a, b) => a - b).join(' '), why },
  })
  await logChange(tx, erased.change)
  return { articleId: comment.article_id, caseClosed }
}

/** By its hash a text can be guessed. The key stays: the same post, sent again, is refused and not posted anew. */
async function forgetRequest(tx: Database, { site_id, id, author_id }: LockedComment): Promise<void> {
  await tx
    .updateTable('idempotency_key')
    .set({ request_hash: '' })
    .where('site_id', '=', site_id)
    .where('account_id', '=', author_id)
    .where('key', '=', (eb) =>
      eb.selectFrom('comment').select('client_key').where('site_id', '=', site_id).where('id', '=', id),
    )
    .execute()
}
