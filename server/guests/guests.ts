import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Database } from '../database/connect.ts'
import { fieldProblem, ProblemError } from '../http/problem.ts'
import { anonymise, cleanName } from '../people/index.ts'
import type { Site } from '../sites/index.ts'
import { isLike } from './likeness.ts'

/**
 * Lets somebody comment on a site with a name alone: an account of this site only, which has no password, and an address that leads
 * nowhere (RFC 2606).
 * @param tx a transaction
 * @returns the account's id
 * @throws ProblemError `not-allowed` where the site takes no guests; `invalid-field` for a name that has nothing to see, or that
 *   readers could take for somebody's who works for the site
 */
export async function addGuest(tx: Database, site: Site, typed: string): Promise<string> {
  const name = cleanName(typed)
  if (name === '') throw fieldProblem('name', 'has nothing to see')
  if (!site.takesGuests)
    throw new ProblemError('not-allowed', 'This site takes no guests. Sign in with an account to comment.')
  const staff = await staffNames(tx, site.id)
  if (staff.some((other) => isLike(name, other)))
    throw fieldProblem('name', 'is like the name of somebody who works for this site. Choose another')
  const id = uuid()
  await tx
    .insertInto('account')
    .values({ id, email: `${id}@guest.invalid`, name, mail_stopped_at: new Date() })
    .execute()
  await tx
    .insertInto('membership')
    .values({ site_id: site.id, account_id: id, role: 'reader', sections: null, is_guest: true })
    .execute()
  return id
}

/** By an index over those who work for sites, who are few. */
async function staffNames(db: Database, siteId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('membership')
    .innerJoin('account', 'account.id', 'membership.account_id')
    .select('account.name')
    .where('membership.site_id', '=', siteId)
    .where(sql<boolean>`membership.role <> 'reader'`)
    .execute()
  return rows.map((row) => row.name)
}

/** Guests that one look takes, so that it holds no more than that in memory. */
const batch = 500

/** Forgets guests who left nothing, once no session of theirs is left to write something in. */
export async function forgetGuests(db: Database): Promise<void> {
  for (let found = batch; found === batch;) {
    const guests = await leftNothing(db)
    for (const id of guests) await db.transaction().execute((tx) => anonymise(tx, id, new Date()))
    found = guests.length
  }
}

/** A day old at the least: who has just come has no session yet. */
async function leftNothing(db: Database): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select account.id from membership join account on account.id = membership.account_id
    where membership.is_guest and account.created_at < now() - interval '1 day'
      and not exists (select from session where session.account_id = account.id and expires_at > now())
      and not exists (
        select from comment where comment.site_id = membership.site_id and author_id = account.id
      )
    order by account.id limit ${batch}
  `.execute(db)
  return rows.map((row) => row.id)
}
