import { v7 as uuid } from 'uuid'
import type { Scene } from './scene.ts'

const minutes = (n: number) => new Date(Date.now() + n * 60_000)

/** A webhook that fails, with messages of every kind, and one that is disabled; no others. */
export async function failingWebhook({ house: { stage, site } }: Scene): Promise<void> {
  const { db } = stage
  const [failing, gone] = [uuid(), uuid()]
  const problem = 'It answers 500.'
  const same = { site_id: site.id, secret: Buffer.alloc(32), failing_since: minutes(-90), problem }
  await db.deleteFrom('webhook').execute()
  await db
    .insertInto('webhook')
    .values([
      {
        ...same,
        id: failing,
        url: 'https://hooks.example/a-rather-long-address/that-has-to-be-broken-somewhere/postil',
        description: 'The newsroom’s front page',
        events: ['decision.reversed', 'account.erased'],
        previous_secret: Buffer.alloc(32),
        previous_until: minutes(6 * 24 * 60),
        due_at: minutes(30),
        blocked_until: minutes(30),
      },
      {
        ...same,
        id: gone,
        url: 'https://hooks.example/archive',
        events: ['account.erased'],
        disabled_at: minutes(-60),
        disabled_why: 'gone',
      },
    ])
    .execute()
  const sent = {
    site_id: site.id,
    webhook_id: failing,
    type: 'decision.reversed' as const,
    subject_id: site.id,
    happened_at: minutes(-100),
    last_at: minutes(-10),
  }
  await db
    .insertInto('webhook_delivery')
    .values([
      { ...sent, id: uuid(), status: 'delivered', attempts: 1, last_status: 204 },
      { ...sent, id: uuid(), status: 'dead', attempts: 10, last_status: 500, problem },
      {
        ...sent,
        id: uuid(),
        status: 'dead',
        attempts: 10,
        problem: 'There was no answer within 15 seconds.',
      },
      {
        ...sent,
        id: uuid(),
        status: 'waiting',
        attempts: 3,
        last_status: 500,
        problem,
        next_at: minutes(30),
      },
    ])
    .execute()
}
