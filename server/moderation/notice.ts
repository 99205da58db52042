import { sql, type RawBuilder } from 'kysely'
import type { DecisionNotice } from '../../core/contract/follows.ts'
import type { Action } from '../../core/contract/moderation.ts'
import { rejecting } from '../../core/moderation/rejecting.ts'
import type { Database } from '../database/connect.ts'
import type { DecisionRow } from '../database/schema.ts'
import { jobCall, type BulkNotice } from '../jobs/index.ts'
import { verdictOf } from './actions.ts'
import { holding } from './screen/holding.ts'

/** What an author is told of: each with its reasons (DSA, Article 17), and how an appeal ended (Article 20). */
const told: ReadonlySet<Action> = new Set<DecisionNotice['action']>([
  ...rejecting,
  'reverse',
  'uphold_appeal',
  'dismiss_appeal',
])
/** Seconds in which a decision can be undone before anybody was told of it. */
const undoWindow = 300

type Told = Pick<DecisionRow, 'id' | 'action' | 'case_id' | 'author_id' | 'reverses'>

/**
 * What has an author told of a decision about their comment, and those who reported it by mail: in a few minutes, so that what is undone
 * until then is not told.
 * @returns expressions for the statement that writes the decision, each of which adds a job where there is anybody to tell
 */
export async function noticesOf(
  tx: Database,
  siteId: string,
  { id, action, case_id, author_id, reverses }: Told,
  bulkId: string | null,
): Promise<RawBuilder<unknown>[]> {
  const isReported = sql`exists (
    select from report where site_id = ${siteId} and case_id = ${case_id} and email is not null
  )`
  const notices =
    verdictOf(action) !== null && action !== 'uphold_appeal'
      ? [jobWhere(isReported, jobCall('outcome', { siteId, decisionId: id }, { delay: undoWindow }))]
      : []
  // What takes a rejection back is told of like one that was undone.
  if (!told.has(action) && !(action === 'approve' && reverses !== null)) return notices
  const isAnswer = action === 'uphold_appeal' || action === 'dismiss_appeal'
  const isUndone = action === 'reverse'
  // One that is taken back may have been made in a bulk.
  const together = isUndone && reverses !== null ? await bulkOf(tx, siteId, reverses) : bulkId
  const notice =
    together === null
      ? jobCall('notice', { siteId, decisionId: id }, { delay: isAnswer ? 0 : undoWindow })
      : jobCall(
          'bulkNotice',
          { siteId, bulkId: together, accountId: author_id, isUndone },
          { key: `${together} ${author_id} ${isUndone}`, delay: undoWindow },
        )
  return [...notices, jobWhere(sql`true`, notice)]
}

/** Counted, since PostgreSQL would pass over what nobody asks for. */
const jobWhere = (condition: RawBuilder<unknown>, call: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select count(${call}) where ${condition})`

/** The bulk that a decision was made in, if it was. */
async function bulkOf(tx: Database, siteId: string, decisionId: string): Promise<string | null> {
  const { bulk_id } = await tx
    .selectFrom('decision')
    .select('bulk_id')
    .where('site_id', '=', siteId)
    .where('id', '=', decisionId)
    .executeTakeFirstOrThrow()
  return bulk_id
}

/** So many decisions go into one mail: of more than anybody reads in one, the rest comes in a second. */
const mostTold = 100

/** What one person is to be told of a bulk, the first decisions first, in parts of what one mail has room for. */
export async function* decisionsOf(
  db: Database,
  { siteId, bulkId, accountId, isUndone }: BulkNotice,
): AsyncGenerator<string[]> {
  const which = isUndone
    ? sql`told.reverses = made.id and told.action = 'reverse'`
    : sql`told.id = made.id and told.action = any(${[...rejecting]}::text[])`
  for (let last: string | null = null; ;) {
    const { rows }: { rows: { id: string }[] } = await sql<{ id: string }>`
      select told.id from decision as made
      join decision as told on told.site_id = made.site_id and ${which}
      where made.site_id = ${siteId} and made.bulk_id = ${bulkId} and made.author_id = ${accountId}
        and (${last}::uuid is null or told.id > ${last}::uuid)
      order by told.id
      limit ${mostTold}
    `.execute(db)
    if (rows.length > 0) yield rows.map(({ id }) => id)
    last = rows.at(-1)?.id ?? null
    if (rows.length < mostTold) return
  }
}

/** To be selected beside `notification`: the decision that it is about, as its author is told of it. No moderator is named. */
export const decisionNow = sql<DecisionNotice | null>`(
  select jsonb_build_object(
    'action', case when decision.action = 'approve' then 'reverse' else decision.action end, 'reason', decision.reason, 'until', sanction.until, 'answer', appeal.answer,
    'found', case
      when first_case.report_count > 0 then 'reports'
      when jsonb_path_exists(comment_revision.signals, ${holding}) then 'rules'
      else 'moderator'
    end
  )
  from decision
  join moderation_case as first_case
    on first_case.site_id = decision.site_id and first_case.id = decision.case_id
  join comment_revision on comment_revision.site_id = decision.site_id
    and comment_revision.comment_id = decision.comment_id and comment_revision.number = decision.revision
  left join sanction on sanction.site_id = decision.site_id and sanction.decision_id = decision.id
  left join appeal on appeal.site_id = decision.site_id and appeal.case_id = decision.case_id
    and appeal.decided_by = decision.decided_by
    and decision.action in ('uphold_appeal', 'dismiss_appeal')
  where decision.site_id = notification.site_id and decision.id = notification.decision_id
)`.as('decision')
