import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../database/connect.ts'
import { jobCall } from '../jobs/index.ts'
import type { LockedComment } from './state.ts'

type Said = Pick<LockedComment, 'site_id' | 'id' | 'parent_id' | 'thread_id' | 'author_id'>

/**
 * A call to be selected in the statement that shows a comment to readers for the first time: it adds the job that tells people of it, where there
 * may be anybody to tell, by the reasons of `follows/notify.ts`, which looks more closely. Most comments have nobody, and a job
 * would cost each of them. In the same statement, so that whoever followed before it began counts.
 * @param articleId and whether its text names people: as the statement knows them
 */
export const telling = (
  { site_id, id, parent_id, thread_id, author_id }: Said,
  { articleId, isNaming }: { articleId: RawBuilder<string>; isNaming: RawBuilder<boolean> },
): RawBuilder<unknown> => sql`(
  select ${jobCall('notify', { siteId: site_id, commentId: id })}
  where exists (
    select from comment as parent
    where parent.site_id = ${site_id} and parent.id = ${parent_id} and parent.author_id <> ${author_id}
      and not exists (
        select from follow
        where follow.site_id = parent.site_id and follow.account_id = parent.author_id
          and follow.kind = 'replies' and not follow.following
      )
  ) or exists (
    select from follow
    where site_id = ${site_id} and thread_id = ${thread_id} and following and account_id <> ${author_id}
  ) or exists (
    select from follow
    where site_id = ${site_id} and article_id = ${articleId} and kind = 'article' and following
      and account_id <> ${author_id}
  ) or ${isNaming}
)`

/** Whether a text (`jsonb`) names people. */
export const naming = (body: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql`jsonb_path_exists(${body}, '$.** ? (@.type == "mention")')`

/**
 * Shows a comment that was there before to readers for the first time, and has people told of it.
 * @param shown the revision that readers see
 */
export async function announce(tx: Database, comment: LockedComment, shown: number): Promise<void> {
  const { site_id, id, article_id } = comment
  const isNaming = sql<boolean>`exists (
    select from comment_revision
    where site_id = ${site_id} and comment_id = ${id} and number = ${shown} and ${naming(sql`body`)}
  )`
  await sql`
    with shown as (
      update comment set shown_revision = ${shown}, announced = true where site_id = ${site_id} and id = ${id}
    )
    select ${telling(comment, { articleId: sql`${article_id}`, isNaming })}
  `.execute(tx)
}
