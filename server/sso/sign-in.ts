import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import type { Site } from '../sites/index.ts'
import { accountOf } from './identity.ts'
import type { KeySets } from './keys.ts'
import { verifyToken } from './token.ts'

/** What identities and sessions have in place of an issuer where the site itself signed. */
export const ownTokens = 'jwt'

/**
 * Exchanges a token of a site's server for an account, once.
 * @returns the account's id
 * @throws ProblemError `wrong-token`, `unavailable`
 */
export async function exchangeToken(db: Database, keys: KeySets, site: Site, token: string): Promise<string> {
  const { person, id, expiresAt, settings } = await verifyToken(db, keys, site, token)
  return await db.transaction().execute(async (tx) => {
    await takeToken(tx, site.id, id, expiresAt)
    const { takesModerators } = settings
    return await accountOf(tx, { siteId: site.id, provider: ownTokens, takesModerators }, person)
  })
}

/**
 * Takes a token's id, so that none with it is taken again; one under way with the same is waited for.
 * @param expiresAt from when on its time alone is reason to refuse it
 * @throws ProblemError `wrong-token` where it was taken before
 */
export async function takeToken(tx: Database, siteId: string, id: string, expiresAt: Date): Promise<void> {
  const taken = await tx
    .insertInto('used_token')
    .values({ site_id: siteId, token_id: id, expires_at: expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .returning('token_id')
    .executeTakeFirst()
  if (!taken)
    throw new ProblemError(
      'wrong-token',
      'A token with this jti was exchanged before. Sign one for each sign-in.',
    )
}

/** Deletes tokens that were exchanged, sign-ins that nobody came back from, and sessions, once their time is over. */
export async function deleteExpiredSignIns(db: Database): Promise<void> {
  for (const table of ['used_token', 'oidc_attempt', 'sign_in_code', 'session'] as const)
    await db
      .deleteFrom(table)
      .where('expires_at', '<', sql<Date>`now()`)
      .execute()
}
