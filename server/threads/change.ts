import type { Signal } from '../../core/contract/signal.ts'
import type { CommentView, NewReport } from '../../core/contract/threads.ts'
import { languageTag } from '../../core/text/language.ts'
import { addRevision, lockComment, type LockedComment } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import { addAppeal, addReport, isPassedOn, keepSketch, moveCase, openCase } from '../moderation/index.ts'
import type { Actor } from '../people/index.ts'
import { may } from '../permissions.ts'
import type { Site } from '../sites/index.ts'
import { check, type Written } from './check.ts'
import { lockPresent } from './own.ts'
import { readComment } from './read.ts'

/**
 * Makes a new revision of the actor's own comment, screened like the first. An open case moves on to it: what a
 * moderator decides is what the comment says now.
 * @param from the revision the edit was made from
 * @throws ProblemError `invalid-field`, `not-found`, `not-allowed`; `conflict` when another edit was faster, with
 *   `comment` as it is now
 */
export async function edit(
  db: Database,
  site: Site,
  actor: Actor,
  commentId: string,
  written: Written,
  from: number,
): Promise<{ articleId: string; comment: CommentView; caseChanged: boolean }> {
  const { text: checked, sketch } = await check(db, site, actor, written.body, { comment: commentId })
  const done = await db.transaction().execute(async (tx) => {
    const { comment, latest } = await lockPresent(tx, site, actor, commentId)
    if (comment.latest_revision !== from) return null
    const again = !may.postUnscreened(actor) && (await wasRejected(tx, comment))
    const signals = [...checked.signals, ...(again ? [rejectedBefore] : [])]
    // Writing anew what a moderator has hidden does not show it.
    const held = again || checked.state === 'HELD' || (await isPassedOn(tx, site.id, commentId))
    await keepSketch(tx, site.id, commentId, sketch)
    const moved = !held && (await moveCase(tx, site.id, commentId, from + 1))
    if (held) {
      await openCase(tx, {
        siteId: site.id,
        articleId: comment.article_id,
        commentId,
        revision: from + 1,
        cause: 'held',
        signals,
        isShown: comment.shown_revision !== null,
      })
    }
    await addRevision(tx, comment, {
      ...checked,
      state: held ? 'HELD' : 'LIVE',
      signals,
      language: languageTag(written.language) ?? latest.language,
    })
    return { articleId: comment.article_id, caseChanged: held || moved }
  })
  const { posted } = await readComment(db, site, commentId, actor)
  if (!done) {
    throw new ProblemError(
      'conflict',
      'You edited this comment elsewhere meanwhile. Your text is kept; read the newer one, then save again.',
      { comment: posted.comment },
    )
  }
  return { ...done, comment: posted.comment }
}

const rejectedBefore: Signal = { kind: 'rejected_before', detail: '' }

/** Whether the last decided text of a comment was rejected: then a person looks at what it says instead. */
async function wasRejected(tx: Database, comment: LockedComment): Promise<boolean> {
  const settled = await tx
    .selectFrom('comment_revision')
    .select('state')
    .where('site_id', '=', comment.site_id)
    .where('comment_id', '=', comment.id)
    .where('state', 'not in', ['CHECKING', 'HELD'])
    .orderBy('number', 'desc')
    .executeTakeFirst()
  return settled?.state === 'REJECTED'
}

/**
 * Asks for another look at the rejection of the actor's own comment.
 * @throws ProblemError `not-found`; `not-allowed` for somebody else's; `conflict` as in `addAppeal`, or when it was withdrawn
 */
export async function appeal(
  db: Database,
  site: Site,
  actor: Actor,
  commentId: string,
  text: string,
): Promise<CommentView> {
  await db.transaction().execute(async (tx) => {
    const { comment } = await lockPresent(tx, site, actor, commentId)
    await addAppeal(tx, comment, actor, text)
  })
  const { posted } = await readComment(db, site, commentId, actor)
  return posted.comment
}

/**
 * Keeps a report on what readers see of a comment, which opens or joins its case.
 * @returns whether it is a new one
 * @throws ProblemError `not-found`; `not-allowed` for one's own
 */
export async function report(
  db: Database,
  site: Site,
  actor: Actor,
  commentId: string,
  given: NewReport,
): Promise<boolean> {
  return await db.transaction().execute(async (tx) => {
    const comment = await lockComment(tx, site.id, commentId)
    if (comment?.shown_revision == null)
      throw new ProblemError('not-found', 'There is no such comment to be seen on this site.')
    if (!may.report(actor, { ...comment, shown: true, withdrawn: false })) {
      throw new ProblemError('not-allowed', 'You cannot report your own comment; you can withdraw it.')
    }
    return await addReport(tx, {
      siteId: site.id,
      articleId: comment.article_id,
      commentId,
      revision: comment.shown_revision,
      reporterId: actor.id,
      category: given.category,
      text: given.text ?? '',
    })
  })
}
