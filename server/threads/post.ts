import { createHash } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import type { Anchor } from '../../core/contract/anchor.ts'
import type { Signal } from '../../core/contract/signal.ts'
import type { Posted } from '../../core/contract/threads.ts'
import { languageTag } from '../../core/text/language.ts'
import { placeNew, requireAnchor } from '../anchoring/index.ts'
import { addComment, lockComment } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import { keepSketch, openCase, sample } from '../moderation/index.ts'
import type { Actor } from '../people/index.ts'
import type { Site } from '../sites/index.ts'
import { check, type Written } from './check.ts'
import { openThread } from './open.ts'
import { readComment } from './read.ts'

/** Where a new comment goes: into a thread it opens, or under something that is there. */
export type Place =
  | { kind: 'new thread'; articleId: string; anchor: Anchor | null }
  | { kind: 'reply'; threadId: string; parentId: string | null }

/**
 * Posts a comment: screens it, then writes thread, comment, case and event in one transaction.
 * @param key the client's own id for the post; the same key again gives the first result and writes nothing
 * @throws ProblemError `invalid-field` for the text; `not-found`; `conflict` for a reply to what is no longer there,
 *   or a key that was used for something else
 */
export async function post(
  db: Database,
  site: Site,
  actor: Actor,
  place: Place,
  written: Written,
  key: string | null,
): Promise<{ articleId: string; posted: Posted }> {
  if (place.kind === 'new thread' && place.anchor) requireAnchor(place.anchor)
  const placement =
    place.kind === 'new thread' && place.anchor
      ? await placeNew(db, site.id, place.articleId, place.anchor)
      : null
  const at = place.kind === 'new thread' ? { article: place.articleId } : { thread: place.threadId }
  const language = languageTag(written.language)
  const request = createHash('sha256')
    .update(JSON.stringify([place, written.body, language]))
    .digest('hex')
  const isFound = placement?.status !== 'orphaned'
  const checked = await check(db, site, actor, written.body, at, isFound).catch(async (error: unknown) => {
    // What is refused now may have been posted before, by a try whose answer was lost.
    const first = key === null ? null : await postedWith(db, site, actor, key, request)
    if (first === null) throw error
    return { first }
  })
  if ('first' in checked) return await readComment(db, site, checked.first, actor)
  const commentId = uuid()
  const posted = await db.transaction().execute(async (tx) => {
    const first = key === null ? null : await firstWith(tx, site, actor, key, request, commentId)
    if (first) return first
    const { articleId, threadId, parentId } = await settle(tx, site, actor, place, placement)
    const { text, sketch, sampled } = checked
    if (sketch) await keepSketch(tx, site.id, commentId, sketch)
    if (text.state === 'HELD') await hold(tx, site, articleId, commentId, text.signals)
    await addComment(
      tx,
      {
        site_id: site.id,
        id: commentId,
        article_id: articleId,
        thread_id: threadId,
        parent_id: parentId,
        author_id: actor.id,
        client_key: key,
      },
      { ...text, language },
    )
    if (sampled) await sample(tx, { siteId: site.id, articleId, commentId })
    return commentId
  })
  return await readComment(db, site, posted, actor)
}

/** Keeps the key with this post, or gives the comment of the post that had it first; waits for one under way. */
async function firstWith(
  tx: Database,
  site: Site,
  actor: Actor,
  key: string,
  request: string,
  commentId: string,
): Promise<string | null> {
  const kept = await tx
    .insertInto('idempotency_key')
    .values({ site_id: site.id, account_id: actor.id, key, request_hash: request, comment_id: commentId })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst()
  return kept ? null : await postedWith(tx, site, actor, key, request)
}

/** The comment that was posted with a key; null where there is none. */
async function postedWith(
  db: Database,
  site: Site,
  actor: Actor,
  key: string,
  request: string,
): Promise<string | null> {
  const first = await db
    .selectFrom('idempotency_key')
    .select(['request_hash', 'comment_id'])
    .where('site_id', '=', site.id)
    .where('account_id', '=', actor.id)
    .where('key', '=', key)
    .executeTakeFirst()
  if (first && first.request_hash !== request) {
    throw new ProblemError(
      'conflict',
      'This Idempotency-Key was used for another post. Make a new one for each.',
    )
  }
  return first?.comment_id ?? null
}

async function settle(
  tx: Database,
  site: Site,
  actor: Actor,
  place: Place,
  placement: Awaited<ReturnType<typeof placeNew>>,
) {
  if (place.kind === 'new thread') {
    const at = { siteId: site.id, articleId: place.articleId }
    const threadId = await openThread(tx, at, actor, place.anchor, placement)
    return { articleId: place.articleId, threadId, parentId: null }
  }
  const thread = await tx
    .selectFrom('thread')
    .select('article_id')
    .where('site_id', '=', site.id)
    .where('id', '=', place.threadId)
    .executeTakeFirst()
  if (!thread) throw new ProblemError('not-found', 'There is no such thread on this site.')
  if (place.parentId !== null) await requireShown(tx, site, place.threadId, place.parentId)
  return { articleId: thread.article_id, threadId: place.threadId, parentId: place.parentId }
}

/** Locked until the reply is written, so that nobody withdraws it in between. */
async function requireShown(tx: Database, site: Site, threadId: string, parentId: string): Promise<void> {
  const parent = await lockComment(tx, site.id, parentId)
  if (parent?.thread_id !== threadId)
    throw new ProblemError('not-found', 'There is no such comment in this thread.')
  if (parent.shown_revision === null) {
    throw new ProblemError(
      'conflict',
      'The comment you answer is no longer there. Your text is kept; answer another or comment on the passage.',
    )
  }
}

async function hold(
  tx: Database,
  site: Site,
  articleId: string,
  commentId: string,
  signals: Signal[],
): Promise<void> {
  const about = { siteId: site.id, articleId, commentId, revision: 1 }
  await openCase(tx, { ...about, cause: 'held', signals, isShown: false })
}
