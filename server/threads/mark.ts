import type { ThreadMark } from '../../core/contract/reaction.ts'
import type { Marked } from '../../core/contract/reactions.ts'
import { isArticleIn } from '../articles/index.ts'
import { appendAudit } from '../audit/index.ts'
import { appendThreadEvent, readHead } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import type { Actor } from '../people/index.ts'
import { may } from '../permissions.ts'

/**
 * Marks a thread as answered or corrected, or takes the mark back. The mark it has already changes nothing.
 * @param mark null for none
 * @throws ProblemError `not-found`, `not-allowed`
 */
export async function markThread(
  db: Database,
  at: { siteId: string; threadId: string },
  actor: Actor,
  mark: ThreadMark | null,
): Promise<{ articleId: string; marked: Marked }> {
  await db.transaction().execute(async (tx) => {
    const thread = await tx
      .selectFrom('thread')
      .select(['article_id', 'mark'])
      .where('site_id', '=', at.siteId)
      .where('id', '=', at.threadId)
      .executeTakeFirst()
    if (!thread) throw new ProblemError('not-found', 'There is no such thread on this site.')
    const articleAt = { siteId: at.siteId, articleId: thread.article_id }
    if (!may.mark(actor, await isArticleIn(tx, articleAt, may.moderateOnly(actor))))
      throw new ProblemError('not-allowed', 'Only its moderators and those who publish may mark a thread.')
    if (thread.mark === mark) return
    await appendAudit(tx, {
      siteId: at.siteId,
      actorId: actor.id,
      action: 'mark',
      subject: { thread: at.threadId, mark },
    })
    await tx
      .updateTable('thread')
      .set({ mark })
      .where('site_id', '=', at.siteId)
      .where('id', '=', at.threadId)
      .execute()
    await appendThreadEvent(tx, { ...at, articleId: thread.article_id }, 'marked')
  })
  const { articleId, ...marked } = await readHead(db, at)
  return { articleId, marked }
}
