import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { serve } from '../http/serve.ts'
import { deliveriesOf, resend } from './deliveries.ts'
import { viewWebhooks } from './view.ts'
import { addWebhook, changeWebhook, dropWebhook, rotateSecret, testWebhook } from './webhooks.ts'

/** The addresses that a site has told what happens on it. */
export function webhookRoutes(app: FastifyInstance, context: Context): void {
  const { db, config } = context
  const { fetchPrivate } = config

  serve(app, context, 'GET /v1/sites/:site/webhooks', async ({ site }) => ({
    webhooks: await viewWebhooks(db, site.id),
  }))

  serve(app, context, 'POST /v1/sites/:site/webhooks', ({ site, actor, body, reply }) => {
    reply.header('cache-control', 'no-store')
    return addWebhook(db, site.id, actor.id, body, fetchPrivate)
  })

  serve(app, context, 'PATCH /v1/sites/:site/webhooks/:webhook', ({ site, actor, params, body }) =>
    changeWebhook(db, { siteId: site.id, webhookId: params.webhook }, actor.id, body, fetchPrivate),
  )

  serve(app, context, 'DELETE /v1/sites/:site/webhooks/:webhook', async ({ site, actor, params }) => {
    await dropWebhook(db, { siteId: site.id, webhookId: params.webhook }, actor.id)
    return null
  })

  serve(app, context, 'POST /v1/sites/:site/webhooks/:webhook/secret', ({ site, actor, params, reply }) => {
    reply.header('cache-control', 'no-store')
    return rotateSecret(db, { siteId: site.id, webhookId: params.webhook }, actor.id)
  })

  serve(app, context, 'POST /v1/sites/:site/webhooks/:webhook/test', ({ site, params }) =>
    testWebhook(db, { siteId: site.id, webhookId: params.webhook }, fetchPrivate),
  )

  serve(app, context, 'GET /v1/sites/:site/webhooks/:webhook/deliveries', ({ site, params, query }) =>
    deliveriesOf(db, { siteId: site.id, webhookId: params.webhook }, query),
  )

  serve(
    app,
    context,
    'POST /v1/sites/:site/webhooks/:webhook/deliveries/resend',
    async ({ site, actor, params }) => ({
      resent: await resend(db, { siteId: site.id, webhookId: params.webhook }, actor.id, null),
    }),
  )

  serve(
    app,
    context,
    'POST /v1/sites/:site/webhooks/:webhook/deliveries/:delivery/resend',
    async ({ site, actor, params }) => ({
      resent: await resend(db, { siteId: site.id, webhookId: params.webhook }, actor.id, params.delivery),
    }),
  )
}
