import { v7 as uuid } from 'uuid'
import type { Anchor } from '../../core/contract/anchor.ts'
import { askForLook } from '../articles/index.ts'
import { keepPlacement, type placeNew } from '../anchoring/index.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import { addJob } from '../jobs/index.ts'
import type { Actor } from '../people/index.ts'

/**
 * Opens a thread, with nothing in it yet.
 * @param placement where its passage is in the text as the server knows it
 * @returns its id
 * @throws ProblemError `not-found`
 */
export async function openThread(
  tx: Database,
  at: { siteId: string; articleId: string },
  actor: Actor,
  anchor: Anchor | null,
  placement: Awaited<ReturnType<typeof placeNew>>,
): Promise<string> {
  const article = await tx
    .selectFrom('article')
    .select(['revision', 'carried'])
    .where('site_id', '=', at.siteId)
    .where('id', '=', at.articleId)
    // Not while its threads are carried to a new revision: this one must be among them.
    .forKeyShare()
    .executeTakeFirst()
  if (!article) throw new ProblemError('not-found', 'There is no such article on this site.')
  const threadId = uuid()
  await tx
    .insertInto('thread')
    .values({
      site_id: at.siteId,
      id: threadId,
      article_id: at.articleId,
      anchor: anchor && JSON.stringify(anchor),
      article_revision: article.revision,
      created_by: actor.id,
    })
    .execute()
  if (placement) await keepPlacement(tx, { ...at, threadId }, placement)
  const isMissed = anchor !== null && article.carried > 0 && placement?.revision !== article.carried
  if (isMissed) await addJob(tx, 'carry', at, { queue: at.articleId })
  // The reader's page has what the server's text has not: perhaps it was edited, or not read yet.
  if (anchor && (!placement || placement.status === 'orphaned')) await askForLook(tx, at)
  return threadId
}
