import type { FastifyInstance } from 'fastify'
import { v7 as uuid } from 'uuid'
import type { ArticleHead, NewArticle } from '../../core/contract/articles.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database/connect.ts'
import { mayEmbed } from '../http/origin.ts'
import { ProblemError } from '../http/problem.ts'
import { serve } from '../http/serve.ts'
import { varyBy } from '../http/vary.ts'
import { tellWebhooks } from '../jobs/index.ts'
import { hoursOf } from '../moderation/index.ts'
import { may } from '../permissions.ts'
import type { Site } from '../sites/index.ts'
import { counter } from './counts.ts'
import { askForLook } from './look.ts'
import { pushArticle } from './push.ts'
import { addressOn, findArticle, readMarks } from './read.ts'
import { decideRevision, heldRevisions } from './revisions.ts'
import { slugOf } from './save.ts'

/** Articles, for the embed. */
export function articleRoutes(app: FastifyInstance, context: Context): void {
  const { db } = context
  revisionRoutes(app, context)

  serve(app, context, 'GET /v1/sites/:site/articles', async ({ site, actor, query, request, reply }) => {
    varyBy(reply, 'origin')
    const { origin } = request.headers
    if (origin !== undefined && !mayEmbed(origin, site, request))
      return { article: null, marks: [], hours: null, refused: refusal(origin, site, query.url) }
    const read = await readMarks(db, site, query.url)
    if (read.article) return { ...read, hours: null }
    const periods = await hoursOf(db, site.id, null)
    return { ...read, hours: { periods, exempt: actor !== null && may.postUnscreened(actor) } }
  })

  const countAll = counter(db)
  serve(app, context, 'GET /v1/sites/:site/counts', async ({ site, query, reply }) => {
    reply.header('cache-control', 'public, max-age=30')
    return { counts: await countAll(site, query.url) }
  })

  serve(app, context, 'POST /v1/sites/:site/articles', async ({ site, body, request }) => {
    const url = addressOn(site, body.url, request.headers.origin)
    return (await findArticle(db, site, url)) ?? (await register(db, site, url, body))
  })

  serve(app, context, 'PUT /v1/sites/:site/articles', ({ site, actor, body }) =>
    pushArticle(db, site, actor.message, body),
  )
}

/** For the console of a page that embeds the site from another origin: readers see nothing there. */
function refusal(origin: string, site: Site, url: string): string {
  const page = url.startsWith(`${origin}/`) ? url : `${origin}/…`
  return `Postil shows nothing on this page: ${origin} is not among the origins of the site "${site.slug}". To see what to run: npm run postil -- doctor ${page} --site ${site.slug}`
}

/** Texts that wait for their publisher. */
function revisionRoutes(app: FastifyInstance, context: Context): void {
  const { db } = context

  serve(app, context, 'GET /v1/sites/:site/revisions', async ({ site }) => ({
    revisions: await heldRevisions(db, site.id),
  }))

  serve(
    app,
    context,
    'POST /v1/sites/:site/articles/:article/revisions/:revision',
    async ({ site, params, body }) => {
      const at = { siteId: site.id, articleId: params.article }
      const status = body.decision === 'take' ? 'taken' : 'dropped'
      if (!(await decideRevision(db, at, params.revision, status)))
        throw new ProblemError(
          'conflict',
          'This text no longer waits: somebody decided, or a newer one has come.',
        )
      return null
    },
  )
}

/** An article the server has not read yet: it has an address and a discussion, and no text. */
async function register(db: Database, site: Site, url: string, given: NewArticle): Promise<ArticleHead> {
  const id = uuid()
  await db.transaction().execute(async (tx) => {
    const created = await tx
      .insertInto('article')
      .values({
        site_id: site.id,
        id,
        // The end of the id keeps apart what has the same title.
        slug: `${slugOf(given.title)}-${id.slice(-6)}`,
        url,
        title: given.title,
        language: given.language ?? null,
        direction: given.direction ?? 'auto',
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!created) return
    await askForLook(tx, { siteId: site.id, articleId: id })
    await tellWebhooks(tx, { siteId: site.id, type: 'article.created', subjectId: id })
  })
  const article = await findArticle(db, site, url)
  if (!article) throw new Error(`article ${url} was not kept`)
  return article
}
