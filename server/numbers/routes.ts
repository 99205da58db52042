import type { FastifyInstance, FastifyReply } from 'fastify'
import type { NumbersDays } from '../../core/contract/numbers.ts'
import type { Context } from '../context.ts'
import { pageSize } from '../http/page.ts'
import { serve } from '../http/serve.ts'
import { readArticleNumbers } from './article.ts'
import { articleCsv, siteCsv } from './csv.ts'
import { readSiteNumbers } from './site.ts'

/** The days where the caller does not say. */
const usualDays: NumbersDays = 30
/** Articles in one file. */
const mostInFile = 1_000

/** How much is said and read, for those who lead and publish. */
export function numbersRoutes(app: FastifyInstance, context: Context): void {
  const { db } = context

  serve(app, context, 'GET /v1/sites/:site/numbers', async ({ site, query }) =>
    readSiteNumbers(db, site.id, {
      days: query.days ?? usualDays,
      order: query.order ?? 'comments',
      cursor: query.cursor,
      limit: query.limit ?? pageSize,
    }),
  )

  serve(app, context, 'GET /v1/sites/:site/numbers.csv', async ({ site, query, reply }) => {
    const { days = usualDays, order = 'comments' } = query
    const numbers = await readSiteNumbers(db, site.id, { days, order, limit: mostInFile })
    asFile(reply, `numbers-${site.slug}-${numbers.from}-${days}-days.csv`)
    return siteCsv(numbers)
  })

  serve(app, context, 'GET /v1/sites/:site/articles/:article/numbers', async ({ site, params, query }) =>
    readArticleNumbers(db, site.id, params.article, query.days ?? usualDays),
  )

  serve(
    app,
    context,
    'GET /v1/sites/:site/articles/:article/numbers.csv',
    async ({ site, params, query, reply }) => {
      const { days = usualDays } = query
      const numbers = await readArticleNumbers(db, site.id, params.article, days)
      asFile(reply, `numbers-${site.slug}-${numbers.article.id}-${numbers.from}-${days}-days.csv`)
      return articleCsv(numbers)
    },
  )
}

function asFile(reply: FastifyReply, name: string): void {
  reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${name}"`)
}
