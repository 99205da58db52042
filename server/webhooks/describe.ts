import { webhookEventTypes, webhookMessage } from '../../core/contract/webhooks.ts'

/** What webhooks are sent, for OpenAPI. */
export const describedWebhooks = () =>
  Object.fromEntries(
    webhookEventTypes.map((type) => [
      type,
      {
        post: {
          summary: `Sent to webhooks that want to be told of ${type}; signed as Standard Webhooks does it`,
          requestBody: { content: { 'application/json': { schema: webhookMessage(type) } } },
          responses: { 200: { description: 'Any status of 200 to 299 says that it has arrived' } },
        },
      },
    ]),
  )
