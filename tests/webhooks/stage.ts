import { sql } from 'kysely'
import type { MadeWebhook, Webhook, WebhookEventType } from '../../core/contract/webhooks.ts'
import { addJob } from '../../server/jobs/index.ts'
import { startWorker } from '../../server/jobs/worker.ts'
import { openDesk, type Desk } from '../moderation/desk.ts'
import { finishJobs } from '../setup/jobs.ts'
import { openReceiver, type Receiver } from './receiver.ts'

export const site = 'demo'

/** The demo site with background jobs, and publishers' servers to be told what happens. */
export interface Wire extends Desk {
  /** A new one, told of these; of comments where nothing is said. */
  listen(...events: WebhookEventType[]): Promise<Receiver & MadeWebhook>
  /** Works off all jobs. */
  finish(): Promise<void>
  /** Has the pauses before the next attempts be over, and the clock look for what is due. */
  hurry(): Promise<void>
  /** The same, and works off all jobs. */
  wait(): Promise<void>
  webhook(id: string): Promise<Webhook>
  close(): Promise<void>
}

/** @param smtpUrl where it sends its mail; none where it is not given */
export async function openWire(smtpUrl?: string): Promise<Wire> {
  const desk = await openDesk({ fetchPrivate: true })
  const { app, db, databaseUrl } = desk.stage
  const worker = await startWorker(databaseUrl, {
    db,
    live: app.live,
    mail:
      smtpUrl === undefined
        ? null
        : { smtpUrl, from: 'Postil <postil@postil.example>', publicUrl: 'https://postil.example' },
    auditKey: null,
    fetchPrivate: true,
    // A test that cuts the database off is no news.
    onError: () => undefined,
  })
  const receivers: Receiver[] = []
  const finish = () => finishJobs(db)
  const hurry = async () => {
    await sql`update webhook_delivery set next_at = now() where next_at is not null`.execute(db)
    await sql`
      update webhook set due_at = now(), blocked_until = null, leased_until = null where due_at is not null
    `.execute(db)
    await addJob(db, 'findDeliveries', {})
  }
  return {
    ...desk,
    finish,
    async listen(...events) {
      const receiver = await openReceiver()
      receivers.push(receiver)
      const made = await desk.pia.ok('POST /v1/sites/:site/webhooks', {
        params: { site },
        body: {
          url: receiver.url,
          events: events.length > 0 ? events : ['comment.created', 'comment.changed'],
        },
      })
      return Object.assign(receiver, made)
    },
    async wait() {
      // One that the worker sends to right now notes what is next behind that.
      await finish()
      await hurry()
      await finish()
    },
    hurry,
    async webhook(id) {
      const { webhooks } = await desk.pia.ok('GET /v1/sites/:site/webhooks', { params: { site } })
      const found = webhooks.find((one) => one.id === id)
      if (!found) throw new Error(`there is no webhook ${id}`)
      return found
    },
    async close() {
      await worker.stop()
      for (const receiver of receivers) await receiver.kill()
      await desk.stage.close()
    },
  }
}
