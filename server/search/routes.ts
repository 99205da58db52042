import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { fromCursor } from '../http/page.ts'
import { serve } from '../http/serve.ts'
import { search } from './results.ts'

/** What was said on a site, found by its words. */
export function searchRoutes(app: FastifyInstance, context: Context): void {
  serve(app, context, 'GET /v1/sites/:site/search', async ({ site, actor, query }) =>
    search(context.db, {
      siteId: site.id,
      articleId: query.article ?? null,
      typed: query.q,
      viewerId: actor?.id ?? null,
      before: fromCursor(query.cursor),
    }),
  )
}
