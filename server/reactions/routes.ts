import type { FastifyInstance } from 'fastify'
import type { Reacted } from '../../core/contract/reactions.ts'
import type { Context } from '../context.ts'
import { fromCursor, pageSize } from '../http/page.ts'
import { serve } from '../http/serve.ts'
import type { Actor } from '../people/index.ts'
import type { Site } from '../sites/index.ts'
import { react, reactAt, type Done } from './react.ts'
import { listTypos, settleTypo } from './typos.ts'

/** Reactions to passages, for the embed; typos, for those who publish. */
export function reactionRoutes(app: FastifyInstance, context: Context): void {
  const { db, live } = context

  /** Everybody sees the counts, and the reader's own windows what is theirs. */
  function tell(site: Site, actor: Actor, { articleId: article, reacted }: Done): Reacted {
    const { thread, mine, typo } = reacted
    live.published(article)
    live.reacted(site.id, actor.id, { article, threadId: thread.id, thread, mine, typo })
    return reacted
  }

  serve(
    app,
    context,
    'PUT /v1/sites/:site/articles/:article/reaction',
    async ({ site, actor, params, body }) => {
      const at = { siteId: site.id, articleId: params.article }
      return tell(site, actor, await reactAt(db, at, actor, body))
    },
  )

  serve(
    app,
    context,
    'PUT /v1/sites/:site/threads/:thread/reaction',
    async ({ site, actor, params, body }) => {
      const at = { siteId: site.id, threadId: params.thread }
      return tell(site, actor, await react(db, at, actor, body))
    },
  )

  serve(
    app,
    context,
    'DELETE /v1/sites/:site/threads/:thread/reaction',
    async ({ site, actor, params, query }) => {
      const at = { siteId: site.id, threadId: params.thread }
      return tell(site, actor, await react(db, at, actor, { back: query.kind ?? 'reaction' }))
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
