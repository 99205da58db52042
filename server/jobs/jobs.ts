import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'

/** The background jobs there are, each with what it is told. */
export interface Jobs {
  /** Carries an article's threads over to its newest revision. */
  carry: { siteId: string; articleId: string }
}

/**
 * Adds a job inside the transaction that causes it: without the commit there is no job, and with it there is one.
 * Jobs of one queue run one after another, in the order they were added; a job that waits already is not added twice.
 */
export async function addJob<N extends keyof Jobs>(
  tx: Database,
  name: N,
  told: Jobs[N],
  queue: string,
): Promise<void> {
  await sql`select graphile_worker.add_job(
    ${name}, payload => ${JSON.stringify(told)}::json, queue_name => ${`${name} ${queue}`}, job_key => ${`${name} ${queue}`}
  )`.execute(tx)
}
