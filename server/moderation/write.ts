import type { RevisionState } from '../../core/contract/moderation.ts'
import { appendAudit } from '../audit/index.ts'
import type { Database } from '../database/connect.ts'
import type { DecisionRow } from '../database/schema.ts'
import { announceDecision } from './notice.ts'

/** Writes a decision, has its author told of it, and writes it into the site's audit log. */
export async function recordDecision(tx: Database, row: DecisionRow): Promise<void> {
  await tx.insertInto('decision').values(row).execute()
  await announceDecision(tx, row.site_id, row)
  const { id, case_id, comment_id, revision, reason, reverses } = row
  await appendAudit(tx, {
    siteId: row.site_id,
    actorId: row.decided_by,
    action: row.action,
    subject: { decision: id, case: case_id, comment: comment_id, revision, reason, reverses },
  })
}

/** The state of a revision that is there. */
export async function stateOf(
  tx: Database,
  siteId: string,
  commentId: string,
  revision: number,
): Promise<RevisionState> {
  const { state } = await tx
    .selectFrom('comment_revision')
    .select('state')
    .where('site_id', '=', siteId)
    .where('comment_id', '=', commentId)
    .where('number', '=', revision)
    .executeTakeFirstOrThrow()
  return state
}
