import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../database/connect.ts'

/** The background jobs there are, each with what it is told. */
export interface Jobs {
  /** Carries an article's threads over to its newest revision. */
  carry: { siteId: string; articleId: string }
  /** Tells those who follow a comment's thread or article, or whom it answers. */
  notify: { siteId: string; commentId: string }
  /** Tells an author what was decided about their comment, in the inbox and by mail. */
  notice: { siteId: string; decisionId: string }
  /** Adds a `reportMail` job for each who reported by mail what a decision is about. */
  outcome: { siteId: string; decisionId: string }
  /** Mails somebody without an account that their report is here, or how it was decided. */
  reportMail: { siteId: string; reportId: string; about: 'receipt' | 'outcome' }
  /** Adds a `learn` job for each site where something was decided that its model does not know. */
  findLessons: Record<string, never>
  /** Has a site's model learn from what was decided since it last did. */
  learn: { siteId: string }
  /** Deletes notifications and sketches of texts that are too old. */
  expire: Record<string, never>
  /** Signs where each audit log stands. */
  checkpoint: Record<string, never>
  /** Adds a `mail` job for each follow that has something to be mailed in this period. */
  digest: { period: 'daily' | 'weekly' }
  /** Mails what is new of one follow. */
  mail: { siteId: string; followId: string; period: 'now' | 'daily' | 'weekly' }
}

/**
 * Adds a job inside the transaction that causes it: without the commit there is no job, and with it there is one.
 * @param queue jobs of one queue run one after another, in the order they were added, and one that waits already is not
 *   added twice; without one, jobs run side by side
 * @param delay seconds that it waits at least
 */
export async function addJob<N extends keyof Jobs>(
  tx: Database,
  name: N,
  told: Jobs[N],
  queue?: string,
  delay = 0,
): Promise<void> {
  await sql`select ${jobCall(name, told, queue, delay)}`.execute(tx)
}

/** Adds a job as `addJob` does, as part of a statement that knows whether there is anything to do. */
export function jobCall<N extends keyof Jobs>(
  name: N,
  told: Jobs[N],
  queue?: string,
  delay = 0,
): RawBuilder<unknown> {
  const key = queue === undefined ? null : `${name} ${queue}`
  return sql`graphile_worker.add_job(
    ${name}, payload => ${JSON.stringify(told)}::json, queue_name => ${key}, job_key => ${key},
    run_at => now() + make_interval(secs => ${delay})
  )`
}
