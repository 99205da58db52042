import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'
import { jobCall } from '../jobs/index.ts'
import type { LockedComment } from './state.ts'

/**
 * Shows a comment to readers for the first time, and adds the job that tells people of it, where there may be anybody to tell: by
 * the reasons of `follows/notify.ts`, which looks more closely. Most comments have nobody, and a job would cost
 * each of them. One statement, so that whoever followed before it began counts.
 * @param shown the revision that readers see
 */
export async function announce(
  tx: Database,
  { site_id, id, article_id, thread_id, parent_id, author_id }: LockedComment,
  shown: number,
): Promise<void> {
  await sql`
    with shown as (
      update comment set shown_revision = ${shown}, announced = true where site_id = ${site_id} and id = ${id}
    )
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
      where site_id = ${site_id} and article_id = ${article_id} and kind = 'article' and following
        and account_id <> ${author_id}
    ) or exists (
      select from comment_revision
      where site_id = ${site_id} and comment_id = ${id} and number = ${shown}
        and jsonb_path_exists(body, '$.** ? (@.type == "mention")')
    )
  `.execute(tx)
}
