import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'

/**
 * Clears what people wrote about an erased comment, as it may quote it: moderators' notes, the words of reports, appeals and
 * their answers; and by what copies of it were found. What was decided, when, by whom and for which reason stays.
 * @param revisions what was erased of it
 */
export async function clearWords(
  tx: Database,
  { siteId, commentId }: { siteId: string; commentId: string },
  revisions: number[],
): Promise<void> {
  const about = sql`site_id = ${siteId} and comment_id = ${commentId} and revision = any(${revisions}::int[])`
  await sql`
    with said as (
      update decision set note = '' where ${about}
    ), reported as (
      update report set text = '' where ${about} and text <> ''
    ), copied as (
      delete from sketch where site_id = ${siteId} and comment_id in (
        select id from comment
        where site_id = ${siteId} and id = ${commentId} and latest_revision = any(${revisions}::int[])
      )
    )
    update appeal set text = '',
      answer = case when answer is not null then '' end,
      status = case status when 'open' then 'withdrawn' else status end
    where site_id = ${siteId} and decision_id in (
      select id from decision where ${about}
    )
  `.execute(tx)
}
