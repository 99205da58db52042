import { lockComment, type LockedComment } from '../comments/index.ts'
import type { RevisionState } from '../../core/contract/moderation.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import type { Actor } from '../people/index.ts'
import { may } from '../permissions.ts'
import type { Site } from '../sites/index.ts'

/** Somebody's own comment, locked, with what its newest text is. */
export interface Own {
  comment: LockedComment
  latest: {
    state: RevisionState
    language: string | null
    withdrawn_from: RevisionState | null
    withdrawn_at: Date | null
  }
}

/**
 * Locks a comment for its author.
 * @throws ProblemError `not-found`; `not-allowed` for somebody else
 */
export async function lockOwn(tx: Database, site: Site, actor: Actor, commentId: string): Promise<Own> {
  const comment = await lockComment(tx, site.id, commentId)
  if (!comment) throw new ProblemError('not-found', 'There is no such comment on this site.')
  if (!may.readOwn(actor, { ...comment, shown: comment.shown_revision !== null, withdrawn: false })) {
    throw new ProblemError('not-allowed', 'Only its author may do this.')
  }
  const latest = await tx
    .selectFrom('comment_revision')
    .select(['state', 'language', 'withdrawn_from', 'withdrawn_at'])
    .where('site_id', '=', site.id)
    .where('comment_id', '=', commentId)
    .where('number', '=', comment.latest_revision)
    .executeTakeFirstOrThrow()
  return { comment, latest }
}

/** The same, of a comment that is still there. @throws ProblemError also `conflict` when it was withdrawn */
export async function lockPresent(tx: Database, site: Site, actor: Actor, commentId: string): Promise<Own> {
  const own = await lockOwn(tx, site, actor, commentId)
  if (own.latest.state === 'WITHDRAWN' || own.latest.state === 'ERASED')
    throw new ProblemError('conflict', 'The comment was withdrawn already.')
  return own
}
