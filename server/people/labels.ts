import { sql, type RawBuilder } from 'kysely'
import type { ActorRole } from '../../core/contract/people.ts'
import type { CommentView } from '../../core/contract/threads.ts'
import type { Database } from '../database/connect.ts'

/** To be selected from `membership`: what somebody is on the site. */
export const actorRole = sql<ActorRole>`case when membership.is_guest then 'guest' else membership.role end`

/** What is told of somebody beside their name on a site, as the database has it; null where that is nothing. */
export type LabelRow = { isGuest: boolean; badges: string[] } | null
type Labels = Pick<NonNullable<CommentView['author']>, 'guest' | 'badges'>

/**
 * To be selected beside a name: by the primary key, so that it costs a page of comments no join.
 * @param site,account the columns that say whose they are
 */
export const labelRow = (site: string, account: string): RawBuilder<LabelRow> => sql<LabelRow>`(
  select jsonb_build_object('isGuest', is_guest, 'badges', badges) from membership
  where membership.site_id = ${sql.ref(site)} and membership.account_id = ${sql.ref(account)}
    and (is_guest or badges <> '{}')
)`

/**
 * Gives somebody badges on a site in place of those they had; said again, it writes nothing.
 * @param badges each once
 */
export async function setBadges(
  tx: Database,
  siteId: string,
  accountId: string,
  badges: string[],
): Promise<void> {
  await sql`
    insert into membership (site_id, account_id, role, badges)
    select ${siteId}, ${accountId}, 'reader', ${badges}::text[]
    where ${badges.length > 0} or exists (
      select from membership where site_id = ${siteId} and account_id = ${accountId}
    )
    on conflict (site_id, account_id) do update set badges = excluded.badges
      where membership.badges <> excluded.badges
  `.execute(tx)
}

/** The outward shape of it. */
export const toLabels = (row: LabelRow): Labels => ({
  ...(row?.isGuest && { guest: true }),
  ...(row && row.badges.length > 0 && { badges: row.badges }),
})
