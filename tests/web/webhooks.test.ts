import { expect, test } from 'vitest'
import { webhookEventTypes, type Webhook } from '../../core/contract/webhooks.ts'
import { webhooksText as say } from '../../web/shared/messages/webhooks.ts'
import {
  changesIn,
  eventTypes,
  newWebhook,
  refusedFields,
  theirsIn,
  toWebhook,
  toWebhookDraft,
  webhookFaults,
} from '../../web/console/settings/webhooks.ts'

const at = '2026-11-27T12:00:00.000Z'
const webhook: Webhook = {
  id: '01a21ee1-e1dc-7738-8d1a-816095c403cf',
  version: 1,
  url: 'https://hooks.example/',
  description: 'The newsroom',
  events: ['article.created', 'comment.created'],
  createdAt: at,
  previousSecretUntil: null,
  disabled: null,
  deliveredAt: null,
  failingSince: null,
  problem: null,
  nextAt: null,
  waiting: 0,
  dead: 0,
}

test('there is a box for each event, all of them ticked at first', () => {
  expect(eventTypes).toEqual(webhookEventTypes)
  expect(newWebhook().events).toEqual(webhookEventTypes)
})

test('nothing but what was changed is sent, and it is undone by what it was', () => {
  const was = toWebhookDraft(webhook)
  expect(changesIn({ ...was, events: ['article.created', 'comment.created'] }, was)).toEqual({})
  const changes = changesIn({ ...was, url: ' https://new.example/ ', events: ['decision.made'] }, was)
  expect(changes).toEqual({ url: 'https://new.example/', events: ['decision.made'] })
  expect(changesIn(was, { ...was, ...changes })).toEqual({
    url: webhook.url,
    events: ['comment.created', 'article.created'],
  })
  expect(toWebhook({ url: ' a ', description: ' b ', events: [] })).toEqual({
    url: 'a',
    description: 'b',
    events: [],
  })
})

test('what is wrong is said at its field, and all of it or none', () => {
  expect(webhookFaults(toWebhookDraft(webhook))).toEqual({})
  expect(webhookFaults({ url: ' ', description: '', events: [] })).toEqual({
    url: say.urlMissing,
    events: say.eventsMissing,
  })
  const refused = (...fields: string[]) =>
    refusedFields({
      type: 'invalid-field',
      title: 'A field is not right',
      status: 400,
      errors: fields.map((field) => ({ field, detail: `of ${field}` })),
    })
  expect(refused('url', 'events.0')).toEqual({ url: 'of url', events: 'of events.0' })
  expect(refused('url', 'body')).toEqual({})
  expect(refusedFields(null)).toEqual({})
})

test('the webhook as it is now is found in a refusal, and said with what it is', () => {
  const refused = (webhook: unknown) =>
    theirsIn(Object.assign({ type: 'conflict', title: 'Somebody was faster', status: 409 }, { webhook }))
  const now = { ...webhook, version: 2, disabled: { at, why: 'gone' as const } }
  expect(refused(now)).toEqual(now)
  for (const webhook of [undefined, 'other', null]) expect(refused(webhook)).toBeNull()
  expect(theirsIn(null)).toBeNull()
  expect(say.theirs(now)).toBe(
    'By now it is disabled, its address is https://hooks.example/, and it is for “The newsroom”. Told of article.created, comment.created. Yours is still in the fields.',
  )
  expect(say.theirs({ ...webhook, description: '' })).toContain('is https://hooks.example/. Told of')
})

test.each([
  [{}, 'hint', 'Nothing was sent yet.'],
  [{ waiting: 2 }, 'hint', 'Nothing has arrived yet.'],
  [{ deliveredAt: at }, 'hint', 'Fine: the last message arrived on Nov 2'],
  [
    { failingSince: at, problem: 'It answers 500.', nextAt: at },
    'fault',
    'It answers 500. Sent again on Nov',
  ],
  [{ disabled: { at, why: 'publisher' } }, 'hint', 'by a publisher. What happens meanwhile is not told.'],
  [{ disabled: { at, why: 'gone' }, problem: 'It answers 410.' }, 'fault', 'for it answered 410'],
  [{ disabled: { at, why: 'failing' } }, 'fault', 'nothing had arrived in five days'],
  [
    { disabled: { at, why: 'failing' }, problem: 'It answers 500.' },
    'fault',
    'The last time: It answers 500.',
  ],
] satisfies [Partial<Webhook>, string, string][])('%j is said as %s: %s', (change, level, text) => {
  const health = say.health({ ...webhook, ...change })
  expect(health.level).toBe(level)
  expect(health.text).toContain(text)
})

test('what waits and what was given up is counted as far as the server counts', () => {
  expect(say.backlog(webhook)).toBe('')
  expect(say.backlog({ ...webhook, waiting: 1, dead: 1_000 })).toBe('1 waiting · 1,000 or more given up')
})
