import { sql } from 'kysely'
import type { Webhook } from '../../core/contract/webhooks.ts'
import type { Database } from '../database/connect.ts'

/** Counted so far. */
const counted = 1_000

/**
 * The webhooks of a site, and how each fares; the oldest first.
 * @param only of this id
 */
export async function viewWebhooks(db: Database, siteId: string, only?: string): Promise<Webhook[]> {
  const rows = await db
    .selectFrom('webhook')
    .select(['id', 'version', 'url', 'description', 'events', 'created_at', 'disabled_at', 'disabled_why'])
    .select(['delivered_at', 'failing_since', 'problem', 'due_at'])
    .select([
      sql<Date | null>`case when previous_until > now() then previous_until end`.as('previous_until'),
      countOf('waiting').as('waiting'),
      countOf('dead').as('dead'),
    ])
    .where('site_id', '=', siteId)
    .$if(only !== undefined, (query) => query.where('id', '=', only ?? ''))
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    url: row.url,
    description: row.description,
    events: row.events,
    createdAt: row.created_at.toISOString(),
    previousSecretUntil: row.previous_until && row.previous_until.toISOString(),
    disabled:
      row.disabled_at && row.disabled_why
        ? { at: row.disabled_at.toISOString(), why: row.disabled_why }
        : null,
    deliveredAt: row.delivered_at && row.delivered_at.toISOString(),
    failingSince: row.failing_since && row.failing_since.toISOString(),
    problem: row.problem,
    nextAt: row.due_at && !row.disabled_at ? row.due_at.toISOString() : null,
    waiting: row.waiting,
    dead: row.dead,
  }))
}

const countOf = (status: 'waiting' | 'dead') => sql<number>`(
  select count(*)::int from (
    select from webhook_delivery as delivery
    where delivery.site_id = webhook.site_id and delivery.webhook_id = webhook.id
      and delivery.status = ${sql.lit(status)}
    limit ${sql.lit(counted)}
  ) as found
)`
