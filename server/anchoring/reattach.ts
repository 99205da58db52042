import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { prepare } from '../../core/anchoring/index.ts'
import type { Anchor } from '../../core/contract/anchor.ts'
import type { ThreadHead } from '../../core/contract/threads.ts'
import { blockTexts, isArticleIn } from '../articles/index.ts'
import { appendAudit } from '../audit/index.ts'
import { appendThreadEvent, readHead } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import type { Replaced } from '../database/schema.ts'
import { ProblemError, fieldProblem } from '../http/problem.ts'
import type { Actor } from '../people/index.ts'
import { may } from '../permissions.ts'
import { placeBySelectors, requireAnchor } from './place.ts'

type At = { siteId: string; threadId: string }
type Reattached = { articleId: string; thread: ThreadHead }

/** Not by a person: found. A passage put right by one is certain. */
const byHand = 'put right by hand'

/**
 * Puts a thread's passage right: the one it was carried to is wrong, or it is gone and stands elsewhere.
 * @param revision of the placement that whoever does this has seen
 * @throws ProblemError `not-found`, `not-allowed`; `invalid-field` for a passage that is not in the text as the server
 *   knows it; `conflict` when the text has changed meanwhile
 */
export async function reattach(
  db: Database,
  at: At,
  actor: Actor,
  wanted: { anchor: Anchor; revision: number },
): Promise<Reattached> {
  requireAnchor(wanted.anchor)
  const articleId = await db.transaction().execute(async (tx) => {
    const thread = await lockThread(tx, at, actor)
    const now = await placementOf(tx, at, thread)
    if (thread.carried !== wanted.revision || !now)
      throw new ProblemError(
        'conflict',
        'The article has changed meanwhile. Load it again, then select the passage.',
      )
    const article = prepare(await blockTexts(tx, at.siteId, thread.article_id, thread.carried))
    const placed = placeBySelectors(article, wanted.anchor)
    if (!placed.anchor)
      throw fieldProblem('anchor', 'is not in the article as this site knows it. Select words of its text')
    const anchor = JSON.stringify(placed.anchor)
    await tx
      .insertInto('reattachment')
      .values({
        site_id: at.siteId,
        id: uuid(),
        thread_id: at.threadId,
        revision: thread.carried,
        replaced: JSON.stringify(now),
        anchor,
        made_by: actor.id,
      })
      .execute()
    await setPlacement(tx, at, thread, {
      status: 'moved',
      anchor: placed.anchor,
      section: placed.section,
      confidence: 1,
      reason: byHand,
    })
    await tell(tx, at, thread.article_id, actor, 'reattach')
    return thread.article_id
  })
  return { articleId, thread: (await readHead(db, at)).thread }
}

/**
 * Undoes the last re-attachment of a thread.
 * @throws ProblemError `not-found`, `not-allowed`; `conflict` when there is none, or the text has changed since
 */
export async function undoReattachment(db: Database, at: At, actor: Actor): Promise<Reattached> {
  const articleId = await db.transaction().execute(async (tx) => {
    const thread = await lockThread(tx, at, actor)
    const last = await tx
      .updateTable('reattachment')
      .set({ undone_at: new Date() })
      .where('site_id', '=', at.siteId)
      .where('id', '=', (eb) =>
        eb
          .selectFrom('reattachment as latest')
          .select('latest.id')
          .where('latest.site_id', '=', at.siteId)
          .where('latest.thread_id', '=', at.threadId)
          .where('latest.revision', '=', thread.carried)
          .where('latest.undone_at', 'is', null)
          .orderBy('latest.id', 'desc')
          .limit(1),
      )
      .returning('replaced')
      .executeTakeFirst()
    if (!last)
      throw new ProblemError(
        'conflict',
        'There is nothing to undo: nobody has put this passage right since the last change of the text.',
      )
    await setPlacement(tx, at, thread, last.replaced)
    await tell(tx, at, thread.article_id, actor, 'undo reattach')
    return thread.article_id
  })
  return { articleId, thread: (await readHead(db, at)).thread }
}

/**
 * Keeps another from putting the thread right meanwhile, and its article from a new revision. The thread's row is left
 * alone: whoever counts or marks takes it after the audit log.
 */
async function lockThread(tx: Database, at: At, actor: Actor) {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`passage of ${at.threadId}`}, 0))`.execute(tx)
  const thread = await tx
    .selectFrom('thread')
    .innerJoin('article', (join) =>
      join.onRef('article.site_id', '=', 'thread.site_id').onRef('article.id', '=', 'thread.article_id'),
    )
    .select(['thread.article_id', 'thread.created_by', 'article.carried'])
    .where('thread.site_id', '=', at.siteId)
    .where('thread.id', '=', at.threadId)
    .forKeyShare('article')
    .executeTakeFirst()
  if (!thread) throw new ProblemError('not-found', 'There is no such thread on this site.')
  const articleAt = { siteId: at.siteId, articleId: thread.article_id }
  if (!may.reattach(actor, thread, await isArticleIn(tx, articleAt, may.moderateOnly(actor))))
    throw new ProblemError(
      'not-allowed',
      'Only who opened the thread, and moderators, may put its passage right.',
    )
  return thread
}

/** A thread's place is in the revision that all were carried to. */
type Thread = { article_id: string; carried: number }

async function placementOf(tx: Database, at: At, thread: Thread): Promise<Replaced | undefined> {
  return await tx
    .selectFrom('placement')
    .select(['status', 'anchor', 'section', 'confidence', 'reason'])
    .where('site_id', '=', at.siteId)
    .where('article_id', '=', thread.article_id)
    .where('revision', '=', thread.carried)
    .where('thread_id', '=', at.threadId)
    .executeTakeFirst()
}

async function setPlacement(
  tx: Database,
  at: At,
  thread: Thread,
  { anchor, ...rest }: Replaced,
): Promise<void> {
  await tx
    .updateTable('placement')
    .set({ ...rest, anchor: anchor && JSON.stringify(anchor) })
    .where('site_id', '=', at.siteId)
    .where('article_id', '=', thread.article_id)
    .where('revision', '=', thread.carried)
    .where('thread_id', '=', at.threadId)
    .execute()
}

async function tell(tx: Database, at: At, articleId: string, actor: Actor, action: string): Promise<void> {
  await appendAudit(tx, { siteId: at.siteId, actorId: actor.id, action, subject: { thread: at.threadId } })
  await appendThreadEvent(tx, { ...at, articleId }, 'placed')
}
