import { sql, type RawBuilder } from 'kysely'
import type { WebhookEventType } from '../../core/contract/webhooks.ts'
import type { Database } from '../database/connect.ts'
import { jobCall } from './jobs.ts'

/** Something that happened on a site, and the id of what it happened to. */
interface Happened {
  siteId: string
  type: WebhookEventType
  subjectId: string
}

/**
 * Keeps that something happened, for the site's webhooks, and adds the job that passes it on. Where no webhook wants to be told, it
 * writes nothing. Call it in the transaction that causes it.
 */
export async function tellWebhooks(tx: Database, happened: Happened): Promise<void> {
  await sql`with kept as (${keeping(happened)}) select ${passOn(happened)} from kept`.execute(tx)
}

/**
 * A statement that keeps what happened, and gives a row where a webhook wants to be told: for a `with`.
 * @param from a part before it (`from …`), without a row of which nothing has happened
 */
export const keeping = (
  { siteId, type, subjectId }: Happened,
  from: RawBuilder<unknown> = sql``,
): RawBuilder<unknown> => sql`
  insert into webhook_event (site_id, type, subject_id)
  select ${siteId}::uuid, ${type}::text, ${subjectId}::uuid ${from}
  where exists (
    select from webhook where site_id = ${siteId} and disabled_at is null and ${type} = any(events)
  )
  returning number
`

/** A call to be selected for what was kept. */
export const passOn = ({ siteId }: Pick<Happened, 'siteId'>): RawBuilder<unknown> =>
  // Under no key, which those who write at the same moment would wait for.
  jobCall('passOn', { siteId })
