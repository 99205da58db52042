import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Database } from '../../server/database/connect.ts'

/**
 * Makes the worker take everything that waits, also what waits for its time, until nothing is left. Mail goes last: what
 * was said until now is told of before, as it is in the minute that a mail waits.
 */
export async function finishJobs(db: Database): Promise<void> {
  const hurry = async (tasks: string) => {
    await sql`
      select graphile_worker.reschedule_jobs(
        array(
          select id from graphile_worker.jobs
          where locked_at is null and attempts < max_attempts and task_identifier ~ ${tasks}
        ),
        run_at => now()
      )
    `.execute(db)
    await sql`select pg_notify('jobs:insert', '{"count": 4}')`.execute(db)
    const { rows } = await sql<{ left: number }>`
      select count(*)::int as left from graphile_worker.jobs
      where (attempts < max_attempts or locked_at is not null) and task_identifier ~ ${tasks}
    `.execute(db)
    return rows[0]?.left
  }
  for (const tasks of ['^(?!mail$)', '']) {
    await expect.poll(() => hurry(tasks), { timeout: 20_000, interval: 20 }).toBe(0)
  }
}
