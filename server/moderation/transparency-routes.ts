import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Transparency } from '../../core/contract/transparency.ts'
import type { Context } from '../context.ts'
import { serve } from '../http/serve.ts'
import { varyBy } from '../http/vary.ts'
import { whoOwnOn } from '../people/index.ts'
import { may } from '../permissions.ts'
import type { Site } from '../sites/index.ts'
import { publicNumbers, setShowsNumbers, shownFor, showsNumbers } from './publication.ts'
import { readTransparency, toCsv } from './transparency.ts'

/** The numbers for a transparency report, and whether everybody may read them. */
export function transparencyRoutes(app: FastifyInstance, context: Context): void {
  const { db, lucia } = context
  const forEverybody = publicNumbers(db)

  /** For those who lead, on Postil's own pages, any time as it is now; for everybody what the site shows. */
  async function report(call: {
    site: Site
    query: { from: string; to: string }
    request: FastifyRequest
    reply: FastifyReply
  }): Promise<Transparency> {
    const { site, query, request, reply } = call
    varyBy(reply, 'Cookie')
    if (may.lead(await whoOwnOn(db, lucia, request.cookies, site))) {
      reply.header('cache-control', 'private, no-store')
      return await readTransparency(db, site.id, query)
    }
    const shown = await forEverybody(site.id, query)
    reply.header('cache-control', `public, max-age=${shownFor}`)
    return shown
  }

  serve(app, context, 'GET /v1/sites/:site/transparency', report)

  serve(app, context, 'GET /v1/sites/:site/transparency.csv', async (call) => {
    const numbers = await report(call)
    const name = `transparency-${call.site.slug}-${numbers.from}-${numbers.to}.csv`
    call.reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${name}"`)
    return toCsv(numbers)
  })

  serve(app, context, 'GET /v1/sites/:site/transparency/publication', async ({ site }) => ({
    isPublic: await showsNumbers(db, site.id),
  }))

  serve(app, context, 'PUT /v1/sites/:site/transparency/publication', async ({ site, actor, body }) => {
    await setShowsNumbers(db, site.id, actor.id, body.isPublic)
    return body
  })
}
