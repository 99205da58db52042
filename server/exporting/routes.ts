import type { FastifyInstance } from 'fastify'
import { appendAudit } from '../audit/index.ts'
import type { Context } from '../context.ts'
import { serve } from '../http/serve.ts'
import { exportPieces } from './export.ts'

/** Long enough for a slow line to take a thousand rows; a connection is not held for who takes nothing. */
const patience = '60s'

/** A site's data, for its publisher to keep or to leave with. */
export function exportRoutes(app: FastifyInstance, context: Context): void {
  const { db } = context

  serve(app, context, 'GET /v1/sites/:site/export', async ({ site, actor, reply }) => {
    await db
      .transaction()
      .execute((tx) =>
        appendAudit(tx, { siteId: site.id, actorId: actor.id, action: 'export_site', subject: {} }),
      )
    reply
      .type('application/jsonl; charset=utf-8')
      .header('content-disposition', `attachment; filename="${site.slug}.jsonl"`)
      .header('cache-control', 'no-store')
    return exportPieces(db, site, patience)
  })
}
