import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type {
  MadeWebhook,
  NewWebhook,
  Webhook,
  WebhookChange,
  WebhookTest,
} from '../../core/contract/webhooks.ts'
import { appendAudit } from '../audit/index.ts'
import type { Database } from '../database/connect.ts'
import { FetchError } from '../http/guard.ts'
import { allowedTarget } from '../http/post.ts'
import { fieldProblem, ProblemError } from '../http/problem.ts'
import { lockSite, overlapDays, writtenSecret } from '../sites/index.ts'
import type { WebhookKey } from './deliver.ts'
import { setOff } from './pass-on.ts'
import { sendTest, type Target } from './send.ts'
import { viewWebhooks } from './view.ts'

/** Webhooks of one site: each is sent everything for itself. */
const most = 10
const bytes = 32

/**
 * Has an address told what happens on a site from now on.
 * @param by null for the command line
 * @returns the webhook with its secret, which is told this once
 * @throws ProblemError `invalid-field` for an address that nothing is sent to; `conflict` where the site has too many
 */
export async function addWebhook(
  db: Database,
  siteId: string,
  by: string | null,
  wanted: NewWebhook,
  fetchPrivate: boolean,
): Promise<MadeWebhook> {
  const url = addressOf(wanted.url, fetchPrivate)
  const secret = randomBytes(bytes)
  const id = uuid()
  await db.transaction().execute(async (tx) => {
    await lockSite(tx, siteId)
    if ((await viewWebhooks(tx, siteId)).length >= most)
      throw new ProblemError('conflict', `There are ${most} webhooks already. Drop one first.`)
    const description = wanted.description ?? ''
    const events = [...new Set(wanted.events)]
    await tx.insertInto('webhook').values({ site_id: siteId, id, url, description, events, secret }).execute()
    await appendAudit(tx, { siteId, actorId: by, action: 'add_webhook', subject: { webhook: id } })
  })
  return { webhook: await webhookOf(db, { siteId, webhookId: id }), secret: writtenSecret(secret) }
}

/**
 * Changes a webhook; said again, it changes nothing. What waits is sent where it is told to be by then; one that is disabled is told
 * nothing of what happens meanwhile.
 * @param by null for the command line
 * @param given.version that the change began with; null: whatever there is
 * @throws ProblemError `not-found`; `invalid-field` for an address that nothing is sent to; `conflict`, with the webhook as it is, where
 *   it was changed since
 */
export async function changeWebhook(
  db: Database,
  at: WebhookKey,
  by: string | null,
  given: Omit<WebhookChange, 'version'> & { version: number | null },
  fetchPrivate: boolean,
): Promise<Webhook> {
  const wanted = { ...given, ...(given.url !== undefined && { url: addressOf(given.url, fetchPrivate) }) }
  await db.transaction().execute(async (tx) => {
    const before = await requireWebhook(tx, at)
    if (wanted.version !== null && wanted.version !== before.version)
      throw new ProblemError(
        'conflict',
        'The webhook was changed since you read it. Yours is not saved; look at it as it is now first.',
        { webhook: await webhookOf(tx, at) },
      )
    const { description = before.description, enabled, url = before.url } = wanted
    const events = wanted.events ? [...new Set(wanted.events)] : before.events
    const goes = enabled === false && before.disabled_at === null
    const isBack = enabled === true && before.disabled_at !== null
    const isElsewhere = url !== before.url
    const isTold = description !== before.description || events.join() !== before.events.join()
    if (!goes && !isBack && !isElsewhere && !isTold) return
    await tx
      .updateTable('webhook')
      .set({
        version: before.version + 1,
        url,
        description,
        events,
        ...(goes && { disabled_at: sql<Date>`now()`, disabled_why: 'publisher' as const }),
        ...(isBack && { disabled_at: null, disabled_why: null }),
        // It may well work now.
        ...((isBack || isElsewhere) && { failing_since: null, blocked_until: null, problem: null }),
      })
      .where('site_id', '=', at.siteId)
      .where('id', '=', at.webhookId)
      .execute()
    if (isBack || isElsewhere) await setOff(tx, at)
    await audit(tx, at, by, goes ? 'disable_webhook' : isBack ? 'enable_webhook' : 'change_webhook')
  })
  return await webhookOf(db, at)
}

