import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { fromCursor, pageSize } from '../http/page.ts'
import { serve } from '../http/serve.ts'
import { react, reactAt } from './react.ts'
import { listTypos, settleTypo } from './typos.ts'

/** Reactions to passages, for the embed; typos, for those who publish. */
export function reactionRoutes(app: FastifyInstance, context: Context): void {
  const { db, live } = context

  serve(
    app,
    context,
    'PUT /v1/sites/:site/articles/:article/reaction',
    async ({ site, actor, params, body }) => {
      const at = { siteId: site.id, articleId: params.article }
      const { articleId, reacted } = await reactAt(db, at, actor, body)
      live.published(articleId)
      return reacted
    },
  )

  serve(
    app,
    context,
    'PUT /v1/sites/:site/threads/:thread/reaction',
    async ({ site, actor, params, body }) => {
      const at = { siteId: site.id, threadId: params.thread }
      const { articleId, reacted } = await react(db, at, actor, body)
      live.published(articleId)
      return reacted
    },
  )

  serve(
    app,
    context,
    'DELETE /v1/sites/:site/threads/:thread/reaction',
    async ({ site, actor, params, query }) => {
      const at = { siteId: site.id, threadId: params.thread }
      const { articleId, reacted } = await react(db, at, actor, { back: query.kind ?? 'reaction' })
      live.published(articleId)
      return reacted
    },
  )

  serve(app, context, 'GET /v1/sites/:site/typos', async ({ site, query }) =>
    listTypos(db, site.id, { before: fromCursor(query.cursor), limit: query.limit ?? pageSize }),
  )

  serve(app, context, 'POST /v1/sites/:site/typos/:typo/done', async ({ site, actor, params }) => {
    await settleTypo(db, site.id, actor, params.typo)
    return null
  })
}
