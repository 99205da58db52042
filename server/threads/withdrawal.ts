import type { CommentView } from '../../core/contract/threads.ts'
import { appendAudit } from '../audit/index.ts'
import { logChange, setState } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import { closeWithdrawn, reopenWithdrawn } from '../moderation/index.ts'
import type { Actor } from '../people/index.ts'
import { may } from '../permissions.ts'
import type { Site } from '../sites/index.ts'
import { lockOwn, lockPresent } from './own.ts'
import { readComment } from './read.ts'

/**
 * Withdraws the actor's own comment; an open case about it closes.
 * @throws ProblemError `not-found`, `not-allowed`; `conflict` when it was withdrawn already
 */
export async function withdraw(
  db: Database,
  site: Site,
  actor: Actor,
  commentId: string,
  now = new Date(),
): Promise<{ articleId: string; caseClosed: boolean }> {
  return await db.transaction().execute(async (tx) => {
    const { comment } = await lockPresent(tx, site, actor, commentId)
    const caseClosed = await closeWithdrawn(tx, site.id, commentId)
    const { change } = await setState(tx, comment, comment.latest_revision, 'WITHDRAWN', now)
    await appendAudit(tx, {
      siteId: site.id,
      actorId: actor.id,
      action: 'withdraw',
      subject: { comment: commentId, revision: comment.latest_revision },
    })
    await logChange(tx, change)
    return { articleId: comment.article_id, caseClosed }
  })
}

/**
 * Undoes a withdrawal: the text is again what it was, with what a moderator had decided about it, and the case that
 * the withdrawal closed is open again.
 * @throws ProblemError `not-found`, `not-allowed`; `conflict` when it is not withdrawn, was erased, or it is too late
 */
export async function restore(
  db: Database,
  site: Site,
  actor: Actor,
  commentId: string,
  now = new Date(),
): Promise<{ articleId: string; comment: CommentView; caseOpened: boolean }> {
  const { articleId, caseOpened } = await db.transaction().execute(async (tx) => {
    const { comment, latest } = await lockOwn(tx, site, actor, commentId)
    if (latest.state === 'ERASED')
      throw new ProblemError('conflict', 'The comment was erased: there is no text left to bring back.')
    if (latest.state !== 'WITHDRAWN') throw new ProblemError('conflict', 'The comment is not withdrawn.')
    const subject = { ...comment, shown: false, withdrawn: true, withdrawnAt: latest.withdrawn_at }
    if (latest.withdrawn_from === null || !may.restore(actor, subject, now)) {
      throw new ProblemError(
        'conflict',
        'A withdrawal can be undone for ten minutes, and these are over. You can write the comment anew.',
      )
    }
    const caseOpened = await reopenWithdrawn(tx, site.id, commentId)
    const { change } = await setState(tx, comment, comment.latest_revision, latest.withdrawn_from)
    await appendAudit(tx, {
      siteId: site.id,
      actorId: actor.id,
      action: 'restore',
      subject: { comment: commentId, revision: comment.latest_revision },
    })
    await logChange(tx, change)
    return { articleId: comment.article_id, caseOpened }
  })
  const { posted } = await readComment(db, site, commentId, actor)
  return { articleId, comment: posted.comment, caseOpened }
}
