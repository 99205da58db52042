import { sql } from 'kysely'
import { appendAudit } from '../audit/index.ts'
import type { Database } from '../database/connect.ts'
import type { Sending } from '../http/post.ts'
import { addJob } from '../jobs/index.ts'
import type { About } from './message.ts'
import { failingDays, judge, type Verdict } from './retry.ts'
import { send, type Attempt, type Target } from './send.ts'

/** Seconds that one job goes on sending, before others have a turn. */
const turn = 30
/** Seconds that nobody else sends to a webhook: a turn, an attempt that began at its end, and time to note it. */
const lease = 60

export interface WebhookKey {
  siteId: string
  webhookId: string
}
type Waiting = About & Target & { id: string; attempts: number }

/**
 * Sends what waits for a webhook, in the order of ids, one after the other and from one process at a time. What arrived is noted behind
 * it: should the server die in between, it is sent once more, with the same id.
 */
export async function deliver(db: Database, at: WebhookKey, sending: Sending): Promise<void> {
  if (!(await takeTurn(db, at))) return
  const until = Date.now() + turn * 1000
  try {
    while (Date.now() < until && !sending.signal?.aborted) {
      const next = await nextOf(db, at)
      if (!next || !(await deliverOne(db, at, next, sending))) break
    }
  } finally {
    await endTurn(db, at)
  }
}

/** Adds a job for each webhook that is due, and for each site where something waits to be passed on. */
export async function findDeliveries(db: Database): Promise<void> {
  const kept = await db.selectFrom('webhook_event').select('site_id').distinct().execute()
  for (const { site_id: siteId } of kept) await addJob(db, 'passOn', { siteId }, { key: siteId })
  const due = await db
    .selectFrom('webhook')
    .select(['site_id', 'id'])
    .where('due_at', '<=', sql<Date>`now()`)
    .where('disabled_at', 'is', null)
    .execute()
  for (const { site_id: siteId, id: webhookId } of due)
    await addJob(db, 'deliver', { siteId, webhookId }, { key: webhookId })
}

async function takeTurn(db: Database, { siteId, webhookId }: WebhookKey): Promise<boolean> {
  const taken = await db
    .updateTable('webhook')
    .set({ leased_until: sql<Date>`now() + make_interval(secs => ${lease})` })
    .where('site_id', '=', siteId)
    .where('id', '=', webhookId)
    .where('disabled_at', 'is', null)
    .where('due_at', '<=', sql<Date>`now()`)
    .where((eb) => eb.or([eb('leased_until', 'is', null), eb('leased_until', '<', sql<Date>`now()`)]))
    .returning('id')
    .executeTakeFirst()
  return taken !== undefined
}

/** With where it goes, read for each anew: that may be changed at any time. */
async function nextOf(db: Database, { siteId, webhookId }: WebhookKey): Promise<Waiting | null> {
  const next = await db
    .selectFrom('webhook_delivery as delivery')
    .innerJoin('webhook', (join) =>
      join
        .onRef('webhook.site_id', '=', 'delivery.site_id')
        .onRef('webhook.id', '=', 'delivery.webhook_id')
        .on('webhook.disabled_at', 'is', null),
    )
    .select(['delivery.id', 'delivery.type', 'delivery.subject_id', 'delivery.happened_at'])
    .select(['delivery.attempts', 'webhook.site_id', 'webhook.url', 'webhook.secret'])
    .select(['webhook.previous_secret', 'webhook.previous_until'])
    .where('delivery.site_id', '=', siteId)
    .where('delivery.webhook_id', '=', webhookId)
    .where('delivery.status', '=', 'waiting')
    .where((eb) =>
      eb.or([eb('delivery.next_at', 'is', null), eb('delivery.next_at', '<=', sql<Date>`now()`)]),
    )
    .orderBy('delivery.id')
    .limit(1)
    .executeTakeFirst()
  return next ?? null
}

/** @returns whether others may be sent behind it now */
async function deliverOne(db: Database, at: WebhookKey, next: Waiting, sending: Sending): Promise<boolean> {
  const attempt = await send(db, next, sending)
  if (attempt.arrived) {
    await noteArrival(db, at, next, attempt)
    return true
  }
  const verdict = judge(next.attempts + 1, attempt)
  return (await noteFailure(db, at, next, attempt, verdict)) && verdict.stepsAside
}

