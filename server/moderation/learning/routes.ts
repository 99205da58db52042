import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { serve } from '../../http/serve.ts'
import { changeLearning, forgetLearnt, viewLearning } from './settings.ts'

/** What a site's decisions teach: for those who lead its moderation, on Postil's own pages. */
export function learningRoutes(app: FastifyInstance, context: Context): void {
  const { db } = context

  serve(app, context, 'GET /v1/sites/:site/learning', ({ site }) => viewLearning(db, site.id))

  serve(app, context, 'PUT /v1/sites/:site/learning', async ({ site, actor, body }) => {
    await changeLearning(db, site.id, actor, body)
    return await viewLearning(db, site.id)
  })

  serve(app, context, 'DELETE /v1/sites/:site/learning', async ({ site, actor }) => {
    await forgetLearnt(db, site.id, actor)
    return await viewLearning(db, site.id)
  })
}
