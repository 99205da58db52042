import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { fromCursor, pageSize } from '../http/page.ts'
import { serve } from '../http/serve.ts'
import { follow, readFollows } from './follow.ts'
import { markRead, readInbox } from './inbox.ts'

/** What a reader follows, and the inbox, for the embed. */
export function followRoutes(app: FastifyInstance, context: Context): void {
  const { db, live, config } = context
  const mail = config.mail !== null

  serve(app, context, 'GET /v1/sites/:site/follows', async ({ site, actor, query }) =>
    readFollows(db, site, actor, query.article, mail),
  )

  serve(app, context, 'PUT /v1/sites/:site/follows', async ({ site, actor, body }) =>
    follow(db, site, actor, body, mail),
  )

  serve(app, context, 'GET /v1/sites/:site/inbox', async ({ site, actor, query }) =>
    readInbox(db, site, actor, { before: fromCursor(query.cursor), limit: query.limit ?? pageSize }),
  )

  serve(app, context, 'POST /v1/sites/:site/inbox/read', async ({ site, actor, body }) => {
    // For the reader's other windows.
    if (await markRead(db, site, actor, body)) live.inboxChanged(site.id, [actor.id])
    return null
  })
}
