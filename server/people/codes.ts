import { randomBytes } from 'node:crypto'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import type { Site } from '../sites/index.ts'
import { hashed } from './lucia.ts'
import type { SignedInBy } from './sessions.ts'

/** Long enough for a message between two windows. */
const lifetime = 60_000

/**
 * A one-time code with which the page at `origin` may sign this account in on the site (the shape of the
 * authorization code of RFC 6749 §4.1).
 * @param origin checked by the caller to be one that may embed the site
 * @param by null where Postil asked for the password itself
 */
export async function createCode(
  db: Database,
  site: Site,
  origin: string,
  accountId: string,
  by: SignedInBy | null,
): Promise<string> {
  const code = randomBytes(32).toString('base64url')
  await db.deleteFrom('sign_in_code').where('expires_at', '<', new Date()).execute()
  await db
    .insertInto('sign_in_code')
    .values({
      id: hashed(code),
      account_id: accountId,
      site_id: site.id,
      origin,
      expires_at: new Date(Date.now() + lifetime),
      provider: by?.provider ?? null,
      provider_session: by?.session ?? null,
    })
    .execute()
  return code
}

/**
 * Uses a code up.
 * @returns the account it signs in, and who vouched for it
 * @throws ProblemError `wrong-credentials` when it is unknown, used, too old, or for another site or origin
 */
export async function redeemCode(
  db: Database,
  site: Site,
  origin: string,
  code: string,
): Promise<{ accountId: string; by: SignedInBy | null }> {
  const used = await db
    .deleteFrom('sign_in_code')
    .where('id', '=', hashed(code))
    .returning(['account_id', 'site_id', 'origin', 'expires_at', 'provider', 'provider_session'])
    .executeTakeFirst()
  if (used?.site_id !== site.id || used.origin !== origin || used.expires_at < new Date()) {
    throw new ProblemError('wrong-credentials', 'This sign-in has lapsed. Open the sign-in window again.')
  }
  const { account_id: accountId, provider, provider_session: session } = used
  return { accountId, by: provider === null ? null : { provider, session } }
}
