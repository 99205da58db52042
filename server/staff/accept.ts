import { sql } from 'kysely'
import type { Invited } from '../../core/contract/staff.ts'
import { appendAudit } from '../audit/index.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import { hashed, openAccount, roleOn, setRole, viewAccount } from '../people/index.ts'

/** The same words for all that may be wrong with it. */
const noLongerValid = () =>
  new ProblemError(
    'not-found',
    'This invitation no longer works: it was used, taken back or replaced, or is more than seven days old. Ask for another.',
  )

/**
 * What an invitation is for, for who has its link: they read the mail of its address, so they may know whether it has an account.
 * @throws ProblemError `not-found`
 */
export async function readInvited(db: Database, token: string): Promise<Invited> {
  const one = await db
    .selectFrom('invitation')
    .innerJoin('site', 'site.id', 'invitation.site_id')
    .select(['site.slug as site', 'site.name as siteName', 'email', 'role', 'sections'])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('account')
            .select('account.id')
            .where(sql<boolean>`lower(account.email) = lower(invitation.email)`)
            .where('password_hash', 'is not', null),
        )
        .as('hasAccount'),
    )
    .where('token', '=', hashed(token))
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst()
  if (!one) throw noLongerValid()
  return { ...one, hasAccount: Boolean(one.hasAccount) }
}

/**
 * Accepts an invitation, once: whoever has the address has the role from now on. A role that they were given meanwhile stays.
 * @param by who is signed in, or the new account to be made for the invitation's address
 * @returns the account's id
 * @throws ProblemError `not-found`; `not-allowed` for an account with another address; as `openAccount` does
 */
export async function accept(
  db: Database,
  token: string,
  by: { accountId: string } | { name: string; password: string },
): Promise<string> {
  return await db.transaction().execute(async (tx) => {
    const one = await tx
      .deleteFrom('invitation')
      .where('token', '=', hashed(token))
      .where('expires_at', '>', sql<Date>`now()`)
      .returning(['site_id', 'id', 'email', 'role', 'sections'])
      .executeTakeFirst()
    if (!one) throw noLongerValid()
    const accountId =
      'accountId' in by
        ? await requireAddress(tx, by.accountId, one.email)
        : await openAccount(tx, { ...by, email: one.email })
    if ((await roleOn(tx, one.site_id, accountId)) === 'reader')
      await setRole(tx, one.site_id, accountId, one.role, one.sections)
    await appendAudit(tx, {
      siteId: one.site_id,
      actorId: accountId,
      action: 'accept_invitation',
      subject: { invitation: one.id, account: accountId, role: one.role },
    })
    return accountId
  })
}

async function requireAddress(tx: Database, accountId: string, email: string): Promise<string> {
  const account = await viewAccount(tx, accountId)
  if (account.email.toLowerCase() !== email.toLowerCase())
    throw new ProblemError(
      'not-allowed',
      `This invitation is for ${email}, and you are signed in as ${account.email}. Sign in with the other account.`,
    )
  return accountId
}
