import type { RevisionState } from '../../core/contract/moderation.ts'
import { appendAudit } from '../audit/index.ts'
import type { Database } from '../database/connect.ts'
import type { DecisionRow } from '../database/schema.ts'
import { announceDecision } from './notice.ts'

/**
 * Writes a decision, has its author told of it, and writes it into the site's audit log.
 * @param bulkId what it was made with many others of, if it was
 */
export async function recordDecision(
  tx: Database,
  row: DecisionRow,
  bulkId: string | null = null,
): Promise<void> {
  await tx
    .insertInto('decision')
    .values({ ...row, bulk_id: bulkId })
    .execute()
  await announceDecision(tx, row.site_id, row)
  const { id, case_id, comment_id, revision, reason, reverses } = row
  await appendAudit(tx, {
    siteId: row.site_id,
    actorId: row.decided_by,
    action: row.action,
    subject: {
      ...{ decision: id, case: case_id, comment: comment_id, revision, reason, reverses },
      ...(bulkId !== null && { bulk: bulkId }),
    },
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
