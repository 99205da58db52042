import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { FastifyInstance } from 'fastify'
import { loadOf, type Database } from '../database/connect.ts'
import { ProblemError } from './problem.ts'

/** Milliseconds over which the lag of the event loop is measured, and at which it is looked at. */
const span = 500
const resolution = 20
/** Seconds after which a client may try again. */
const retryAfter = 2

/** What is answered however much there is to do: who watches the server, open pages' lines, and the files of the build. */
const spared = new Set<string | undefined>(['/healthz', '/readyz', '/metrics', '/v1/live', '/*'])

/**
 * Sends requests away at the door where they would only wait: while the event loop lags, and while many wait for a database
 * connection. Before anything else is done for them, so that it costs next to nothing.
 * @param limits.lag milliseconds of lag for a second; one long step is over when it is seen, and sends nobody away
 * @param limits.waiting so many queries wait at the most
 * @param onShed hears of each request sent away, and of what there was too much for
 * @returns what tells how many milliseconds the event loop lags
 */
export function shedLoad(
  app: FastifyInstance,
  db: Database,
  limits: { lag: number; waiting: number },
  onShed: (reason: 'processor' | 'database') => void,
): () => number {
  const delay = monitorEventLoopDelay({ resolution })
  delay.enable()
  let [last, before] = [0, 0]
  const looking = setInterval(() => {
    before = last
    // Without any sample, the loop stood all the time.
    last = delay.count === 0 ? limits.lag + span : Math.max(0, delay.mean / 1e6 - resolution)
    delay.reset()
  }, span).unref()
  app.addHook('onClose', (_app, done) => {
    clearInterval(looking)
    delay.disable()
    done()
  })
  const pressure = () => {
    if (Math.min(last, before) > limits.lag) return 'processor'
    return loadOf(db).waiting >= limits.waiting ? 'database' : null
  }
  app.addHook('onRequest', (request, reply, done) => {
    const reason = spared.has(request.routeOptions.url) ? null : pressure()
    if (reason === null) return done()
    onShed(reason)
    reply.header('retry-after', retryAfter)
    done(new ProblemError('busy', 'There is too much to do. Nothing was done; try again in some seconds.'))
  })
  return () => last
}
