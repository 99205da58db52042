import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { serve } from '../http/serve.ts'
import { makeKey, revokeKey, siteKeys } from './keys.ts'

/** What a publisher settles of their site. */
export function siteRoutes(app: FastifyInstance, context: Context): void {
  const { db } = context

  serve(app, context, 'GET /v1/sites/:site/keys', async ({ site }) => ({ keys: await siteKeys(db, site.id) }))

  serve(app, context, 'POST /v1/sites/:site/keys', ({ site, actor, body, reply }) => {
    reply.header('cache-control', 'no-store')
    return makeKey(db, site.id, actor, body.purpose)
  })

  serve(app, context, 'DELETE /v1/sites/:site/keys/:key', async ({ site, actor, params }) => {
    await revokeKey(db, site.id, actor.id, params.key)
    return null
  })
}
