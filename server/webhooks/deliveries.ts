import { sql } from 'kysely'
import type { Delivery, DeliveryPage, DeliveryStatus } from '../../core/contract/webhooks.ts'
import { appendAudit } from '../audit/index.ts'
import type { Database } from '../database/connect.ts'
import { firstIdAt } from '../database/ids.ts'
import { fromCursor, pageSize, toCursor } from '../http/page.ts'
import { ProblemError } from '../http/problem.ts'
import type { WebhookKey } from './deliver.ts'
import { setOff } from './pass-on.ts'
import { requireWebhook } from './webhooks.ts'

/** Days that a message is kept: one that arrived, and any other. */
const keptDelivered = 7
const keptAll = 30
/** Sent again by one request. */
const mostResent = 10_000

/**
 * Messages to a webhook, the newest first.
 * @throws ProblemError `not-found`; `invalid-field` for the cursor
 */
export async function deliveriesOf(
  db: Database,
  { siteId, webhookId }: WebhookKey,
  {
    status,
    cursor,
    limit = pageSize,
  }: { status?: DeliveryStatus | undefined; cursor?: string | undefined; limit?: number | undefined },
): Promise<DeliveryPage> {
  const before = fromCursor(cursor)
  await requireWebhook(db, { siteId, webhookId })
  const rows = await db
    .selectFrom('webhook_delivery')
    .select(['id', 'type', 'subject_id', 'happened_at', 'status', 'attempts', 'last_at'])
    .select(['last_status', 'problem', 'next_at'])
    .where('site_id', '=', siteId)
    .where('webhook_id', '=', webhookId)
    .$if(status !== undefined, (query) => query.where('status', '=', status ?? 'waiting'))
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const next = rows.length > limit ? (page.at(-1)?.id ?? null) : null
  return { deliveries: page.map(viewDelivery), next: toCursor(next) }
}

function viewDelivery(row: {
  id: string
  type: Delivery['type']
  subject_id: string
  happened_at: Date
  status: DeliveryStatus
  attempts: number
  last_at: Date | null
  last_status: number | null
  problem: string | null
  next_at: Date | null
}): Delivery {
  return {
    id: row.id,
    type: row.type,
    subject: row.subject_id,
    happenedAt: row.happened_at.toISOString(),
    status: row.status,
    attempts: row.attempts,
    lastAt: row.last_at && row.last_at.toISOString(),
    lastStatus: row.last_status,
    problem: row.problem,
    nextAt: row.next_at && row.next_at.toISOString(),
  }
}

/**
 * Has messages sent again, with the ids they have.
 * @param by null for the command line
 * @param only one that was given up or has arrived; null: all that were given up, the oldest first, up to {@link mostResent}
 * @returns how many
 * @throws ProblemError `not-found`; `conflict` where the webhook is disabled, or the message waits already
 */
export async function resend(
  db: Database,
  at: WebhookKey,
  by: string | null,
  only: string | null,
): Promise<number> {
  const { siteId, webhookId } = at
  return await db.transaction().execute(async (tx) => {
    const { disabled_at } = await requireWebhook(tx, at)
    if (disabled_at) throw new ProblemError('conflict', 'This webhook is disabled. Enable it first.')
    const chosen = tx
      .selectFrom('webhook_delivery as one')
      .select('one.id')
      .where('one.site_id', '=', siteId)
      .where('one.webhook_id', '=', webhookId)
      .$if(only === null, (query) =>
        query.where('one.status', '=', 'dead').orderBy('one.id').limit(mostResent),
      )
      .$if(only !== null, (query) =>
        query.where('one.id', '=', only ?? '').where('one.status', '<>', 'waiting'),
      )
    const { numUpdatedRows } = await tx
      .updateTable('webhook_delivery')
      .set({ status: 'waiting', attempts: 0, next_at: null })
      .where('site_id', '=', siteId)
      .where('id', 'in', chosen)
      .executeTakeFirst()
    const count = Number(numUpdatedRows)
    if (only !== null && count === 0) await refuse(tx, at, only)
    if (count === 0) return 0
    await setOff(tx, at)
    const subject = { webhook: webhookId, messages: count, ...(only !== null && { message: only }) }
    await appendAudit(tx, { siteId, actorId: by, action: 'resend_webhook', subject })
    return count
  })
}

async function refuse(tx: Database, { siteId, webhookId }: WebhookKey, id: string): Promise<never> {
  const there = await tx
    .selectFrom('webhook_delivery')
    .select('id')
    .where('site_id', '=', siteId)
    .where('webhook_id', '=', webhookId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!there) throw new ProblemError('not-found', 'There is no such message to this webhook.')
  throw new ProblemError('conflict', 'This message waits to be sent already.')
}

/** Deletes messages that are too old to be looked at. */
export async function deleteOldDeliveries(db: Database, now = Date.now()): Promise<void> {
  const before = (days: number) => firstIdAt(now - days * 24 * 3_600_000)
  // With the site first, as the primary key has it.
  await sql`
    delete from webhook_delivery
    where site_id = any(array(select site_id from webhook)) and id < ${before(keptDelivered)}
      and (status = 'delivered' or id < ${before(keptAll)})
  `.execute(db)
}
