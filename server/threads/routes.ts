import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { fromCursor, fromNumberCursor, pageSize } from '../http/page.ts'
import { ProblemError } from '../http/problem.ts'
import { serve } from '../http/serve.ts'
import { browserOf } from '../numbers/index.ts'
import type { Actor } from '../people/index.ts'
import { may } from '../permissions.ts'
import type { Site } from '../sites/index.ts'
import { appeal, edit, report } from './change.ts'
import { preview, type Written } from './check.ts'
import { readHistory } from './history.ts'
import { markThread } from './mark.ts'
import { listParticipants } from './participants.ts'
import { post, type Place } from './post.ts'
import { readComments, readThreads } from './read.ts'
import { restore, withdraw } from './withdrawal.ts'

/** Threads and comments, for the embed. */
export function threadRoutes(app: FastifyInstance, context: Context): void {
  const { db, live, openings, snapshots } = context

  serve(
    app,
    context,
    'GET /v1/sites/:site/articles/:article/threads',
    async ({ site, actor, params, query, request }) => {
      const isSnapshot = actor === null && query.cursor === undefined && query.limit === undefined
      const read = () =>
        readThreads(db, site, params.article, actor, {
          after: fromCursor(query.cursor),
          limit: query.limit ?? pageSize,
        })
      const page = isSnapshot
        ? await snapshots.of(site.id, params.article.toLowerCase(), async () => JSON.stringify(await read()))
        : await read()
      // Further pages are the same reader's; those who work for the site are not its readers.
      const browser = query.cursor === undefined && !may.moderate(actor) ? browserOf(request) : null
      if (browser) openings.article.opened(browser, { siteId: site.id, id: params.article.toLowerCase() })
      return page
    },
  )

  serve(
    app,
    context,
    'GET /v1/sites/:site/threads/:thread/comments',
    async ({ site, actor, params, query }) =>
      readComments(db, site, params.thread, actor, {
        after: fromCursor(query.cursor),
        limit: query.limit ?? pageSize,
      }),
  )

  async function postAndTell(
    site: Site,
    actor: Actor,
    place: Place,
    written: Written,
    request: FastifyRequest,
  ) {
    const { articleId, posted } = await post(db, site, actor, place, written, idempotencyKey(request))
    live.published(articleId)
    if (posted.comment.state === 'held') live.queueChanged(site.id)
    return posted
  }

  serve(
    app,
    context,
    'POST /v1/sites/:site/articles/:article/threads',
    async ({ site, actor, params, body, request }) => {
      const place: Place = { kind: 'new thread', articleId: params.article, anchor: body.anchor }
      return await postAndTell(site, actor, place, body, request)
    },
  )

  serve(
    app,
    context,
    'POST /v1/sites/:site/threads/:thread/comments',
    async ({ site, actor, params, body, request }) => {
      const place: Place = { kind: 'reply', threadId: params.thread, parentId: body.parentId ?? null }
      return await postAndTell(site, actor, place, body, request)
    },
  )

  serve(app, context, 'PUT /v1/sites/:site/threads/:thread/mark', async ({ site, actor, params, body }) => {
    const at = { siteId: site.id, threadId: params.thread }
    const { articleId, marked } = await markThread(db, at, actor, body.mark)
    live.published(articleId)
    return marked
  })

  serve(app, context, 'PATCH /v1/sites/:site/comments/:comment', async ({ site, actor, params, body }) => {
    const { articleId, comment, caseChanged } = await edit(
      db,
      site,
      actor,
      params.comment,
      body,
      body.revision,
    )
    live.published(articleId)
    if (caseChanged) live.queueChanged(site.id)
    return comment
  })

  serve(
    app,
    context,
    'POST /v1/sites/:site/comments/:comment/withdrawal',
    async ({ site, actor, params }) => {
      const { articleId, caseClosed } = await withdraw(db, site, actor, params.comment)
      live.published(articleId)
      if (caseClosed) live.queueChanged(site.id)
      return null
    },
  )

  serve(
    app,
    context,
    'DELETE /v1/sites/:site/comments/:comment/withdrawal',
    async ({ site, actor, params }) => {
      const { articleId, comment, caseOpened } = await restore(db, site, actor, params.comment)
      live.published(articleId)
      if (caseOpened) live.queueChanged(site.id)
      return comment
    },
  )

  serve(
    app,
    context,
    'GET /v1/sites/:site/comments/:comment/revisions',
    async ({ site, actor, params, query }) =>
      readHistory(db, site, params.comment, actor, {
        before: fromNumberCursor(query.cursor),
        limit: query.limit ?? pageSize,
      }),
  )

  serve(app, context, 'POST /v1/sites/:site/preview', async ({ site, body }) => ({
    body: await preview(db, site, body.body, body.article ?? null),
  }))

  serve(
    app,
    context,
    'GET /v1/sites/:site/articles/:article/participants',
    async ({ site, params, query }) => ({
      participants: await listParticipants(db, site, params.article, query.q ?? ''),
    }),
  )

  serve(
    app,
    context,
    'POST /v1/sites/:site/comments/:comment/reports',
    async ({ site, actor, params, body }) => {
      if (await report(db, site, actor, params.comment, body)) live.queueChanged(site.id)
      return null
    },
  )

  serve(
    app,
    context,
    'POST /v1/sites/:site/comments/:comment/appeal',
    async ({ site, actor, params, body }) => {
      const comment = await appeal(db, site, actor, params.comment, body.text)
      live.queueChanged(site.id)
      return comment
    },
  )
}

/** The header of draft-ietf-httpapi-idempotency-key-header: the client's own id for a post. */
function idempotencyKey(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key']
  if (key === undefined) return null
  if (typeof key === 'string' && /^[\x21-\x7e]{8,100}$/.test(key)) return key
  throw new ProblemError(
    'invalid-field',
    'Idempotency-Key: 8 to 100 visible ASCII characters, a UUID for example',
    {
      errors: [{ field: 'Idempotency-Key', detail: '8 to 100 visible ASCII characters, a UUID for example' }],
    },
  )
}
