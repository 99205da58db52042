import type { Webhook, WebhookChange, WebhookEventType } from '../../../core/contract/webhooks.ts'
import type { ApiProblem } from '../../shared/api.ts'
import { webhooksText as say } from '../../shared/messages/webhooks.ts'
import { theirsUnder } from '../theirs.ts'

/** What of a webhook is settled in fields. */
export interface WebhookDraft {
  /** Of the webhook that the fields began with; 0: of none. */
  version: number
  url: string
  description: string
  events: WebhookEventType[]
}

type Fields = Omit<WebhookDraft, 'version'>

/** What is wrong, by field; empty where nothing is. */
export type WebhookFaults = Partial<Record<keyof Fields, string>>

const isEvent = (name: string): name is WebhookEventType => Object.hasOwn(say.event, name)
/** All there is to be told of, in the order of the documentation. */
export const eventTypes: readonly WebhookEventType[] = Object.keys(say.event).filter(isEvent)

export const newWebhook = (): WebhookDraft => ({
  version: 0,
  url: '',
  description: '',
  events: [...eventTypes],
})

export const toWebhookDraft = ({ version, url, description, events }: Webhook): WebhookDraft => ({
  version,
  url,
  description,
  events: inOrder(events),
})

/** The fields as the server takes them. */
export const toWebhook = ({ url, description, events }: Fields): Fields => ({
  url: url.trim(),
  description: description.trim(),
  events: inOrder(events),
})

const inOrder = (events: readonly WebhookEventType[]) => eventTypes.filter((type) => events.includes(type))

/** What the fields change; nothing else is sent, so that what somebody else has changed stays where they are saved over it. */
export function changesIn(draft: Fields, was: Fields): Omit<WebhookChange, 'version'> {
  const { url, description, events } = toWebhook(draft)
  return {
    ...(url !== was.url && { url }),
    ...(description !== was.description && { description }),
    ...(events.join() !== inOrder(was.events).join() && { events }),
  }
}

/** What is wrong with the fields before anybody is asked. */
export const webhookFaults = ({ url, events }: Fields): WebhookFaults => ({
  ...(url.trim() === '' && { url: say.urlMissing }),
  ...(events.length === 0 && { events: say.eventsMissing }),
})

/** What the server found wrong, where all of it belongs to a field. */
export function refusedFields(problem: ApiProblem['problem'] | null): WebhookFaults {
  const faults: WebhookFaults = {}
  for (const { field, detail } of problem?.errors ?? []) {
    const [name] = field.split('.')
    if (name !== 'url' && name !== 'description' && name !== 'events') return {}
    faults[name] = detail
  }
  return faults
}

/** The webhook as it was changed meanwhile, where that is why ours was refused. */
export const theirsIn = (problem: ApiProblem['problem'] | null): Webhook | null =>
  theirsUnder<Webhook>(problem, 'webhook', 'events')
