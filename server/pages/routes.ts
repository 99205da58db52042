import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import staticFiles from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { readArticle } from '../articles/index.ts'
import type { Context } from '../context.ts'
import { ProblemError } from '../http/problem.ts'
import { accountRoutes } from './account-routes.ts'
import { claimRoutes } from './claim-routes.ts'
import { articlePage } from './article.ts'
import { discussionRoutes } from './discussion-routes.ts'
import { answerErrorWithPage } from './fault.ts'
import { reportRoutes } from './report-routes.ts'
import { asFramedPage, asPage, policy } from './page.ts'
import { speak } from './setting.ts'
import { startPage } from './start.ts'
import { transparencyPageRoutes } from './transparency-routes.ts'
import { unsubscribeRoutes } from './unsubscribe-routes.ts'

const builtFolder = fileURLToPath(new URL('../../dist/', import.meta.url))
const filesFolder = fileURLToPath(new URL('./files/', import.meta.url))
const hashedFile = /[/\\]assets[/\\][^/\\]+-[\w-]{6,}\.\w+$/

/** Pages for people: start, demo, articles; and what the build made for the browser. */
export async function pageRoutes(app: FastifyInstance, context: Context): Promise<void> {
  const { db } = context
  app.setErrorHandler(answerErrorWithPage)
  discussionRoutes(app, context)
  transparencyPageRoutes(app, context)
  await app.register((scope) => unsubscribeRoutes(scope, context))
  await app.register((scope) => reportRoutes(scope, context))
  await app.register((scope) => accountRoutes(scope, context))
  await app.register((scope) => claimRoutes(scope, context))
  // Types, which by the end of their names would be a video.
  app.addHook('onSend', async (request, reply) => {
    if (/^[^?]+\.d\.ts(\?|$)/.test(request.url)) reply.type('text/plain; charset=utf-8')
  })
  await app.register(staticFiles, {
    root: [builtFolder, filesFolder],
    wildcard: true,
    // The build leaves `.br` and `.gz` beside each file.
    preCompressed: true,
    // A list: of a single name, the plug-in finds no packed file.
    index: ['index.html'],
    cacheControl: false,
    setHeaders(reply, sent) {
      const path = sent.replace(/\.(br|gz)$/, '')
      reply.header(
        'cache-control',
        hashedFile.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      )
      if (path.endsWith('.html')) reply.header('content-security-policy', policy)
      // Publishers' pages load the script from here.
      else
        reply
          .header('access-control-allow-origin', '*')
          .header('cross-origin-resource-policy', 'cross-origin')
      // Whoever opened its window gets no hold on it. The sign-in window is held by the page that it is for.
      if (/[\\/]console[\\/]index\.html$/.test(path))
        reply.header('cross-origin-opener-policy', 'same-origin')
    },
  })

  app.get('/', (_request, reply) => asPage(reply).send(startPage()))

  app.get('/demo/', async (_request, reply) => {
    const article = await readArticle(db, 'demo')
    const html = await readFile(new URL('./files/demo.html', import.meta.url), 'utf8')
    return asPage(reply).send(html.replace('href="/demo/"', `href="${article?.url ?? '/demo/'}"`))
  })
  app.get('/demo', (_request, reply) => reply.redirect('/demo/', 308))
  app.get('/console', (_request, reply) => reply.redirect('/console/', 308))
  app.get('/signin', (_request, reply) => reply.redirect('/signin/', 308))

  app.get<{ Params: { slug: string } }>('/a/:slug', async (request, reply) => {
    const { slug } = request.params
    // PostgreSQL takes no NUL, so nothing is called so.
    const article = slug.includes('\0') ? null : await readArticle(db, slug)
    if (!article) throw new ProblemError('not-found', 'There is no such article here.')
    return asFramedPage(reply).send(articlePage(article, speak(request, reply, article.language)))
  })
}
