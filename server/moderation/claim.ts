import { sql } from 'kysely'
import type { Claim } from '../../core/contract/moderation.ts'
import { claimSeconds } from '../../core/moderation/claim.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import type { Actor } from '../people/index.ts'
import { isTheirs } from './filter.ts'

/**
 * Whether a case is in somebody's hands: the lease runs, and who took it still moderates the site.
 * @param one the name that the query has for `moderation_case`
 */
export const isClaimed = (
  one: string,
) => sql<boolean>`(${sql.ref(`${one}.claimed_until`)} > now() and exists (
  select from membership
  where membership.site_id = ${sql.ref(`${one}.site_id`)} and membership.account_id = ${sql.ref(`${one}.claimed_by`)}
    and membership.role <> 'reader'
))`

/**
 * Takes an open case in hand, or keeps it there. A claim locks nothing out: it tells others that somebody reads this one.
 * @returns whose it is and whether it has changed hands; null where there is nothing left to decide
 * @throws ProblemError `not-found`
 */
export async function claim(
  db: Database,
  siteId: string,
  caseId: string,
  actor: Actor,
): Promise<{ claim: Claim | null; isNew: boolean }> {
  const { rows } = await sql<{ name: string; claimed_by: string; claimed_until: Date; is_new: boolean }>`
    with before as materialized (
      select id, claimed_by, claimed_until, ${isClaimed('moderation_case')} as is_claimed from moderation_case
      where site_id = ${siteId} and id = ${caseId} and status = 'open' and ${isTheirs(actor, 'moderation_case')}
      for no key update
    ), taken as (
      update moderation_case
      set claimed_by = ${actor.id}, claimed_until = now() + ${claimSeconds} * interval '1 second'
      from before
      where moderation_case.site_id = ${siteId} and moderation_case.id = before.id
        and (not coalesce(before.is_claimed, false) or before.claimed_by = ${actor.id})
      returning moderation_case.claimed_by, moderation_case.claimed_until,
        not coalesce(before.is_claimed, false) as is_new
    ), held as (
      select * from taken
      union all
      select claimed_by, claimed_until, false from before where not exists (select from taken)
    )
    select account.name, held.* from held join account on account.id = held.claimed_by
  `.execute(db)
  const [held] = rows
  if (!held && !(await exists(db, siteId, caseId, actor)))
    throw new ProblemError('not-found', 'There is no such case on this site.')
  if (!held) return { claim: null, isNew: false }
  const { name, claimed_by, claimed_until, is_new } = held
  const mine = claimed_by === actor.id
  return { claim: { by: name, mine, until: claimed_until.toISOString() }, isNew: is_new }
}

/** Lets go of a case. What is not in the actor's hands stays as it is. */
export async function unclaim(db: Database, siteId: string, caseId: string, actor: Actor): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('moderation_case')
    .set({ claimed_by: null, claimed_until: null })
    .where('site_id', '=', siteId)
    .where('id', '=', caseId)
    .where('claimed_by', '=', actor.id)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

async function exists(db: Database, siteId: string, caseId: string, actor: Actor): Promise<boolean> {
  const found = await db
    .selectFrom('moderation_case')
    .select('id')
    .where('site_id', '=', siteId)
    .where('id', '=', caseId)
    .where(isTheirs(actor, 'moderation_case'))
    .executeTakeFirst()
  return found !== undefined
}
