import { sql } from 'kysely'
import { keptOfReporters } from '../../core/moderation/retention.ts'
import type { Database } from '../database/connect.ts'

/** Cleared in one transaction, so that none takes long. */
const batch = 1000

/**
 * Takes name and address from reports by people without an account, once what they reported was closed long enough ago. What
 * was reported, when and as what stays.
 */
export async function forgetReporters(db: Database): Promise<void> {
  for (let cleared = batch; cleared === batch;) {
    // The few that have an address are found by an index, and the case of each by its key.
    const { numAffectedRows } = await sql`
      update report set name = null, email = null, language = null
      where (site_id, id) in (
        select report.site_id, report.id from report
        where email is not null and (
          select closed_at from moderation_case as one
          where one.site_id = report.site_id and one.id = report.case_id and one.status <> 'open'
        ) < now() - make_interval(days => ${keptOfReporters})
        limit ${batch} for update skip locked
      )
    `.execute(db)
    cleared = Number(numAffectedRows ?? 0)
  }
}
