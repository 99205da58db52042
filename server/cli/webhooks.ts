import { validate } from 'uuid'
import { webhookEventTypes, type WebhookEventType } from '../../core/contract/webhooks.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import type { Site } from '../sites/index.ts'
import {
  addWebhook,
  changeWebhook,
  deliveriesOf,
  dropWebhook,
  resend,
  rotateSecret,
  testWebhook,
  viewWebhooks,
} from '../webhooks/index.ts'
import { UsageError } from './usage-error.ts'

/** Prints the webhooks of a site, how each fares, and what was given up last. */
export async function listWebhooks(db: Database, site: Site): Promise<void> {
  const webhooks = await viewWebhooks(db, site.id)
  if (webhooks.length === 0)
    return console.log('No webhooks yet. Add one: npm run postil -- webhook add URL --site SLUG')
  for (const { id, url, events, disabled, deliveredAt, problem, waiting, dead } of webhooks) {
    const arrived = deliveredAt === null ? 'nothing arrived yet' : `last arrived ${minuteOf(deliveredAt)}`
    const state = disabled ? `disabled (${disabled.why})  ` : ''
    console.log(`${id}  ${url}\n  ${state}${arrived}  ${waiting} waiting, ${dead} given up`)
    console.log(`  ${events.join(' ')}`)
    if (problem !== null) console.log(`  ${problem}`)
    if (dead === 0) continue
    const page = await deliveriesOf(db, { siteId: site.id, webhookId: id }, { status: 'dead', limit: 5 })
    for (const one of page.deliveries)
      console.log(`    given up: ${one.id}  ${one.type} ${one.subject}  ${one.problem}`)
  }
}

const minuteOf = (instant: string) => `${instant.slice(0, 16)}Z`

/**
 * Adds, changes or drops a webhook, tests it, or has what was given up sent again.
 * @param given of the command line
 * @throws UsageError where the words say nothing of this, or it is not to be
 */
export async function changeWebhooks(
  db: Database,
  site: Site,
  [what, which = '', message]: string[],
  given: { event: string[] | undefined; fetchPrivate: boolean },
): Promise<void> {
  const { fetchPrivate } = given
  try {
    if (what === 'add' && which !== '') {
      const wanted = { url: which, events: eventsOf(given.event) }
      const { webhook, secret } = await addWebhook(db, site.id, null, wanted, fetchPrivate)
      console.log(`Webhook ${webhook.id}. Keep what follows: it is shown this once.`)
      return console.log(secret)
    }
    if (validate(which) && (message === undefined || validate(message))) {
      const at = { siteId: site.id, webhookId: which }
      const said = await change(db, at, what ?? '', { message, fetchPrivate })
      if (said !== null) return console.log(said)
    }
  } catch (error) {
    throw error instanceof ProblemError ? new UsageError(error.message) : error
  }
  throw new UsageError(
    'Say which: webhook add URL, or webhook drop|enable|disable|rotate|test|resend ID (see: webhooks --site SLUG).',
  )
}

/** @returns what is said of it; null where there is no such verb */
async function change(
  db: Database,
  at: { siteId: string; webhookId: string },
  verb: string,
  { message, fetchPrivate }: { message: string | undefined; fetchPrivate: boolean },
): Promise<string | null> {
  switch (verb) {
    case 'drop':
      await dropWebhook(db, at, null)
      return 'Dropped, with what waited for it.'
    case 'enable':
    case 'disable':
      await changeWebhook(db, at, null, { version: null, enabled: verb === 'enable' }, fetchPrivate)
      return verb === 'enable'
        ? 'Enabled. What waits is sent now.'
        : 'Disabled: it is told nothing from now on.'
    case 'rotate':
      return `${(await rotateSecret(db, at, null)).secret}\nThe secret before holds for a week more.`
    case 'test': {
      const { arrived, status, problem, milliseconds } = await testWebhook(db, at, fetchPrivate)
      if (!arrived) throw new UsageError(`It did not arrive. ${problem}`)
      return `It arrived: ${status}, after ${milliseconds} ms.`
    }
    case 'resend':
      return `${await resend(db, at, null, message ?? null)} wait to be sent again.`
    default:
      return null
  }
}

/** @throws UsageError for what is no event */
function eventsOf(given: string[] | undefined): WebhookEventType[] {
  if (!given) return [...webhookEventTypes]
  return given.map((name) => {
    const type = webhookEventTypes.find((one) => one === name)
    if (!type) throw new UsageError(`"${name}" is no event. There are: ${webhookEventTypes.join(', ')}.`)
    return type
  })
}
