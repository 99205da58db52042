import { v7 as uuid } from 'uuid'
import type { OwnSanction } from '../../core/contract/appeals.ts'
import type { CaseView, RejectReason, SanctionKind } from '../../core/contract/moderation.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import { tellWebhooks } from '../jobs/index.ts'

/** Warnings, time-outs and bans that somebody is shown at once. */
const mostShown = 10

/** What holds for somebody on a site because of what moderators decided. */
export interface Standing {
  isBanned: boolean
  /** A warning that they have not yet said to have read. */
  isWarned: boolean
  timedOutUntil: Date | null
}

/** What becomes of a comment's author with a decision; `days` of a time-out. */
export interface Sanction {
  kind: SanctionKind
  reason: RejectReason
  days: number | null
}

/** Keeps what a decision means for the author; to be lifted with the decision. */
export async function impose(
  tx: Database,
  at: { siteId: string; accountId: string; decisionId: string },
  { kind, reason, days }: Sanction,
): Promise<void> {
  const id = uuid()
  await tx
    .insertInto('sanction')
    .values({
      site_id: at.siteId,
      id,
      account_id: at.accountId,
      decision_id: at.decisionId,
      kind,
      reason,
      until: days === null ? null : new Date(Date.now() + days * 24 * 3600_000),
    })
    .execute()
  await tellWebhooks(tx, { siteId: at.siteId, type: 'account.sanctioned', subjectId: id })
}

/** Takes back what a decision meant for the author. */
export async function lift(tx: Database, siteId: string, decisionId: string): Promise<void> {
  await tx
    .updateTable('sanction')
    .set({ lifted_at: new Date() })
    .where('site_id', '=', siteId)
    .where('decision_id', '=', decisionId)
    .where('lifted_at', 'is', null)
    .execute()
}

/** Imposes again what was lifted with a decision, since it stands after all. */
export async function reimpose(tx: Database, siteId: string, decisionId: string): Promise<void> {
  await tx
    .updateTable('sanction')
    .set({ lifted_at: null })
    .where('site_id', '=', siteId)
    .where('decision_id', '=', decisionId)
    .execute()
}

/** Selects what was imposed on people and still says something: a time-out that ended does not. */
function inForce(db: Database, siteId: string) {
  return db
    .selectFrom('sanction')
    .where('site_id', '=', siteId)
    .where('lifted_at', 'is', null)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', new Date())]))
}

/** What somebody has not yet said to have read of it, the newest first. */
export async function unacknowledged(
  db: Database,
  siteId: string,
  accountId: string,
): Promise<OwnSanction[]> {
  const rows = await inForce(db, siteId)
    .select(['id', 'kind', 'reason', 'created_at', 'until'])
    .where('account_id', '=', accountId)
    .where('acknowledged_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(mostShown)
    .execute()
  return rows.map(({ id, kind, reason, created_at, until }) => ({
    id,
    kind,
    reason,
    at: created_at.toISOString(),
    until: until && until.toISOString(),
  }))
}

/**
 * Notes that somebody has read what was imposed on them. Said again, it changes nothing.
 * @throws ProblemError `not-found`, also for what is somebody else's
 */
export async function acknowledge(
  db: Database,
  siteId: string,
  accountId: string,
  sanctionId: string,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('sanction')
    .set((eb) => ({ acknowledged_at: eb.fn.coalesce('acknowledged_at', eb.val(new Date())) }))
    .where('site_id', '=', siteId)
    .where('id', '=', sanctionId)
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n)
    throw new ProblemError('not-found', 'There is no such warning to you on this site.')
}

type Imposed = NonNullable<CaseView['comment']['author']['sanction']>

/** What was last imposed on each of these people, as a moderator sees it. */
export async function sanctionsOn(
  db: Database,
  siteId: string,
  accounts: string[],
): Promise<Map<string, Imposed>> {
  const rows = await inForce(db, siteId)
    .distinctOn('account_id')
    .select(['account_id', 'kind', 'reason', 'created_at', 'until', 'acknowledged_at'])
    .where('account_id', 'in', accounts)
    .orderBy('account_id')
    .orderBy('id', 'desc')
    .execute()
  return new Map(
    rows.map(({ account_id, kind, reason, created_at, until, acknowledged_at }) => [
      account_id,
      {
        kind,
        reason,
        at: created_at.toISOString(),
        until: until && until.toISOString(),
        acknowledgedAt: acknowledged_at && acknowledged_at.toISOString(),
      },
    ]),
  )
}
