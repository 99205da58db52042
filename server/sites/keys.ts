import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { KeyPurpose, MadeSiteKey, SiteKey } from '../../core/contract/keys.ts'
import { appendAudit } from '../audit/index.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import { lockSite } from './sites.ts'

/** How long the key before goes on holding once a newer one is made, so that nothing fails while it is exchanged. */
export const overlapDays = 7
/** So many of one purpose hold at once at the most: more rotations in a week are a mistake. */
const most = 5
const bytes = 32

/** A secret as the people of a site copy it: as Standard Webhooks writes it. */
export const writtenSecret = (secret: Buffer): string => `whsec_${secret.toString('base64')}`

/** The keys of a site that hold, newest first; no secret. */
export async function siteKeys(db: Database, siteId: string): Promise<SiteKey[]> {
  const rows = await db
    .selectFrom('site_key')
    .leftJoin('account', 'account.id', 'site_key.made_by')
    .select(['site_key.id', 'purpose', 'site_key.created_at', 'expires_at', 'used_at', 'account.name'])
    .where('site_id', '=', siteId)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', sql<Date>`now()`)]))
    .orderBy('site_key.id', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    purpose: row.purpose,
    by: row.name,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    usedAt: row.used_at?.toISOString() ?? null,
  }))
}

/**
 * Makes a key. Those of the same purpose hold for {@link overlapDays} more.
 * @param by null for the command line
 * @returns the key with its secret, which is told this once
 * @throws ProblemError `conflict` where too many hold already
 */
export async function makeKey(
  db: Database,
  siteId: string,
  by: { id: string; name: string } | null,
  purpose: KeyPurpose,
): Promise<MadeSiteKey> {
  const secret = randomBytes(bytes)
  const id = uuid()
  const createdAt = await db.transaction().execute(async (tx) => {
    // One at a time on a site, so that two at once are not more than there may be.
    await lockSite(tx, siteId)
    const others = (await siteKeys(tx, siteId)).filter((key) => key.purpose === purpose)
    if (others.length >= most)
      throw new ProblemError('conflict', `There are ${most} such keys already. Revoke one first.`)
    await tx
      .updateTable('site_key')
      .set({ expires_at: sql<Date>`now() + make_interval(days => ${overlapDays})` })
      .where('site_id', '=', siteId)
      .where('purpose', '=', purpose)
      .where('expires_at', 'is', null)
      .execute()
    const { created_at } = await tx
      .insertInto('site_key')
      .values({ site_id: siteId, id, purpose, secret, made_by: by?.id ?? null })
      .returning('created_at')
      .executeTakeFirstOrThrow()
    await appendAudit(tx, {
      siteId,
      actorId: by?.id ?? null,
      action: 'make_key',
      subject: { key: id, purpose },
    })
    return created_at.toISOString()
  })
  const key = { id, purpose, by: by?.name ?? null, createdAt, expiresAt: null, usedAt: null }
  return { key, secret: writtenSecret(secret) }
}

/**
 * Ends a key at once; what is signed with it is refused from now on.
 * @throws ProblemError `not-found`
 */
export async function revokeKey(
  db: Database,
  siteId: string,
  byId: string | null,
  id: string,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const gone = await tx
      .deleteFrom('site_key')
      .where('site_id', '=', siteId)
      .where('id', '=', id)
      .returning('purpose')
      .executeTakeFirst()
    if (!gone) throw new ProblemError('not-found', 'There is no such key on this site.')
    await appendAudit(tx, {
      siteId,
      actorId: byId,
      action: 'revoke_key',
      subject: { key: id, purpose: gone.purpose },
    })
  })
}

/** The secrets of a site that hold for a purpose, newest first. */
export async function secretsOf(
  db: Database,
  siteId: string,
  purpose: KeyPurpose,
): Promise<{ id: string; secret: Buffer }[]> {
  return await db
    .selectFrom('site_key')
    .select(['id', 'secret'])
    .where('site_id', '=', siteId)
    .where('purpose', '=', purpose)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', sql<Date>`now()`)]))
    .orderBy('id', 'desc')
    .execute()
}

/** Notes that a key was used, once an hour at the most: so a site sees which of its keys nothing needs any more. */
export async function noteUse(db: Database, siteId: string, id: string): Promise<void> {
  await db
    .updateTable('site_key')
    .set({ used_at: sql<Date>`date_trunc('hour', now())` })
    .where('site_id', '=', siteId)
    .where('id', '=', id)
    .where(sql<boolean>`used_at is distinct from date_trunc('hour', now())`)
    .execute()
}
