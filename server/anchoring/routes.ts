import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { fromCursor, pageSize } from '../http/page.ts'
import { serve } from '../http/serve.ts'
import { listOrphans } from './orphans.ts'
import { reattach, undoReattachment } from './reattach.ts'

/** Passages that are gone, and putting them right. */
export function anchoringRoutes(app: FastifyInstance, context: Context): void {
  const { db, live } = context

  serve(
    app,
    context,
    'POST /v1/sites/:site/threads/:thread/passage',
    async ({ site, actor, params, body }) => {
      const { articleId, thread } = await reattach(
        db,
        { siteId: site.id, threadId: params.thread },
        actor,
        body,
      )
      live.published(articleId)
      return { thread }
    },
  )

  serve(app, context, 'DELETE /v1/sites/:site/threads/:thread/passage', async ({ site, actor, params }) => {
    const at = { siteId: site.id, threadId: params.thread }
    const { articleId, thread } = await undoReattachment(db, at, actor)
    live.published(articleId)
    return { thread }
  })

  serve(app, context, 'GET /v1/sites/:site/orphans', async ({ site, actor, query }) =>
    listOrphans(db, site.id, actor, query.article, {
      after: fromCursor(query.cursor),
      limit: query.limit ?? pageSize,
    }),
  )
}
