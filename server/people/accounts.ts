import { hash, verify } from '@node-rs/argon2'
import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Account, ActorRole, NewAccount, Role, Viewer } from '../../core/contract/people.ts'
import type { Database } from '../database/connect.ts'
import { signalOf } from '../database/signals.ts'
import { ProblemError, fieldProblem } from '../http/problem.ts'
import type { Site } from '../sites/index.ts'
import { actorRole } from './labels.ts'

/** Argon2id with the first choice of OWASP's password storage guidance: 19 MiB, 2 passes, 1 lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Of the accounts of the demo, whose password everybody can read. Nobody real has it (RFC 2606). */
const demoDomain = '@demo.example'

// Checked against when the address is unknown, so that the answer takes as long as for a wrong password.
const nobody = hash('no password is this one', cost)

/** A name as it is shown: on one line, and without what nobody sees. May come out empty. */
export const cleanName = (name: string): string =>
  name
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()

/**
 * Creates an account.
 * @returns its id
 * @throws ProblemError `invalid-field` when the name has nothing to see, `conflict` when the address is taken
 */
export async function createAccount(db: Database, account: NewAccount): Promise<string> {
  const name = cleanName(account.name)
  if (name === '') throw fieldProblem('name', 'has nothing to see')
  const created = await db
    .insertInto('account')
    .values({
      id: uuid(),
      email: account.email.trim(),
      name,
      password_hash: await hash(account.password.normalize('NFC'), cost),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!created)
    throw new ProblemError('conflict', 'There is an account with this e-mail address. Sign in instead.')
  return created.id
}

/**
 * Gives the owner of an address an account with a password: a new one, or the one that another provider has made for it,
 * whose name stays. The caller knows that it is the owner.
 * @returns its id
 * @throws ProblemError `invalid-field` when the name has nothing to see, `conflict` when the address has one with a password
 */
export async function openAccount(tx: Database, account: NewAccount): Promise<string> {
  const name = cleanName(account.name)
  if (name === '') throw fieldProblem('account.name', 'has nothing to see')
  const password_hash = await hash(account.password.normalize('NFC'), cost)
  const opened = await tx
    .insertInto('account')
    .values({ id: uuid(), email: account.email, name, password_hash })
    .onConflict((conflict) =>
      conflict
        .expression(sql`lower(email)`)
        .doUpdateSet({ password_hash })
        .where('account.password_hash', 'is', null),
    )
    .returning('id')
    .executeTakeFirst()
  if (!opened)
    throw new ProblemError('conflict', 'There is an account with this e-mail address. Sign in instead.')
  return opened.id
}

/**
 * @param production where the accounts of the demo do not count: somebody may have tried it on this database
 * @returns the id of the account with this address and password
 * @throws ProblemError `wrong-credentials`; whether the address is known shows neither in answer nor time
 */
export async function checkPassword(
  db: Database,
  email: string,
  password: string,
  production: boolean,
): Promise<string> {
  const account = await db
    .selectFrom('account')
    .select(['id', 'password_hash'])
    .where((eb) => eb(eb.fn<string>('lower', ['email']), '=', email.trim().toLowerCase()))
    .executeTakeFirst()
  const right = await verify(account?.password_hash ?? (await nobody), password.normalize('NFC'))
  const barred = production && email.trim().toLowerCase().endsWith(demoDomain)
  if (!account?.password_hash || !right || barred) {
    throw new ProblemError('wrong-credentials', 'E-mail or password is wrong. Check both and try again.')
  }
  return account.id
}

/**
 * Checks the password of somebody who is signed in, before what cannot be undone.
 * @throws ProblemError `wrong-credentials`
 */
export async function confirmPassword(
  db: Database,
  accountId: string,
  password: string,
  production: boolean,
): Promise<void> {
  const { email } = await viewAccount(db, accountId)
  await checkPassword(db, email, password, production)
}

/** What everybody is on a site who is no guest there. */
export const reader: { role: ActorRole; sections: string[] | null } = { role: 'reader', sections: null }

/** @returns the role of an account on a site, and the sections it is limited to */
export async function membershipOn(db: Database, siteId: string, accountId: string): Promise<typeof reader> {
  const membership = await db
    .selectFrom('membership')
    .select([actorRole.as('role'), 'sections'])
    .where('site_id', '=', siteId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return membership ?? reader
}

/** @returns the role of an account on a site */
export const roleOn = async (db: Database, siteId: string, accountId: string): Promise<ActorRole> =>
  (await membershipOn(db, siteId, accountId)).role

/**
 * Gives an account a role on a site, in place of the one it had: its open lines are ended.
 * @param sections the only ones that a moderator is to moderate, as `toSection` has them; null: all of the site
 * @throws ProblemError `conflict` for a guest of this site or another: there is nobody to sign in
 */
export async function setRole(
  db: Database,
  siteId: string,
  accountId: string,
  role: Role,
  sections: string[] | null = null,
): Promise<void> {
  const guest = await db
    .selectFrom('membership')
    .select('site_id')
    .where('account_id', '=', accountId)
    .where('is_guest', '=', true)
    .executeTakeFirst()
  if (guest) throw new ProblemError('conflict', 'This is a guest, without an account that could have a role.')
  await db
    .insertInto('membership')
    .values({ site_id: siteId, account_id: accountId, role, sections })
    .onConflict((conflict) => conflict.columns(['site_id', 'account_id']).doUpdateSet({ role, sections }))
    .returning(signalOf('rights', accountId).as('told'))
    .execute()
}

/** What stands where a person was: for colleagues; readers are told in their own language that it is nobody. */
const nobodysName = 'Deleted reader'

/**
 * Takes out of an account all that tells whose it was, and signs it out everywhere: its open lines are ended. Who had it is nobody here from now on.
 * @param at when it was asked for
 */
export async function anonymise(tx: Database, id: string, at: Date): Promise<void> {
  await sql`
    delete from invitation using account where account.id = ${id} and lower(invitation.email) = lower(account.email)
  `.execute(tx)
  await tx
    .updateTable('account')
    .set({
      email: `${id}@erased.invalid`,
      name: nobodysName,
      password_hash: null,
      mail_refusals: 0,
      mail_stopped_at: at,
      mail_stopped_reason: null,
      erased_at: at,
      email_verified_at: null,
      language: null,
    })
    .where('id', '=', id)
    .returning(signalOf('rights', id).as('told'))
    .execute()
  for (const table of ['session', 'sign_in_code', 'membership', 'follow', 'identity'] as const)
    await tx.deleteFrom(table).where('account_id', '=', id).execute()
}

/** @returns the id of the account with this address, or null */
export async function findAccount(db: Database, email: string): Promise<string | null> {
  const account = await db
    .selectFrom('account')
    .select('id')
    .where((eb) => eb(eb.fn<string>('lower', ['email']), '=', email.trim().toLowerCase()))
    .executeTakeFirst()
  return account?.id ?? null
}

/** @returns an account with the sites it has a role on, as its owner sees it */
export async function viewAccount(db: Database, id: string): Promise<Account> {
  const account = await db
    .selectFrom('account')
    .select(['id', 'name', 'email'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const sites = await db
    .selectFrom('membership')
    .innerJoin('site', 'site.id', 'membership.site_id')
    .select(['site.slug', 'site.name', 'membership.role', 'membership.sections'])
    .where('membership.account_id', '=', id)
    .orderBy('site.slug')
    .limit(200)
    .execute()
  return { ...account, sites }
}

/** @returns somebody as the embed of a site shows them to themselves */
export async function viewerOn(db: Database, site: Site, accountId: string): Promise<Viewer> {
  const { name } = await db
    .selectFrom('account')
    .select('name')
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()
  return { id: accountId, name, role: await roleOn(db, site.id, accountId) }
}
