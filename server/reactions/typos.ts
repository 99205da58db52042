import type { TypoPage } from '../../core/contract/reactions.ts'
import { appendAudit } from '../audit/index.ts'
import { placementNow } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import { toCursor } from '../http/page.ts'
import type { Actor } from '../people/index.ts'

/** A page of the typos that readers found on a site and nobody has ticked off, newest first. */
export async function listTypos(
  db: Database,
  siteId: string,
  page: { before: string | undefined; limit: number },
): Promise<TypoPage> {
  const rows = await db
    .selectFrom('reaction')
    .innerJoin('thread', (join) =>
      join.onRef('thread.site_id', '=', 'reaction.site_id').onRef('thread.id', '=', 'reaction.thread_id'),
    )
    .innerJoin('article', (join) =>
      join.onRef('article.site_id', '=', 'thread.site_id').onRef('article.id', '=', 'thread.article_id'),
    )
    .innerJoin('account', 'account.id', 'reaction.account_id')
    .select(['reaction.id', 'reaction.thread_id', 'reaction.text', 'reaction.created_at', 'account.name'])
    .select(['article.id as article_id', 'article.title', 'article.url', 'article.slug', 'thread.anchor'])
    .select(placementNow)
    .where('reaction.site_id', '=', siteId)
    .where('reaction.kind', '=', 'typo')
    .where('reaction.settled_at', 'is', null)
    .$if(page.before !== undefined, (query) => query.where('reaction.id', '<', page.before ?? ''))
    .orderBy('reaction.id', 'desc')
    .limit(page.limit + 1)
    .execute()
  const here = rows.slice(0, page.limit)
  const last = rows.length > page.limit ? here.at(-1) : undefined
  return {
    typos: here.map((row) => ({
      id: row.id,
      article: { id: row.article_id, title: row.title, url: row.url, slug: row.slug },
      threadId: row.thread_id,
      quote: (row.placement?.anchor ?? row.anchor)?.quote.exact ?? null,
      text: row.text,
      by: row.name,
      at: row.created_at.toISOString(),
    })),
    next: toCursor(last?.id ?? null),
  }
}

/**
 * Ticks a typo off: it is on the list no more, and its reader keeps it.
 * @throws ProblemError `not-found` when it is not on the list, or no longer
 */
export async function settleTypo(db: Database, siteId: string, actor: Actor, id: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const settled = await tx
      .updateTable('reaction')
      .set({ settled_at: new Date() })
      .where('site_id', '=', siteId)
      .where('id', '=', id)
      .where('kind', '=', 'typo')
      .where('settled_at', 'is', null)
      .returning('thread_id')
      .executeTakeFirst()
    if (!settled)
      throw new ProblemError(
        'not-found',
        'There is no such typo to tick off: somebody has, or its reader has changed it or taken it back.',
      )
    await appendAudit(tx, {
      siteId,
      actorId: actor.id,
      action: 'settle typo',
      subject: { typo: id, thread: settled.thread_id },
    })
  })
}
