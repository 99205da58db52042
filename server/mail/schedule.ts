import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../database/connect.ts'

/** Mails of one follow never overlap, and a slow mail server leaves room for other jobs. */
const queues = 2
/** With the worker's growing pauses, about two days. */
const attempts = 16
/** After what readers wait for. */
const priority = 10

/**
 * Adds a mail job for each follow that is to be mailed at once and was told of a comment. A follow that has one waiting
 * keeps it: what is said until then goes into the same mail.
 */
export async function mailNow(tx: Database, siteId: string, commentId: string, delay: number): Promise<void> {
  await addMailJobs(
    tx,
    delay,
    sql`
      select follow.site_id, follow.id, follow.mail
      from notification
      join follow on follow.site_id = notification.site_id and follow.id = notification.follow_id
      where notification.site_id = ${siteId} and notification.comment_id = ${commentId}
        and follow.mail = 'now'
    `,
  )
}

/** Adds a mail job for each follow, on all sites, that has something to be mailed in this period. */
export async function mailDigests(db: Database, period: 'daily' | 'weekly'): Promise<void> {
  await addMailJobs(
    db,
    0,
    sql`
      select follow.site_id, follow.id, follow.mail
      from follow
      where follow.mail = ${period} and exists (
        select from notification
        where notification.site_id = follow.site_id and notification.follow_id = follow.id
      )
    `,
  )
}

async function addMailJobs(db: Database, delay: number, follows: RawBuilder<unknown>): Promise<void> {
  await sql`
    select count(*) from graphile_worker.add_jobs(
      array(
        select (
          'mail',
          json_build_object('siteId', due.site_id, 'followId', due.id, 'period', due.mail),
          'mail ' || get_byte(uuid_send(due.id), 15) % ${queues}::int,
          now() + make_interval(secs => ${delay}),
          ${attempts}, 'mail ' || due.id, ${priority}, null
        )::graphile_worker.job_spec
        from (${follows}) as due
      ),
      job_key_preserve_run_at => true
    )
  `.execute(db)
}
