import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Invitation, NewInvitation } from '../../core/contract/staff.ts'
import { appendAudit } from '../audit/index.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import { addJob } from '../jobs/index.ts'
import { hashed, type Actor } from '../people/index.ts'
import { lockSite } from '../sites/index.ts'
import { sectionsFor } from './members.ts'

/** Of a site, at once. */
const most = 100
const lasts = sql<Date>`now() + interval '7 days'`

/** Who is invited to work for a site and has not answered, the newest first; also those whose link is too old by now. */
export async function readInvitations(db: Database, siteId: string): Promise<Invitation[]> {
  const rows = await invitations(db, siteId).orderBy('invitation.id', 'desc').limit(most).execute()
  return rows.map(view)
}

const invitations = (db: Database, siteId: string) =>
  db
    .selectFrom('invitation')
    .leftJoin('account', 'account.id', 'invitation.invited_by')
    .select(['invitation.id', 'invitation.email', 'role', 'sections', 'account.name as by'])
    .select(['invitation.created_at', 'expires_at', 'mailed_at', 'problem'])
    .where('site_id', '=', siteId)

type Row = Awaited<ReturnType<ReturnType<typeof invitations>['executeTakeFirstOrThrow']>>

const view = ({ created_at, expires_at, mailed_at, ...row }: Row): Invitation => ({
  ...row,
  createdAt: created_at.toISOString(),
  expiresAt: expires_at.toISOString(),
  mailedAt: mailed_at && mailed_at.toISOString(),
})

/**
 * Invites somebody by mail. What is answered does not tell whether the address has an account.
 * @throws ProblemError `invalid-field` naming the section that is none; `conflict` for who works for the site, is invited
 *   already, or where too many are
 */
export async function invite(
  db: Database,
  siteId: string,
  actor: Actor,
  { email: address, role, sections, language }: NewInvitation,
): Promise<Invitation> {
  const email = address.trim()
  const kept = sectionsFor({ role, sections })
  const id = uuid()
  return await db.transaction().execute(async (tx) => {
    await lockSite(tx, siteId)
    await requireNew(tx, siteId, email)
    await tx
      .insertInto('invitation')
      .values({
        site_id: siteId,
        id,
        email,
        role,
        sections: kept,
        language,
        invited_by: actor.id,
        expires_at: lasts,
      })
      .execute()
    await addJob(tx, 'invitationMail', { siteId, invitationId: id }, { key: id })
    await appendAudit(tx, { siteId, actorId: actor.id, action: 'invite', subject: { invitation: id, role } })
    return view(await invitations(tx, siteId).where('invitation.id', '=', id).executeTakeFirstOrThrow())
  })
}

/** @throws ProblemError `conflict`: a publisher sees the addresses of both, so this tells nothing new */
async function requireNew(tx: Database, siteId: string, email: string): Promise<void> {
  const { rows } = await sql<{ works: boolean; invited: boolean; many: boolean }>`
    select
      exists (
        select from membership join account on account.id = membership.account_id
        where site_id = ${siteId} and role <> 'reader' and lower(account.email) = lower(${email})
      ) as works,
      exists (select from invitation where site_id = ${siteId} and lower(email) = lower(${email})) as invited,
      (select count(*) from invitation where site_id = ${siteId}) >= ${most} as many
  `.execute(tx)
  const [found] = rows
  if (found?.works)
    throw new ProblemError('conflict', `${email} works for this site already. Change the role in the list.`)
  if (found?.invited)
    throw new ProblemError(
      'conflict',
      `${email} is invited already. Send the invitation again from the list.`,
    )
  if (found?.many)
    throw new ProblemError('conflict', `${most} invitations wait for an answer. Take some back first.`)
}

/**
 * Mails an invitation again, with a link that holds for seven days from now; the one before ends.
 * @throws ProblemError `not-found`; `too-soon` within a minute of the last mail
 */
export async function inviteAgain(
  db: Database,
  siteId: string,
  actor: Actor,
  id: string,
): Promise<Invitation> {
  return await db.transaction().execute(async (tx) => {
    const one = await tx
      .selectFrom('invitation')
      .select(['role', sql<boolean>`coalesce(mailed_at > now() - interval '1 minute', false)`.as('isFresh')])
      .where('site_id', '=', siteId)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!one) throw noInvitation()
    if (one.isFresh)
      throw new ProblemError('too-soon', 'It was mailed less than a minute ago. Wait a little.')
    await tx
      .updateTable('invitation')
      .set({ expires_at: lasts, token: null, mailed_at: null, problem: null })
      .where('site_id', '=', siteId)
      .where('id', '=', id)
      .execute()
    await addJob(tx, 'invitationMail', { siteId, invitationId: id }, { key: id })
    const subject = { invitation: id, role: one.role }
    await appendAudit(tx, { siteId, actorId: actor.id, action: 'invite_again', subject })
    return view(await invitations(tx, siteId).where('invitation.id', '=', id).executeTakeFirstOrThrow())
  })
}

/**
 * Takes an invitation back: its link no longer works.
 * @throws ProblemError `not-found`
 */
export async function uninvite(db: Database, siteId: string, actor: Actor, id: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const gone = await tx
      .deleteFrom('invitation')
      .where('site_id', '=', siteId)
      .where('id', '=', id)
      .returning('role')
      .executeTakeFirst()
    if (!gone) throw noInvitation()
    const subject = { invitation: id, role: gone.role }
    await appendAudit(tx, { siteId, actorId: actor.id, action: 'uninvite', subject })
  })
}

const noInvitation = () =>
  new ProblemError('not-found', 'There is no such invitation: it was accepted, or taken back.')

/** What is to be mailed to who is invited, with the only copy there is of the link's token; null where there is nothing to mail. */
export async function newToken(tx: Database, siteId: string, id: string) {
  const token = randomBytes(32).toString('base64url')
  const one = await tx
    .updateTable('invitation')
    .from('site')
    .set({ token: hashed(token) })
    .whereRef('site.id', '=', 'invitation.site_id')
    .where('site_id', '=', siteId)
    .where('invitation.id', '=', id)
    .where('mailed_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning(['email', 'role', 'language', 'site.name as siteName'])
    .executeTakeFirst()
  return one ? { ...one, token } : null
}

/**
 * Notes what became of an invitation's mail.
 * @param problem why the mail server does not take it; null: it did
 */
export async function noteMail(
  tx: Database,
  siteId: string,
  id: string,
  problem: string | null,
): Promise<void> {
  await tx
    .updateTable('invitation')
    .set({ mailed_at: new Date(), problem: problem === null ? null : problem.slice(0, 300) })
    .where('site_id', '=', siteId)
    .where('id', '=', id)
    .execute()
}

/** Deletes invitations that lapsed a week ago: until then a publisher sees that nobody answered. */
export async function deleteOldInvitations(db: Database): Promise<void> {
  await db
    .deleteFrom('invitation')
    .where('expires_at', '<', sql<Date>`now() - interval '7 days'`)
    .execute()
}
