import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'
import { addJob } from '../jobs/index.ts'
import { hashed } from '../people/index.ts'

/** Of a link, in milliseconds. */
const lifetime = 24 * 3600_000
/** Between two mails to one address, in milliseconds. */
const pause = 10 * 60_000
/** More are not listed; all of them are claimed. */
const mostListed = 50

/** What was imported under one name and somebody's address. */
export interface Claimable {
  siteId: string
  site: string
  accountId: string
  name: string
  comments: number
}

/**
 * Looks for comments that were imported under an account's address, in the background: what it finds it tells by mail to
 * that address alone, since nobody has verified yet whose it is.
 */
export async function askForClaim(db: Database, accountId: string, language: string): Promise<void> {
  await addJob(db, 'claimMail', { accountId, language }, { key: accountId })
}

/**
 * What was imported under the address of an account, but for what is its own already.
 * @param most null: all of it
 */
export async function claimableBy(
  db: Database,
  accountId: string,
  most: number | null = mostListed,
): Promise<Claimable[]> {
  const { rows } = await sql<Claimable>`
    select author.site_id as "siteId", site.name as site, author.account_id as "accountId", theirs.name, (
      select count(*)::int from comment
      where comment.site_id = author.site_id and comment.author_id = author.account_id
    ) as comments
    from account as person
    join import_author as author on lower(author.email) = lower(person.email)
    join account as theirs on theirs.id = author.account_id
    join site on site.id = author.site_id
    where person.id = ${accountId} and author.account_id <> person.id
      -- What somebody signs in with is theirs.
      and theirs.password_hash is null and not exists (select from identity where account_id = theirs.id)
    order by site.name, theirs.name, author.account_id
    limit ${most}
  `.execute(db)
  return rows
}

/** Whether a link was mailed to an account just now. */
export async function isMailed(tx: Database, accountId: string): Promise<boolean> {
  const last = await tx
    .selectFrom('claim')
    .select('id')
    .where('account_id', '=', accountId)
    .where('expires_at', '>', new Date(Date.now() + lifetime - pause))
    .executeTakeFirst()
  return last !== undefined
}

/** What a link has. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** Has a link hold from now on. */
export async function keepClaim(tx: Database, accountId: string, token: string): Promise<void> {
  await tx
    .insertInto('claim')
    .values({ id: hashed(token), account_id: accountId, expires_at: new Date(Date.now() + lifetime) })
    .execute()
}

/** @returns whose link this is; null for one that is used, too old, or none */
export async function claimantOf(db: Database, token: string): Promise<string | null> {
  const claim = await db
    .selectFrom('claim')
    .select('account_id')
    .where('id', '=', hashed(token))
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst()
  return claim?.account_id ?? null
}

/**
 * Uses a link up, and has all that was imported under the address put under the account's name, in the background.
 * @param accountId who is signed in: the link of another account does nothing, so that nobody is led to give their comments away
 * @returns false where the link is not theirs, used, or too old
 */
export async function claim(db: Database, token: string, accountId: string): Promise<boolean> {
  return await db.transaction().execute(async (tx) => {
    const used = await tx
      .deleteFrom('claim')
      .where('id', '=', hashed(token))
      .where('account_id', '=', accountId)
      .where('expires_at', '>', sql<Date>`now()`)
      .returning('id')
      .executeTakeFirst()
    if (!used) return false
    for (const { siteId, accountId: from } of await claimableBy(tx, accountId, null))
      await addJob(tx, 'takeOver', { siteId, from, to: accountId }, { queue: accountId, key: from })
    return true
  })
}

/** Deletes the links whose time is over. */
export async function deleteExpiredClaims(db: Database): Promise<void> {
  await db
    .deleteFrom('claim')
    .where('expires_at', '<', sql<Date>`now()`)
    .execute()
}
