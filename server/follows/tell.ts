import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Database } from '../database/connect.ts'

/**
 * Tells an author of a decision about their comment, once however often it runs. What was undone before is not told; that
 * it was undone, only to who was told of it.
 * @returns the account and whether it is still to be mailed; null where nobody is told
 */
export async function tellAuthor(
  db: Database,
  siteId: string,
  decisionId: string,
): Promise<{ accountId: string; isMailed: boolean } | null> {
  await sql`
    insert into notification (site_id, account_id, id, comment_id, reason, decision_id)
    select decision.site_id, comment.author_id, ${uuid()}, comment.id, 'decision', decision.id
    from decision
    join comment on comment.site_id = decision.site_id and comment.id = decision.comment_id
    where decision.site_id = ${siteId} and decision.id = ${decisionId}
      and not exists (
        select from decision as back where back.site_id = decision.site_id and back.reverses = decision.id
      )
      and (decision.action <> 'reverse' or exists (
        select from notification as told
        where told.site_id = decision.site_id and told.decision_id = decision.reverses
      ))
    on conflict do nothing
  `.execute(db)
  const told = await db
    .selectFrom('notification')
    .select(['account_id', 'mailed_at'])
    .where('site_id', '=', siteId)
    .where('decision_id', '=', decisionId)
    .executeTakeFirst()
  return told ? { accountId: told.account_id, isMailed: told.mailed_at !== null } : null
}
