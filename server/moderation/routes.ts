import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { fromCursor, pageSize, toCursor } from '../http/page.ts'
import { serve } from '../http/serve.ts'
import { decide, reverse } from './decide.ts'
import { listCases } from './queue.ts'

/** The queue and the decisions: for moderators of the site, on Postil's own pages. */
export function moderationRoutes(app: FastifyInstance, context: Context): void {
  const { db, live } = context

  serve(app, context, 'GET /v1/sites/:site/cases', async ({ site, query }) => {
    const page = await listCases(db, site.id, fromCursor(query.cursor), query.limit ?? pageSize)
    return { ...page, next: toCursor(page.next) }
  })

  serve(app, context, 'POST /v1/sites/:site/cases/:case/decisions', async ({ site, actor, params, body }) => {
    const decided = await decide(db, site.id, params.case, actor, body)
    live.published(decided.case.article.id)
    live.queueChanged(site.id)
    return decided
  })

  serve(
    app,
    context,
    'POST /v1/sites/:site/decisions/:decision/reversal',
    async ({ site, actor, params }) => {
      const decided = await reverse(db, site.id, params.decision, actor)
      live.published(decided.case.article.id)
      live.queueChanged(site.id)
      return decided
    },
  )
}
