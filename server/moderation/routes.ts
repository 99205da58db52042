import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { fromCursor, fromTimeCursor, pageSize } from '../http/page.ts'
import { serve } from '../http/serve.ts'
import { answerAppeal } from './answer.ts'
import { bulkRoutes } from './bulk-routes.ts'
import { claim, unclaim } from './claim.ts'
import { decide } from './decide.ts'
import { exportCase } from './export.ts'
import { learningRoutes } from './learning/index.ts'
import { listCases } from './list.ts'
import { object } from './object.ts'
import { reverse } from './reverse.ts'
import { ruleRoutes } from './rules/routes.ts'
import { acknowledge, unacknowledged } from './sanctions.ts'
import { searchComments } from './search.ts'
import { translateCase, translator } from './translate.ts'
import { transparencyRoutes } from './transparency-routes.ts'
import { usualWaits } from './waiting.ts'

/** The queue and the decisions, for moderators of the site on Postil's own pages; and what was decided about a reader. */
export function moderationRoutes(app: FastifyInstance, context: Context): void {
  const { db, live } = context
  ruleRoutes(app, context)
  learningRoutes(app, context)

  bulkRoutes(app, context)

  const translate = translator(context.config.translate, (why) => app.log.warn(why))
  serve(app, context, 'GET /v1/sites/:site/cases', async ({ site, actor, query }) => {
    const { queue = 'all', cursor, limit = pageSize, ...filter } = query
    const page = await listCases(
      db,
      site.id,
      actor,
      { queue, filter },
      { after: fromTimeCursor(cursor), limit },
    )
    return { ...page, translates: translate !== null }
  })

  serve(app, context, 'GET /v1/sites/:site/cases/search', ({ site, actor, query }) =>
    searchComments(db, site.id, actor, query.q, fromCursor(query.cursor)),
  )

  serve(app, context, 'POST /v1/sites/:site/cases/:case/translation', ({ site, actor, params, body }) =>
    translateCase(db, site.id, params.case, actor, body, translate),
  )

  transparencyRoutes(app, context)

  serve(app, context, 'GET /v1/sites/:site/cases/:case/export', async ({ site, actor, params, reply }) => {
    reply.header('content-disposition', `attachment; filename="case-${params.case}.json"`)
    return await exportCase(db, site, actor, params.case)
  })

  serve(app, context, 'PUT /v1/sites/:site/cases/:case/claim', async ({ site, actor, params }) => {
    const claimed = await claim(db, site.id, params.case, actor)
    if (claimed.isNew) live.queueChanged(site.id)
    return { claim: claimed.claim }
  })

  serve(app, context, 'DELETE /v1/sites/:site/cases/:case/claim', async ({ site, actor, params }) => {
    if (await unclaim(db, site.id, params.case, actor)) live.queueChanged(site.id)
    return null
  })

  serve(app, context, 'POST /v1/sites/:site/cases/:case/decisions', async ({ site, actor, params, body }) => {
    const { decided, articleId, sanctioned } =
      'answer' in body
        ? await answerAppeal(db, site.id, params.case, actor, body)
        : body.action === 'object'
          ? await object(db, site.id, params.case, actor, body)
          : await decide(db, site.id, params.case, actor, body)
    live.published(articleId)
    live.queueChanged(site.id)
    // What was imposed on them is shown at once, where they are.
    if (sanctioned !== null) live.inboxChanged(site.id, [sanctioned])
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

  const usualWait = usualWaits(db)
  serve(app, context, 'GET /v1/sites/:site/waiting', async ({ site }) => ({
    minutes: await usualWait(site.id),
  }))

  serve(app, context, 'GET /v1/sites/:site/sanctions', async ({ site, actor }) => ({
    sanctions: await unacknowledged(db, site.id, actor.id),
  }))

  serve(
    app,
    context,
    'PUT /v1/sites/:site/sanctions/:sanction/acknowledgement',
    async ({ site, actor, params }) => {
      await acknowledge(db, site.id, actor.id, params.sanction)
      // For the reader's other windows.
      live.inboxChanged(site.id, [actor.id])
      return null
    },
  )
}
