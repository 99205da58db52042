import type { FastifyInstance } from 'fastify'
import { lastMonths } from '../../core/moderation/months.ts'
import type { Context } from '../context.ts'
import { ProblemError } from '../http/problem.ts'
import { publicNumbers, shownFor } from '../moderation/index.ts'
import { asPage } from './page.ts'
import { speak } from './setting.ts'
import { transparencyPage } from './transparency.ts'

const limit = 60

/** `/transparency/:site`: the numbers of a month for everybody, where the site shows them; the last whole month, or `?month=`. */
export function transparencyPageRoutes(app: FastifyInstance, context: Context): void {
  const { db, config } = context
  const numbers = publicNumbers(db)
  app.get<{ Params: { site: string }; Querystring: { month?: unknown } }>(
    '/transparency/:site',
    { config: { rateLimit: { max: limit * config.limitFactor, timeWindow: '1 minute' } } },
    async (request, reply) => {
      const slug = request.params.site
      // PostgreSQL takes no NUL, so nothing is called so.
      const site = slug.includes('\0') ? null : await context.site(slug)
      const say = speak(request, reply, null)
      // The month that runs is not over.
      const months = lastMonths(new Date(), say.language).slice(1)
      const { month: wanted = months[0]?.from.slice(0, 7) } = request.query
      const month = months.find(({ from }) => from.slice(0, 7) === wanted)
      if (!site || !month) throw new ProblemError('not-found', 'There are no such numbers here.')
      const report = await numbers(site.id, month)
      return asPage(reply)
        .header('cache-control', `public, max-age=${shownFor}`)
        .send(transparencyPage(say, site, { month, months, report }))
    },
  )
}