/**
 * Drops a webhook, with what waits for it.
 * @throws ProblemError `not-found`
 */
export async function dropWebhook(db: Database, at: WebhookKey, by: string | null): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await requireWebhook(tx, at)
    await tx.deleteFrom('webhook').where('site_id', '=', at.siteId).where('id', '=', at.webhookId).execute()
    await audit(tx, at, by, 'drop_webhook')
  })
}

/**
 * Makes a new secret. Messages are signed with the one before as well for {@link overlapDays} more.
 * @returns the webhook with its secret, which is told this once
 * @throws ProblemError `not-found`
 */
export async function rotateSecret(db: Database, at: WebhookKey, by: string | null): Promise<MadeWebhook> {
  const secret = randomBytes(bytes)
  await db.transaction().execute(async (tx) => {
    await requireWebhook(tx, at)
    await tx
      .updateTable('webhook')
      .set((eb) => ({
        secret,
        previous_secret: eb.ref('secret'),
        previous_until: sql<Date>`now() + make_interval(days => ${overlapDays})`,
      }))
      .where('site_id', '=', at.siteId)
      .where('id', '=', at.webhookId)
      .execute()
    await audit(tx, at, by, 'rotate_webhook')
  })
  return { webhook: await webhookOf(db, at), secret: writtenSecret(secret) }
}

/**
 * Sends a test to a webhook at once. Where it arrives, what waits is sent behind it.
 * @throws ProblemError `not-found`
 */
export async function testWebhook(db: Database, at: WebhookKey, fetchPrivate: boolean): Promise<WebhookTest> {
  const tested = await sendTest(db, await targetOf(db, at), fetchPrivate)
  if (tested.arrived) await endPause(db, at)
  return tested
}

async function endPause(db: Database, at: WebhookKey): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { due_at } = await requireWebhook(tx, at)
    await tx
      .updateTable('webhook')
      .set({ blocked_until: null })
      .where('site_id', '=', at.siteId)
      .where('id', '=', at.webhookId)
      .execute()
    if (due_at) await setOff(tx, at)
  })
}

async function targetOf(db: Database, { siteId, webhookId }: WebhookKey): Promise<Target> {
  const target = await db
    .selectFrom('webhook')
    .select(['site_id', 'url', 'secret', 'previous_secret', 'previous_until'])
    .where('site_id', '=', siteId)
    .where('id', '=', webhookId)
    .executeTakeFirst()
  return target ?? notThere()
}

async function webhookOf(db: Database, { siteId, webhookId }: WebhookKey): Promise<Webhook> {
  const [webhook] = await viewWebhooks(db, siteId, webhookId)
  return webhook ?? notThere()
}

/**
 * Reads a webhook, and keeps others from changing it until the transaction ends.
 * @throws ProblemError `not-found`
 */
export async function requireWebhook(tx: Database, { siteId, webhookId }: WebhookKey) {
  const webhook = await tx
    .selectFrom('webhook')
    .select(['version', 'url', 'description', 'events', 'disabled_at', 'due_at'])
    .where('site_id', '=', siteId)
    .where('id', '=', webhookId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return webhook ?? notThere()
}

function notThere(): never {
  throw new ProblemError('not-found', 'There is no such webhook on this site.')
}

function addressOf(address: string, fetchPrivate: boolean): string {
  try {
    return allowedTarget(address, fetchPrivate)
  } catch (error) {
    throw error instanceof FetchError ? fieldProblem('url', error.message) : error
  }
}

async function audit(tx: Database, at: WebhookKey, by: string | null, action: string): Promise<void> {
  const { siteId, webhookId } = at
  await appendAudit(tx, { siteId, actorId: by, action, subject: { webhook: webhookId } })
}
