import { sql } from 'kysely'
import type { SanctionKind } from '../../../core/contract/moderation.ts'
import type { Database } from '../../database/connect.ts'
import type { Learning } from '../learning/index.ts'
import type { Standing } from '../sanctions.ts'

/** As many comments of an author as any rule asks for. */
const mostCounted = 100

/** What is to be known of a site, and of somebody there, when they write. */
export interface Known {
  standing: Standing
  /** Of the site's rules. */
  version: number
  /** What the site learns from, where it does. */
  learning: Learning | null
  /** How many of their comments readers see; no more than any rule asks for. */
  shown: number
}

/** Reads all of it in one statement, since each post asks. */
export async function knownOf(db: Database, siteId: string, accountId: string): Promise<Known> {
  const { rows } = await sql<Omit<Known, 'standing'> & { sanctions: Imposed[] }>`
    select
      coalesce(
        (select version from rule_set where site_id = ${siteId} and state = 'confirmed' order by version desc limit 1), 0
      ) as version,
      (
        select coalesce(json_agg(json_build_object('kind', kind, 'until', until)), '[]') from sanction
        where site_id = ${siteId} and account_id = ${accountId} and lifted_at is null
          and (until is null or until > now()) and (kind <> 'warning' or acknowledged_at is null)
      ) as sanctions,
      (
        select json_build_object(
          'version', learning.version, 'holdAt', learning.hold_at, 'stands', model.stands, 'falls', model.falls
        )
        from learning join model on model.site_id = learning.site_id and model.version = learning.version
        where learning.site_id = ${siteId} and learning.is_on
      ) as learning,
      (
        select count(*)::integer from (
          select from comment
          where site_id = ${siteId} and author_id = ${accountId} and shown_revision is not null
          limit ${sql.lit(mostCounted)}
        ) as counted
      ) as shown
  `.execute(db)
  const [{ sanctions, ...known } = nothing] = rows
  return { ...known, standing: standingBy(sanctions) }
}

interface Imposed {
  kind: SanctionKind
  /** An instant, as JSON has it. */
  until: string | null
}

const nothing = { version: 0, sanctions: [], learning: null, shown: 0 }

function standingBy(sanctions: readonly Imposed[]): Standing {
  const has = (wanted: SanctionKind) => sanctions.some(({ kind }) => kind === wanted)
  const ends = sanctions.flatMap(({ kind, until }) =>
    kind === 'time_out' && until !== null ? [Date.parse(until)] : [],
  )
  return {
    isBanned: has('ban'),
    isWarned: has('warning'),
    timedOutUntil: ends.length > 0 ? new Date(Math.max(...ends)) : null,
  }
}
