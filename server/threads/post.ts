import { createHash } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import type { Anchor } from '../../core/contract/anchor.ts'
import type { Signal } from '../../core/contract/signal.ts'
import type { Posted } from '../../core/contract/threads.ts'
import { languageTag } from '../../core/text/language.ts'
import { placeNew, requireAnchor } from '../anchoring/index.ts'
import { addComment } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import { keepSketch, openCase, sample } from '../moderation/index.ts'
import type { Actor } from '../people/index.ts'
import type { Site } from '../sites/index.ts'
import { check, type CheckedText, type Written } from './check.ts'
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
  const isWritten = await write(db, site, actor, place, placement, checked, {
    commentId,
    key,
    request,
    language,
  })
  if (isWritten) return await readComment(db, site, commentId, actor)
  const first = key === null ? null : await postedWith(db, site, actor, key, request)
  if (first === null) throw await whyNotThere(db, site, place)
  return await readComment(db, site, first, actor)
}

/** What a comment is written with, beside its text. */
interface Posting {
  commentId: string
  key: string | null
  request: string
  language: string | null
}

/**
 * Writes a comment and all that comes with it, or nothing: most are one statement, others a transaction.
 * @returns false where nothing was written: see `addComment`
 */
async function write(
  db: Database,
  site: Site,
  actor: Actor,
  place: Place,
  placement: Awaited<ReturnType<typeof placeNew>>,
  { text, sketch, sampled }: CheckedText,
  { commentId, key, request, language }: Posting,
): Promise<boolean> {
  const isOne = place.kind === 'reply' && !sketch && !sampled && text.state === 'LIVE'
  const work = async (tx: Database) => {
    const { articleId, threadId } = await settle(tx, site, actor, place, placement)
    if (sketch) await keepSketch(tx, site.id, commentId, sketch)
    if (text.state === 'HELD') await hold(tx, site, articleId, commentId, text.signals)
    if (!(await add(tx, threadId))) throw new NotWritten()
    if (sampled) await sample(tx, { siteId: site.id, articleId, commentId })
  }
  const add = async (tx: Database, threadId: string) => {
    const parentId = place.kind === 'reply' ? place.parentId : null
    const at = { site_id: site.id, id: commentId, thread_id: threadId, parent_id: parentId }
    const comment = { ...at, author_id: actor.id, client_key: key }
    return await addComment(tx, comment, { ...text, language }, key === null ? null : request)
  }
  if (isOne) return (await add(db, place.threadId)) !== null
  try {
    await db.transaction().execute(work)
    return true
  } catch (error) {
    if (error instanceof NotWritten) return false
    throw error
  }
}

/** Takes back what was written beside a comment that was not. */
class NotWritten extends Error {}

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

/** Where the comment is written: for a new thread, that is opened. */
async function settle(
  tx: Database,
  site: Site,
  actor: Actor,
  place: Place,
  placement: Awaited<ReturnType<typeof placeNew>>,
): Promise<{ articleId: string; threadId: string }> {
  if (place.kind === 'new thread') {
    const at = { siteId: site.id, articleId: place.articleId }
    const threadId = await openThread(tx, at, actor, place.anchor, placement)
    return { articleId: place.articleId, threadId }
  }
  return { articleId: await articleOf(tx, site, place.threadId), threadId: place.threadId }
}

/** @throws ProblemError `not-found` */
async function articleOf(db: Database, site: Site, threadId: string): Promise<string> {
  const thread = await db
    .selectFrom('thread')
    .select('article_id')
    .where('site_id', '=', site.id)
    .where('id', '=', threadId)
    .executeTakeFirst()
  if (!thread) throw new ProblemError('not-found', 'There is no such thread on this site.')
  return thread.article_id
}

/**
 * What was missing where nothing could be written.
 * @throws ProblemError `not-found` where there is no such thread
 */
async function whyNotThere(db: Database, site: Site, place: Place): Promise<Error> {
  if (place.kind === 'reply') await articleOf(db, site, place.threadId)
  if (place.kind === 'new thread' || place.parentId === null)
    return new Error('a thread that is there did not take its comment')
  const parent = await db
    .selectFrom('comment')
    .select('thread_id')
    .where('site_id', '=', site.id)
    .where('id', '=', place.parentId)
    .executeTakeFirst()
  return parent?.thread_id === place.threadId
    ? new ProblemError(
        'conflict',
        'The comment you answer is no longer there. Your text is kept; answer another or comment on the passage.',
      )
    : new ProblemError('not-found', 'There is no such comment in this thread.')
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
