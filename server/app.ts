import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import cors from '@fastify/cors'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import websocket from '@fastify/websocket'
import Fastify, { type FastifyInstance } from 'fastify'
import { anchoringRoutes } from './anchoring/routes.ts'
import { articleRoutes } from './articles/routes.ts'
import type { Config } from './config.ts'
import type { Context } from './context.ts'
import type { Database } from './database/connect.ts'
import { exportRoutes } from './exporting/routes.ts'
import { followRoutes } from './follows/routes.ts'
import { guestRoutes } from './guests/routes.ts'
import { allowSites } from './http/cors.ts'
import { guardAnswers } from './http/headers.ts'
import { health } from './http/health.ts'
import { takeStrictJson } from './http/json.ts'
import { limitRates } from './http/limits.ts'
import { shedLoad } from './http/load.ts'
import { logging } from './http/log.ts'
import { answerError } from './http/problem.ts'
import { packedFrom } from './http/ready.ts'
import { validateByContract } from './http/validation.ts'
import { createLive, type Live } from './live/index.ts'
import { liveRoutes } from './live/routes.ts'
import { createMetrics, type Metrics } from './metrics/index.ts'
import { metricsRoutes } from './metrics/routes.ts'
import { siteRoutes } from './sites/routes.ts'
import { moderationRoutes } from './moderation/routes.ts'
import { countOpenings } from './numbers/index.ts'
import { numbersRoutes } from './numbers/routes.ts'
import { answerErrorWithPage, answerFault } from './pages/fault.ts'
import { pageRoutes } from './pages/routes.ts'
import { sessions } from './people/index.ts'
import { peopleRoutes } from './people/routes.ts'
import { privacyRoutes } from './privacy/routes.ts'
import { reactionRoutes } from './reactions/routes.ts'
import { rememberedSites } from './sites/index.ts'
import { searchRoutes } from './search/routes.ts'
import { singleSignOnRoutes } from './sso/routes.ts'
import { staffRoutes } from './staff/routes.ts'
import { Snapshots } from './threads/index.ts'
import { threadRoutes } from './threads/routes.ts'
import { describedWebhooks } from './webhooks/index.ts'
import { webhookRoutes } from './webhooks/routes.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** For what happens outside of a request: jobs. */
    live: Live
    metrics: Metrics
  }
}

/** Room for 10,000 characters, each written as an escape, and an anchor beside them. */
const bodyLimit = 160 * 1024
const socketFrameLimit = 16 * 1024
/** Milliseconds that requests have to be finished when the server closes. */
const closingTime = 4_000

/**
 * The whole application, apart from the process: routes on a database. Tests inject into this very one.
 * @param db stays its caller's to close
 */
export async function buildApp(config: Config, db: Database): Promise<FastifyInstance> {
  const app = Fastify({
    ...logging(config.logLevel),
    trustProxy: config.trustProxy,
    bodyLimit,
    requestTimeout: 15_000,
    http: { connectionsCheckingInterval: 2_000, headersTimeout: 10_000 },
    routerOptions: { maxParamLength: 300 },
    ajv: { customOptions: { removeAdditional: false } },
    // What is under way is finished, within `closingTime`.
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
  })
  const onError = (error: unknown) => app.log.error(error)
  const sites = rememberedSites(db)
  const snapshots = new Snapshots()
  const metrics = createMetrics()
  const live = createLive(db, { sites, snapshots }, metrics, onError)
  const openings = {
    article: countOpenings(db, 'article', onError),
    passage: countOpenings(db, 'passage', onError),
  }
  const context: Context = { config, db, lucia: sessions(db), live, openings, snapshots, site: sites.find }

  app.decorate('live', live)
  app.decorate('metrics', metrics)
  app.addHook('preClose', (done) => {
    setTimeout(() => {
      app.server.closeAllConnections()
      for (const socket of app.websocketServer.clients) socket.terminate()
    }, closingTime).unref()
    done()
  })
  // Once nobody is answered any more.
  app.addHook('onClose', async () => {
    await Promise.all(Object.values(openings).map((one) => one.close()))
  })
  // The first hook: what is sent away waits for nothing.
  const lag = shedLoad(app, db, { lag: config.mostLag, waiting: config.mostWaiting }, metrics.shed)
  metricsRoutes(app, metrics, config, { db, lag, lines: live.lines })
  app.decorateRequest('callerId', null)
  app.setErrorHandler(answerError)
  app.setNotFoundHandler((request, reply) =>
    answerFault(
      {
        kind: 'not-found',
        detail: `There is nothing at ${request.method} ${request.url.split('?')[0] ?? ''}.`,
      },
      request,
      reply,
    ),
  )
  guardAnswers(app)
  takeStrictJson(app)
  validateByContract(app)
  await app.register(compress, {
    encodings: ['br', 'gzip'],
    threshold: packedFrom,
    // A quarter of the size for little work; what is always the same is packed better, by the build.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    // Nobody needs to send us packed bodies, and a small one may unpack to a huge one.
    globalDecompression: false,
  })
  await app.register(cookie)
  await app.register(cors, () => allowSites(context))
  await limitRates(app, config.redisUrl, onError)
  await app.register(websocket, { options: { maxPayload: socketFrameLimit, perMessageDeflate: false } })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Postil',
        version: '1',
        description: 'Discussion anchored to the paragraphs of articles',
      },
      webhooks: describedWebhooks(),
    },
  })
  await app.register(swaggerUi, { routePrefix: '/v1/docs', staticCSP: true })
  await app.register(async (scope) => {
    scope.get('/v1/openapi.json', { schema: { summary: 'This contract, as OpenAPI' } }, () => scope.swagger())
    articleRoutes(scope, context)
    anchoringRoutes(scope, context)
    threadRoutes(scope, context)
    reactionRoutes(scope, context)
    searchRoutes(scope, context)
    followRoutes(scope, context)
    peopleRoutes(scope, context)
    guestRoutes(scope, context)
    await scope.register((people) => {
      // Who comes back from a provider comes with a browser.
      people.setErrorHandler(answerErrorWithPage)
      return singleSignOnRoutes(people, context)
    })
    privacyRoutes(scope, context)
    moderationRoutes(scope, context)
    siteRoutes(scope, context)
    webhookRoutes(scope, context)
    exportRoutes(scope, context)
    staffRoutes(scope, context)
    numbersRoutes(scope, context)
    liveRoutes(scope, context)
    health(scope, db, live.isDraining)
    await scope.register((pages) => pageRoutes(pages, context))
  })
  return app
}
