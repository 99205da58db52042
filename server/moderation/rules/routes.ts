import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { fromNumberCursor, pageSize } from '../../http/page.ts'
import { serve } from '../../http/serve.ts'
import { setRules, settleRules } from './change.ts'
import { listVersions, readRules } from './store.ts'
import { tryRules } from './trial.ts'

/** What a site asks of comments: for those who lead its moderation, on Postil's own pages. */
export function ruleRoutes(app: FastifyInstance, context: Context): void {
  const { db } = context

  serve(app, context, 'GET /v1/sites/:site/rules', ({ site, actor, query }) =>
    readRules(db, site.id, actor, query.version),
  )

  serve(app, context, 'PUT /v1/sites/:site/rules', async ({ site, actor, body }) => {
    await setRules(db, site.id, actor.id, body)
    return await readRules(db, site.id, actor)
  })

  serve(
    app,
    context,
    'POST /v1/sites/:site/rules/versions/:version',
    async ({ site, actor, params, body }) => {
      await settleRules(db, site.id, params.version, actor, body.decision)
      return await readRules(db, site.id, actor)
    },
  )

  serve(app, context, 'GET /v1/sites/:site/rules/versions', ({ site, query }) =>
    listVersions(db, site.id, {
      before: fromNumberCursor(query.cursor),
      limit: query.limit ?? pageSize,
    }),
  )

  serve(app, context, 'POST /v1/sites/:site/rules/trial', ({ site, body }) =>
    tryRules(db, site.id, body.rules),
  )
}
