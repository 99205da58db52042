import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'

/** Of so many cases, the last that were decided; fewer than the least say nothing. */
const most = 100
const least = 5
const keptFor = 10 * 60_000

/** How long what is held usually waits on each site, looked up now and then. */
export function usualWaits(db: Database): (siteId: string) => Promise<number | null> {
  const known = new Map<string, { minutes: number; until: number }>()
  return async (siteId) => {
    const kept = known.get(siteId)
    if (kept && kept.until > Date.now()) return kept.minutes
    const minutes = await usualWait(db, siteId)
    // Where there are too few, there is next to nothing to read.
    if (minutes !== null) known.set(siteId, { minutes, until: Date.now() + keptFor })
    return minutes
  }
}

/** The median of what the last held comments waited for, in minutes; null where too few were decided. */
async function usualWait(db: Database, siteId: string): Promise<number | null> {
  const { rows } = await sql<{ minutes: number | null; cases: number }>`
    select count(*)::int as cases,
      extract(epoch from percentile_cont(0.5) within group (order by closed_at - opened_at))::float / 60 as minutes
    from (
      select opened_at, closed_at from moderation_case
      where site_id = ${siteId} and status = 'decided' and cause = 'held'
      order by closed_at desc limit ${most}
    ) as decided
  `.execute(db)
  const [found] = rows
  return found && found.cases >= least && found.minutes !== null ? Math.ceil(found.minutes) : null
}
