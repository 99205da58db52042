import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import packageFile from '../../package.json' with { type: 'json' }
import type { Config } from '../config.ts'
import { loadOf, type Database } from '../database/connect.ts'
import { isNear } from '../http/network.ts'
import { ProblemError } from '../http/problem.ts'
import type { Labelled, Metrics } from './metrics.ts'
import { StoredNumbers } from './stored.ts'

/** What is looked at from outside. */
interface Sources {
  db: Database
  /** Milliseconds that the event loop lags. */
  lag: () => number
  /** Open lines of readers and moderators. */
  lines: () => number
}

/**
 * `GET /metrics`, for Prometheus, in its text format. With a token, who shows it may read them; without, who comes straight from this
 * machine or a private network.
 */
export function metricsRoutes(
  app: FastifyInstance,
  metrics: Metrics,
  { metricsToken }: Pick<Config, 'metricsToken'>,
  { db, lag, lines }: Sources,
): void {
  const stored = new StoredNumbers(db)
  const { gauge, gauges, registry } = metrics
  gauge('postil_event_loop_lag_seconds', 'How long work waits for its turn', () => lag() / 1000)
  gauge('process_resident_memory_bytes', 'Memory of the process', () => process.memoryUsage.rss())
  gauge('process_start_time_seconds', 'When the process started', () => startedAt)
  gauges('postil_database_connections', 'Database connections, by what they do', ['state'], () => {
    const { busy, idle } = loadOf(db)
    return by('state', { busy, idle })
  })
  gauge('postil_database_waiting', 'Queries that wait for a connection', () => loadOf(db).waiting)
  gauge('postil_live_lines', 'Open lines of readers and moderators', lines)
  gauge('postil_database_up', '1 where the database answers', () => (stored.now.isThere ? 1 : 0))
  gauges('postil_cases_open', 'Cases that wait for a decision', ['queue'], () =>
    by('queue', stored.now.cases),
  )
  gauges('postil_jobs', 'Background jobs, by how they stand', ['state'], () => by('state', stored.now.jobs))
  gauge('postil_job_oldest_seconds', 'How long the oldest job is due', () => stored.now.oldestJob)
  gauges('postil_info', 'What runs here: its version, and that of its schema', ['version', 'schema'], () => [
    [{ version, schema: stored.now.schema }, 1],
  ])

  app.addHook('onResponse', async (request, reply) => {
    const { url = 'none' } = request.routeOptions
    // A line is no request that is over.
    if (url === '/v1/live') return
    metrics.answered({
      method: request.method,
      route: url,
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    })
  })
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!mayRead(request, metricsToken))
      throw new ProblemError(
        'not-allowed',
        'Metrics are read from this machine or its private network, or with METRICS_TOKEN as the bearer token.',
      )
    await stored.refresh()
    return reply
      .type(registry.contentType)
      .header('cache-control', 'no-store')
      .send(await registry.metrics())
  })
}

const { version } = packageFile
const by = (label: string, values: Record<string, number>) =>
  Object.entries(values).map(([one, value]): Labelled => [{ [label]: one }, value])

const startedAt = Math.round((Date.now() - performance.now()) / 1000)

/** Headers of proxies: behind one, everybody comes from its address, and what it says of them may be made up. */
const ofProxies = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via']

function mayRead({ headers, raw }: FastifyRequest, token: string | null): boolean {
  if (token !== null) return isSame(headers.authorization ?? '', `Bearer ${token}`)
  return !ofProxies.some((name) => name in headers) && isNear(raw.socket.remoteAddress ?? '')
}

/** Compared as hashes, so that the time it takes tells nothing. */
const isSame = (one: string, other: string) => timingSafeEqual(hash(one), hash(other))
const hash = (text: string) => createHash('sha256').update(text).digest()
