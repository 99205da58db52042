import { sql, type Insertable } from 'kysely'
import type { Decision, RevisionState } from '../../core/contract/moderation.ts'
import { appendAudit } from '../audit/index.ts'
import type { Database } from '../database/connect.ts'
import type { DecisionRow, Schema } from '../database/schema.ts'
import { keeping, passOn } from '../jobs/index.ts'
import type { Actor } from '../people/index.ts'
import { noticesOf } from './notice.ts'

/**
 * Writes a decision, has its author told of it, and writes it into the site's audit log.
 * @param beside the bulk that it is part of, if it is, and the proposal that it confirms
 * @returns what is told of it
 */
export async function recordDecision(
  tx: Database,
  actor: Actor,
  made: Omit<DecisionRow, 'decided_by'>,
  beside: Pick<Insertable<Schema['decision']>, 'bulk_id' | 'confirms' | 'proposed_by'> = {},
): Promise<Decision> {
  const row = { ...made, decided_by: actor.id }
  const { id, site_id: siteId, case_id, comment_id, revision, reason, reverses } = row
  const notices = await noticesOf(tx, siteId, row, beside.bulk_id ?? null)
  const type = row.action === 'reverse' ? 'decision.reversed' : 'decision.made'
  // One statement, since each is a way to the database and back while others wait for the comment.
  const { created_at } = await tx
    .with('made', (db) =>
      db
        .insertInto('decision')
        .values({ ...row, ...beside })
        .returning('created_at'),
    )
    .with('kept', () => sql<{ number: number }>`(${keeping({ siteId, type, subjectId: id })})`)
    .selectFrom('made')
    .select('made.created_at')
    .select(sql`(select count(${passOn({ siteId })}) from kept)`.as('passed_on'))
    .select(notices.map((notice, nth) => notice.as(`notice_${nth}`)))
    .executeTakeFirstOrThrow()
  await appendAudit(tx, {
    siteId,
    actorId: row.decided_by,
    action: row.action,
    subject: {
      ...{ decision: id, case: case_id, comment: comment_id, revision, reason, reverses },
      ...(beside.bulk_id != null && { bulk: beside.bulk_id }),
      ...(beside.confirms != null && { confirms: beside.confirms }),
    },
  })
  return { id, action: row.action, reason, note: row.note, by: actor.name, at: created_at.toISOString() }
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
