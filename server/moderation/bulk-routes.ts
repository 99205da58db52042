import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { fromCursor } from '../http/page.ts'
import { serve } from '../http/serve.ts'
import { decideBulk, reverseBulk } from './bulk.ts'
import { deleteFilter, savedFilters, saveFilter } from './saved-filters.ts'
import { selectAll } from './selection.ts'

/** Filters of the queue that are kept, and decisions about all that a filter has. */
export function bulkRoutes(app: FastifyInstance, context: Context): void {
  const { db, live } = context

  serve(app, context, 'GET /v1/sites/:site/cases/selection', ({ site, actor, query }) => {
    const { queue = 'all', ...filter } = query
    return selectAll(db, site.id, actor, { queue, filter })
  })

  const tell = (siteId: string, articles: string[]) => {
    for (const article of articles) live.published(article)
    live.queueChanged(siteId)
  }

  serve(app, context, 'POST /v1/sites/:site/bulks/:bulk/decisions', async ({ site, actor, params, body }) => {
    const { articles, ...done } = await decideBulk(db, site.id, params.bulk, actor, body)
    tell(site.id, articles)
    return done
  })

  serve(app, context, 'POST /v1/sites/:site/bulks/:bulk/reversal', async ({ site, actor, params, query }) => {
    const { articles, ...done } = await reverseBulk(db, site.id, params.bulk, actor, fromCursor(query.cursor))
    tell(site.id, articles)
    return done
  })

  serve(app, context, 'GET /v1/sites/:site/filters', async ({ site }) => ({
    filters: await savedFilters(db, site.id),
  }))

  serve(app, context, 'POST /v1/sites/:site/filters', ({ site, actor, body }) =>
    saveFilter(db, site.id, actor.id, body),
  )

  serve(app, context, 'DELETE /v1/sites/:site/filters/:filter', async ({ site, params }) => {
    await deleteFilter(db, site.id, params.filter)
    return null
  })
}
