import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { appendAudit } from '../audit/index.ts'
import type { Database } from '../database/connect.ts'
import { tellWebhooks } from '../jobs/index.ts'
import { membershipOn, setBadges, setRole } from '../people/index.ts'
import { lockSite, type Site } from '../sites/index.ts'
import type { Person } from './claims.ts'

/** Who vouches for somebody, on which site. */
interface Provider {
  siteId: string
  /** `jwt`, or an issuer. */
  provider: string
  takesModerators: boolean
}

/**
 * The account of somebody whom a provider vouches for: the one they had before, else one whose address providers have verified
 * before, else a new one.
 *
 * An account with a role on any site is never found by its address: it would have who runs this provider act in that role's name
 * wherever they can. Nor is one with a password, since whoever made it may not be whose address it is.
 * @param tx a transaction
 * @returns the account's id
 */
export async function accountOf(tx: Database, of: Provider, person: Person): Promise<string> {
  // One at a time on a site, so that two windows of one person do not make two accounts.
  const found = (await find(tx, of, person)) ?? (await lockSite(tx, of.siteId), await find(tx, of, person))
  const accountId = found ?? (await verifiedAccount(tx, person.email)) ?? (await makeAccount(tx, person))
  if (found === null) await keepIdentity(tx, of, person, accountId)
  else await refresh(tx, accountId, person)
  if (person.badges) await setBadges(tx, of.siteId, accountId, person.badges)
  if (of.takesModerators) await takeRole(tx, of, accountId, person)
  return accountId
}

async function keepIdentity(tx: Database, of: Provider, { subject }: Person, accountId: string) {
  await tx
    .insertInto('identity')
    .values({ site_id: of.siteId, provider: of.provider, subject, account_id: accountId })
    .execute()
  await tellWebhooks(tx, { siteId: of.siteId, type: 'account.created', subjectId: accountId })
}

async function find(tx: Database, { siteId, provider }: Provider, { subject }: Person) {
  const row = await tx
    .updateTable('identity')
    .set({ used_at: new Date() })
    .where('site_id', '=', siteId)
    .where('provider', '=', provider)
    .where('subject', '=', subject)
    .returning('account_id')
    .executeTakeFirst()
  return row?.account_id ?? null
}

const sameAddress = (email: string) => sql<boolean>`lower(account.email) = lower(${email})`

async function verifiedAccount(tx: Database, email: string | null): Promise<string | null> {
  if (email === null) return null
  const account = await tx
    .selectFrom('account')
    .select('id')
    .where(sameAddress(email))
    .where('email_verified_at', 'is not', null)
    .where('password_hash', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('membership')
            .select('membership.account_id')
            .whereRef('membership.account_id', '=', 'account.id')
            .where('role', '<>', 'reader'),
        ),
      ),
    )
    .executeTakeFirst()
  return account?.id ?? null
}

/** With the address where it is verified and nobody has it; else with one that leads nowhere (RFC 2606), and gets no mail. */
async function makeAccount(tx: Database, { name, email }: Person): Promise<string> {
  const id = uuid()
  if (email !== null) {
    const made = await tx
      .insertInto('account')
      .values({ id, email, name, email_verified_at: new Date() })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (made) return id
  }
  await tx
    .insertInto('account')
    .values({ id, email: `${id}@signed-in.invalid`, name, mail_stopped_at: new Date() })
    .execute()
  return id
}

/**
 * Takes over a name and a verified address that have changed, where this provider is the only way into the account: on another
 * site, or with a password, they are not its to change.
 */
async function refresh(tx: Database, accountId: string, { name, email }: Person): Promise<void> {
  await sql`
    update account set
      name = ${name},
      email = case when told.is_free then told.email else account.email end,
      email_verified_at = case when told.is_free then now() else email_verified_at end,
      mail_stopped_at = case when told.is_free and account.email like '%.invalid' then null else mail_stopped_at end
    from (
      select ${email}::text as email, ${email}::text is not null and not exists (
        select from account as other where lower(other.email) = lower(${email}::text) and other.id <> ${accountId}
      ) as is_free
    ) as told
    where id = ${accountId} and password_hash is null
      and (name <> ${name} or (told.is_free and account.email <> told.email))
      and (select count(*) from identity where account_id = ${accountId}) = 1
  `.execute(tx)
}

/** Makes a reader a moderator, or takes back what the same provider gave. What an operator has set stays. */
async function takeRole(tx: Database, of: Provider, accountId: string, person: Person): Promise<void> {
  const { role, sections } = await membershipOn(tx, of.siteId, accountId)
  const gives = person.isModerator && role === 'reader'
  const takesBack = !person.isModerator && role === 'moderator' && sections === null
  if (!gives && !takesBack) return
  const isOurs = await tx
    .updateTable('identity')
    .set({ gave_role: gives })
    .where('site_id', '=', of.siteId)
    .where('provider', '=', of.provider)
    .where('subject', '=', person.subject)
    .where('gave_role', '=', !gives)
    .returning('account_id')
    .executeTakeFirst()
  if (!isOurs) return
  const after = gives ? 'moderator' : 'reader'
  await setRole(tx, of.siteId, accountId, after)
  await appendAudit(tx, {
    siteId: of.siteId,
    actorId: null,
    action: 'take_role',
    subject: { account: accountId, role: after, provider: of.provider },
  })
}

/** @returns the accounts that a site's providers know by this subject: one, unless two providers use the same for two people */
export async function accountsBySubject(
  db: Database,
  site: Pick<Site, 'id'>,
  subject: string,
): Promise<string[]> {
  const rows = await db
    .selectFrom('identity')
    .select('account_id')
    .distinct()
    .where('site_id', '=', site.id)
    .where('subject', '=', subject)
    .execute()
  return rows.map((row) => row.account_id)
}
