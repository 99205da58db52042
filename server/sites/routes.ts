import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { SiteSettings } from '../../core/contract/sites.ts'
import { newestReadable } from '../articles/index.ts'
import type { Context } from '../context.ts'
import { diagnoseFor, scriptIntegrity, tagFor } from '../doctor/index.ts'
import { serve } from '../http/serve.ts'
import { changeSite, readSettings } from './change.ts'
import { makeKey, revokeKey, siteKeys } from './keys.ts'
import type { Site } from './sites.ts'

/** Where this server is, as who asks has reached it. */
const baseOf = ({ protocol, host }: FastifyRequest) => `${protocol}://${host}`

/** What a publisher settles of their site. */
export function siteRoutes(app: FastifyInstance, context: Context): void {
  const { db, config } = context

  async function settingsOf({ id, slug }: Site, request: FastifyRequest): Promise<SiteSettings> {
    const script = `${baseOf(request)}/embed@1.js`
    const integrity = await scriptIntegrity()
    const article = await newestReadable(db, id)
    return {
      ...(await readSettings(db, id)),
      tag: tagFor(script, slug),
      lockedTag: integrity === null ? null : tagFor(script, slug, integrity),
      article: article && { title: article.title, address: `/a/${article.slug}` },
      sendsMail: config.mail !== null,
    }
  }

  serve(app, context, 'GET /v1/sites/:site/settings', ({ site, request }) => settingsOf(site, request))

  serve(app, context, 'PUT /v1/sites/:site/settings', async ({ site, actor, body, request }) => {
    await db.transaction().execute((tx) => changeSite(tx, site.id, actor.id, body))
    return await settingsOf(site, request)
  })

  serve(app, context, 'POST /v1/sites/:site/doctor', async ({ site, body, request }) => {
    const rules = config.fetchPrivate ? { may: () => true } : {}
    return { findings: await diagnoseFor(site, body.url, rules, baseOf(request)) }
  })

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
