import { sql } from 'kysely'
import { parse, v7 } from 'uuid'
import type { WebhookEventType } from '../../core/contract/webhooks.ts'
import type { Database } from '../database/connect.ts'
import { addJob } from '../jobs/index.ts'

/** Passed on in one transaction. */
const batch = 500

interface Kept {
  type: WebhookEventType
  subject_id: string
  happened_at: Date
}

/**
 * Makes a delivery of what happened on a site for each webhook that wants to be told, and has them sent. One at a time on a site, with ids
 * that follow on those before: so the order of ids is the order of sending, whoever committed first.
 */
export async function passOn(db: Database, siteId: string): Promise<void> {
  let passed = batch
  while (passed === batch) passed = await db.transaction().execute((tx) => passSome(tx, siteId))
}

async function passSome(tx: Database, siteId: string): Promise<number> {
  const webhooks = await tx
    .selectFrom('webhook')
    .select(['id', 'events'])
    .where('site_id', '=', siteId)
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  const { rows } = await sql<Kept>`
    with taken as (
      delete from webhook_event
      where site_id = ${siteId} and number in (
        select number from webhook_event where site_id = ${siteId} order by number limit ${batch}
      )
      returning number, type, subject_id, happened_at
    )
    select type, subject_id, happened_at from taken order by number
  `.execute(tx)
  const wanted = rows.flatMap((kept) =>
    webhooks.filter(({ events }) => events.includes(kept.type)).map(({ id }) => ({ ...kept, webhookId: id })),
  )
  if (wanted.length === 0) return rows.length
  const ids = idsAfter(await lastId(tx, siteId), wanted.length)
  const deliveries = wanted.map((one, nth) => ({ ...one, id: ids[nth] }))
  await sql`
    insert into webhook_delivery (site_id, id, webhook_id, type, subject_id, happened_at)
    select ${siteId}, id, "webhookId", type, subject_id, happened_at
    from json_to_recordset(${JSON.stringify(deliveries)}::json) as one (
      id uuid, "webhookId" uuid, type text, subject_id uuid, happened_at timestamptz
    )
  `.execute(tx)
  for (const webhookId of new Set(wanted.map((one) => one.webhookId))) await setOff(tx, { siteId, webhookId })
  return rows.length
}

/** Has what waits for a webhook sent as soon as it may be. */
export async function setOff(tx: Database, at: { siteId: string; webhookId: string }): Promise<void> {
  await tx
    .updateTable('webhook')
    .set({ due_at: sql<Date>`greatest(now(), blocked_until)` })
    .where('site_id', '=', at.siteId)
    .where('id', '=', at.webhookId)
    .execute()
  await addJob(tx, 'deliver', at, { key: at.webhookId })
}

async function lastId(tx: Database, siteId: string): Promise<string | null> {
  const last = await tx
    .selectFrom('webhook_delivery')
    .select('id')
    .where('site_id', '=', siteId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.id ?? null
}

/** Ids by the clock, each greater than the one before, and than the last one where another machine's clock is ahead. */
function idsAfter(last: string | null, count: number): string[] {
  const time = last === null ? 0 : Buffer.from(parse(last)).readUIntBE(0, 6)
  const msecs = Math.max(Date.now(), time + 1)
  return Array.from({ length: count }, (_, seq) => v7({ msecs, seq }))
}
