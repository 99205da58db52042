import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Database } from '../database/connect.ts'
import { mailNow } from '../mail/index.ts'
import { mentioned } from '../text/index.ts'

/**
 * Tells everybody who follows a comment that readers see now: one statement, however many they are. Told is, once for a
 * comment, for the first reason that holds: whom it answers, whom it names, who follows its thread, who follows its article.
 * Run again, it changes nothing.
 * @param mail how many seconds to wait for more before a mail is sent; null where this server sends none
 * @returns the accounts that were told
 */
export async function notifyFollowers(
  db: Database,
  siteId: string,
  commentId: string,
  mail: { delay: number } | null,
): Promise<string[]> {
  return await db.transaction().execute(async (tx) => {
    // Hidden before anybody was told: when it is shown again, it is still news.
    const hidden = await tx
      .updateTable('comment')
      .set({ announced: false })
      .where('site_id', '=', siteId)
      .where('id', '=', commentId)
      .where('shown_revision', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (hidden) return []
    const told = await insertNotifications(tx, siteId, commentId, mail !== null)
    if (mail && told.some(({ follow_id }) => follow_id !== null))
      await mailNow(tx, siteId, commentId, mail.delay)
    return told.map(({ account_id }) => account_id)
  })
}

/**
 * The follow of a notification is the first of those that match and ask for mail: who is answered in a thread that they
 * get by mail gets the answer by mail.
 */
async function insertNotifications(tx: Database, siteId: string, commentId: string, mailing: boolean) {
  const named = await namedIn(tx, siteId, commentId)
  const { rows } = await sql<{ account_id: string; follow_id: string | null }>`
    with told as (
      select comment.site_id, comment.id, comment.article_id, comment.thread_id, comment.author_id,
        parent.author_id as answered
      from comment
      left join comment as parent on parent.site_id = comment.site_id and parent.id = comment.parent_id
      where comment.site_id = ${siteId} and comment.id = ${commentId} and comment.shown_revision is not null
    ), candidate (account_id, follow_id, mail, rank, reason) as (
      select told.answered, follow.id, coalesce(follow.mail, 'off'), 1, 'reply'
      from told
      left join follow on follow.site_id = told.site_id and follow.account_id = told.answered
        and follow.kind = 'replies'
      where told.answered is not null and coalesce(follow.following, true)
      union all
      select named.id, follow.id, coalesce(follow.mail, 'off'), 2, 'mention'
      from told
      cross join unnest(${named}::uuid[]) as named (id)
      left join follow on follow.site_id = told.site_id and follow.account_id = named.id
        and follow.kind = 'replies'
      where coalesce(follow.following, true)
      union all
      select follow.account_id, follow.id, follow.mail, 3, 'thread'
      from told
      join follow on follow.site_id = told.site_id and follow.thread_id = told.thread_id
      where follow.following
      union all
      select follow.account_id, follow.id, follow.mail, 4, 'article'
      from told
      join follow on follow.site_id = told.site_id and follow.article_id = told.article_id
      where follow.kind = 'article' and follow.following and not exists (
        select from follow as off
        where off.site_id = told.site_id and off.thread_id = told.thread_id
          and off.account_id = follow.account_id and not off.following
      )
    )
    insert into notification (site_id, account_id, id, comment_id, reason, follow_id)
    select told.site_id, candidate.account_id, ${uuid()}, told.id,
      (array_agg(candidate.reason order by candidate.rank))[1],
      (array_agg(candidate.follow_id order by candidate.rank) filter (
        where ${mailing} and candidate.mail <> 'off' and account.mail_stopped_at is null
      ))[1]
    from told
    cross join candidate
    join account on account.id = candidate.account_id
    where candidate.account_id <> told.author_id and account.erased_at is null
    group by told.site_id, told.id, candidate.account_id
    on conflict do nothing
    returning account_id, follow_id
  `.execute(tx)
  return rows
}

/** The accounts that the text names which readers see. */
async function namedIn(tx: Database, siteId: string, commentId: string): Promise<string[]> {
  const shown = await tx
    .selectFrom('comment')
    .innerJoin('comment_revision', (join) =>
      join
        .onRef('comment_revision.site_id', '=', 'comment.site_id')
        .onRef('comment_revision.comment_id', '=', 'comment.id')
        .onRef('comment_revision.number', '=', 'comment.shown_revision'),
    )
    .select('comment_revision.body')
    .where('comment.site_id', '=', siteId)
    .where('comment.id', '=', commentId)
    .executeTakeFirst()
  return mentioned(shown?.body ?? [])
}
