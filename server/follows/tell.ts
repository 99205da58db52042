import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { rejecting } from '../../core/moderation/rejecting.ts'
import type { Database } from '../database/connect.ts'

/**
 * Tells an author of decisions about their comments, once however often it runs. What was undone before is not told; that
 * it was undone, only to who was told of it. Nobody is told of what was erased meanwhile.
 * @param decisions about comments of one author
 * @returns the account and which of them are still to be mailed; null where nobody is told
 */
export async function tellAuthor(
  db: Database,
  siteId: string,
  decisions: string[],
): Promise<{ accountId: string; toMail: string[] } | null> {
  const ids = decisions.map(() => uuid())
  await sql`
    insert into notification (site_id, account_id, id, comment_id, reason, decision_id)
    select decision.site_id, decision.author_id, one.id, decision.comment_id, 'decision', decision.id
    from unnest(${ids}::uuid[], ${decisions}::uuid[]) as one (id, decision_id)
    join decision on decision.site_id = ${siteId} and decision.id = one.decision_id
    join account on account.id = decision.author_id and account.erased_at is null
    where not exists (
        select from comment_revision as erased
        where erased.site_id = decision.site_id and erased.comment_id = decision.comment_id
          and erased.number = decision.revision and erased.state = 'ERASED'
      )
      and not exists (
        select from decision as back where back.site_id = decision.site_id and back.reverses = decision.id
      )
      and (decision.action not in ('approve', 'reverse') or exists (
        select from notification as told
        join decision as rejection on rejection.site_id = told.site_id and rejection.id = told.decision_id
        where told.site_id = decision.site_id and told.decision_id = decision.reverses
          and rejection.action = any(${[...rejecting]}::text[])
      ))
    on conflict do nothing
  `.execute(db)
  const told = await db
    .selectFrom('notification')
    .select(['account_id', 'decision_id', 'mailed_at'])
    .where('site_id', '=', siteId)
    .where('decision_id', 'in', decisions)
    .orderBy('decision_id')
    .execute()
  const [first] = told
  if (!first) return null
  const toMail = told.flatMap(({ decision_id, mailed_at }) =>
    decision_id !== null && mailed_at === null ? [decision_id] : [],
  )
  return { accountId: first.account_id, toMail }
}