async function noteArrival(
  db: Database,
  at: WebhookKey,
  { id }: Waiting,
  { status }: Attempt,
): Promise<void> {
  await sql`
    with arrived as (
      update webhook_delivery
      set status = 'delivered', attempts = attempts + 1, next_at = null, last_at = now(), last_status = ${status},
        problem = null
      where site_id = ${at.siteId} and id = ${id}
    )
    update webhook set delivered_at = now(), failing_since = null, problem = null, blocked_until = null
    where site_id = ${at.siteId} and id = ${at.webhookId}
  `.execute(db)
}

/** @returns whether the webhook is to be told more */
async function noteFailure(
  db: Database,
  { siteId, webhookId }: WebhookKey,
  { id }: Waiting,
  { status, problem }: Attempt,
  { wait, stepsAside }: Verdict,
): Promise<boolean> {
  const again = sql<Date | null>`now() + make_interval(secs => ${wait}::float8)`
  return await db.transaction().execute(async (tx) => {
    const { failing_since } = await tx
      .updateTable('webhook')
      .set({
        problem,
        failing_since: sql<Date>`coalesce(failing_since, now())`,
        blocked_until: stepsAside ? null : again,
      })
      .where('site_id', '=', siteId)
      .where('id', '=', webhookId)
      .returning('failing_since')
      .executeTakeFirstOrThrow()
    await tx
      .updateTable('webhook_delivery')
      .set((eb) => ({
        attempts: eb('attempts', '+', 1),
        last_at: sql<Date>`now()`,
        last_status: status,
        problem,
        next_at: stepsAside ? again : null,
        ...(wait === null && { status: 'dead' as const }),
      }))
      .where('site_id', '=', siteId)
      .where('id', '=', id)
      .execute()
    const why = status === 410 ? 'gone' : isHopeless(failing_since) ? 'failing' : null
    if (why) await disable(tx, { siteId, webhookId }, why)
    return why === null
  })
}

const isHopeless = (since: Date | null) =>
  since !== null && Date.now() - since.getTime() > failingDays * 24 * 3_600_000

/** What waits is kept, and sent should somebody enable the webhook again. Those who publish the site are told by mail. */
async function disable(
  tx: Database,
  { siteId, webhookId }: WebhookKey,
  why: 'gone' | 'failing',
): Promise<void> {
  const { version } = await tx
    .updateTable('webhook')
    .set((eb) => ({
      version: eb('version', '+', 1),
      disabled_at: sql<Date>`now()`,
      disabled_why: why,
      blocked_until: null,
    }))
    .where('site_id', '=', siteId)
    .where('id', '=', webhookId)
    .returning('version')
    .executeTakeFirstOrThrow()
  await appendAudit(tx, {
    siteId,
    actorId: null,
    action: 'disable_webhook',
    subject: { webhook: webhookId, why },
  })
  const publishers = await tx
    .selectFrom('membership')
    .select('account_id')
    .where('site_id', '=', siteId)
    .where('role', '=', 'publisher')
    .execute()
  for (const { account_id: accountId } of publishers)
    await addJob(tx, 'webhookMail', { siteId, webhookId, version, accountId })
}

/** Locks the webhook before it looks for what is left: so that nothing that came meanwhile is overlooked. */
async function endTurn(db: Database, at: WebhookKey): Promise<void> {
  const { siteId, webhookId } = at
  await db.transaction().execute(async (tx) => {
    await tx
      .selectFrom('webhook')
      .select('id')
      .where('site_id', '=', siteId)
      .where('id', '=', webhookId)
      .forNoKeyUpdate()
      .execute()
    const { rows } = await sql<{ seconds: number | null }>`
      update webhook set leased_until = null, due_at = (
        select greatest(min(coalesce(next_at, now())), now(), webhook.blocked_until) from webhook_delivery as delivery
        where delivery.site_id = ${siteId} and webhook_id = ${webhookId} and status = 'waiting'
        having count(*) > 0
      )
      where site_id = ${siteId} and id = ${webhookId}
      returning case when disabled_at is null then extract(epoch from due_at - now())::float8 end as seconds
    `.execute(tx)
    const seconds = rows[0]?.seconds ?? null
    // What is later, the clock finds.
    if (seconds !== null && seconds < 60) await addJob(tx, 'deliver', at, { key: webhookId, delay: seconds })
  })
}
