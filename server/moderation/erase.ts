import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'

/**
 * Closes the open case about a comment that is erased, with an appeal that waits in it: there is nothing left to decide.
 * @param at the comment, locked by the caller
 * @returns whether there was one
 */
export async function closeErased(
  tx: Database,
  { siteId, commentId }: { siteId: string; commentId: string },
): Promise<boolean> {
  const closed = await tx
    .updateTable('moderation_case')
    .set((eb) => ({ status: 'withdrawn', closed_at: new Date(), version: eb('version', '+', 1) }))
    .set({ appeal_id: null, claimed_by: null, claimed_until: null })
    .where('site_id', '=', siteId)
    .where('comment_id', '=', commentId)
    .where('status', '=', 'open')
    .returning('id')
    .execute()
  return closed.length > 0
}

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
      update decision set note = '' where ${about} returning id
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
