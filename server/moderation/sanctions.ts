import { v7 as uuid } from 'uuid'
import type { CaseView, RejectReason, SanctionKind } from '../../core/contract/moderation.ts'
import type { Database } from '../database/connect.ts'

/** What holds for somebody on a site because of what moderators decided. */
export interface Standing {
  isBanned: boolean
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
  await tx
    .insertInto('sanction')
    .values({
      site_id: at.siteId,
      id: uuid(),
      account_id: at.accountId,
      decision_id: at.decisionId,
      kind,
      reason,
      until: days === null ? null : new Date(Date.now() + days * 24 * 3600_000),
    })
    .execute()
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

/** Selects what was imposed on people and still says something: a time-out that ended does not. */
function inForce(db: Database, siteId: string) {
  return db
    .selectFrom('sanction')
    .where('site_id', '=', siteId)
    .where('lifted_at', 'is', null)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', new Date())]))
}

/** What holds for somebody now; nothing for most. */
export async function standingOf(db: Database, siteId: string, accountId: string): Promise<Standing> {
  const rows = await inForce(db, siteId)
    .select(['kind', 'until'])
    .where('account_id', '=', accountId)
    .where('kind', '<>', 'warning')
    .orderBy('until', 'desc')
    .execute()
  const timedOut = rows.find(({ kind }) => kind === 'time_out')
  return { isBanned: rows.some(({ kind }) => kind === 'ban'), timedOutUntil: timedOut?.until ?? null }
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
    .select(['account_id', 'kind', 'reason', 'created_at', 'until'])
    .where('account_id', 'in', accounts)
    .orderBy('account_id')
    .orderBy('id', 'desc')
    .execute()
  return new Map(
    rows.map(({ account_id, kind, reason, created_at, until }) => [
      account_id,
      { kind, reason, at: created_at.toISOString(), until: until && until.toISOString() },
    ]),
  )
}
