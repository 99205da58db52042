import { sql } from 'kysely'
import type { Action } from '../../core/contract/moderation.ts'
import type { Database } from '../database/connect.ts'
import { verdictOf } from './actions.ts'

/**
 * Counts a decision in the records of the comment's author and of those who reported it; with -1, no longer.
 * In one order for all, so that two decisions never wait for each other.
 */
export async function countInRecords(
  tx: Database,
  { siteId, caseId, authorId }: { siteId: string; caseId: string; authorId: string },
  action: Action,
  by: 1 | -1,
): Promise<void> {
  const verdict = verdictOf(action)
  if (!verdict) return
  const [stands, falls] = verdict === 'stands' ? [by, 0] : [0, by]
  await sql`
    insert into record (site_id, account_id, approved, rejected, reports_upheld, reports_dismissed)
    select ${siteId}::uuid, account_id, sum(approved), sum(rejected), sum(upheld), sum(dismissed)
    from (
      select ${authorId}::uuid, ${stands}::int, ${falls}::int, 0, 0
      union all
      select reporter_id, 0, 0, ${falls}::int, ${stands}::int from report
      where site_id = ${siteId} and case_id = ${caseId} and reporter_id is not null
    ) as change (account_id, approved, rejected, upheld, dismissed)
    group by account_id
    order by account_id
    on conflict (site_id, account_id) do update set
      approved = greatest(0, record.approved + excluded.approved),
      rejected = greatest(0, record.rejected + excluded.rejected),
      reports_upheld = greatest(0, record.reports_upheld + excluded.reports_upheld),
      reports_dismissed = greatest(0, record.reports_dismissed + excluded.reports_dismissed)
  `.execute(tx)
}
