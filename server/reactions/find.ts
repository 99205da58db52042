import { sql, type RawBuilder } from 'kysely'
import type { Anchor } from '../../core/contract/anchor.ts'
import { placeNew, requireAnchor } from '../anchoring/index.ts'
import type { Database } from '../database/connect.ts'
import { fieldProblem } from '../http/problem.ts'
import type { Actor } from '../people/index.ts'
import { openThread } from '../threads/index.ts'

type Article = { siteId: string; articleId: string }
/** A passage that may be reacted to, described by the server's own text where there is one. */
export interface Passage {
  anchor: Anchor
  placement: Awaited<ReturnType<typeof placeNew>>
}

/**
 * Looks for a passage in the article as the server knows it. There is no comment that a moderator could look at, so what a
 * page says of itself goes no further: the passage is described anew, and one that is not there is refused.
 * @throws ProblemError `invalid-field`
 */
export async function requirePassage(db: Database, at: Article, given: Anchor): Promise<Passage> {
  requireAnchor(given)
  const placement = await placeNew(db, at.siteId, at.articleId, given)
  if (!placement) return { anchor: given, placement }
  if (!placement.anchor)
    throw fieldProblem('anchor', 'is not in the article as this site knows it. Load the article again')
  return { anchor: placement.anchor, placement: { ...placement, status: 'same' } }
}

/**
 * The thread of a passage: the oldest that readers see there or that was opened for a reaction, else a new one. Two who react
 * to one passage at once wait for each other here, and find the same.
 * @returns its id
 * @throws ProblemError `not-found`
 */
export async function findOrOpen(
  tx: Database,
  at: Article,
  actor: Actor,
  { anchor, placement }: Passage,
): Promise<string> {
  const { fingerprint, index } = anchor.block
  const passage = `passage ${at.articleId} ${fingerprint} ${index}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${passage}, 0))`.execute(tx)
  return (
    (await findThread(tx, at, anchor, placement?.revision ?? null)) ??
    (await openThread(tx, at, actor, anchor, placement))
  )
}

/**
 * @param revision of the text that the anchor describes; null where the server has none: then it is compared with those the
 *   threads were opened on
 */
async function findThread(
  tx: Database,
  at: Article,
  anchor: Anchor,
  revision: number | null,
): Promise<string | null> {
  // A thread of which all comments are held may have been opened with words that nobody has looked at.
  const isOpen = sql`(
    thread.comment_count > 0 or thread.reaction_count > 0
    or not exists (select 1 from comment where comment.site_id = thread.site_id and comment.thread_id = thread.id)
  )`
  const { rows } =
    revision === null
      ? await sql<{ id: string }>`
          select thread.id from thread
          where thread.site_id = ${at.siteId} and thread.article_id = ${at.articleId}
            and ${isAt(sql`thread.anchor`, anchor)} and ${isOpen}
          order by thread.id limit 1
        `.execute(tx)
      : // Also where the threads are not carried to this text yet.
        await sql<{ id: string }>`
          select thread.id from placement
          join thread on thread.site_id = placement.site_id and thread.id = placement.thread_id
          where placement.site_id = ${at.siteId} and placement.article_id = ${at.articleId}
            and placement.revision = any(array[${revision}::integer, (
              select carried from article where site_id = ${at.siteId} and id = ${at.articleId}
            )])
            and placement.section = ${anchor.block.index}
            and ${isAt(sql`placement.anchor`, anchor)} and ${isOpen}
          order by thread.id limit 1
        `.execute(tx)
  return rows[0]?.id ?? null
}

/** Whether an anchor is that of the same block, and of the same words where it is about words. */
function isAt(column: RawBuilder<unknown>, { block, quote }: Anchor) {
  return sql`${column} -> 'block' ->> 'fingerprint' = ${block.fingerprint}
    and (${column} -> 'block' ->> 'index')::integer = ${block.index}
    and (${column} -> 'block' ->> 'whole')::boolean = ${block.whole}
    and (${block.whole} or ${column} -> 'quote' = ${JSON.stringify(quote)}::jsonb)`
}
