import type { FastifyInstance } from 'fastify'
import { buildApp } from '../../server/app.ts'
import { seedDemo } from '../../server/cli/demo.ts'
import type { Config } from '../../server/config.ts'
import { connect, type Database } from '../../server/database/connect.ts'
import { startWorker } from '../../server/jobs/worker.ts'
import { testDatabase } from './database.ts'

/** The real application, listening on a port of its own. */
interface Node {
  app: FastifyInstance
  port: number
  origin: string
  close(): Promise<void>
}

/** One with its demo site, on a database of its own. */
export interface Served extends Node {
  db: Database
  /** Of its database, past anything it is reached through. */
  url: string
  /** A second one on the same database, without the background jobs. */
  another(): Promise<Node>
}

/**
 * Starts the application as `server/main.ts` does, without the process around it.
 * @param through where the application finds the database instead; the `db` that comes back goes straight to it
 * @param smtpUrl where it sends its mail; none where it is not given
 * @param changes of its other settings
 */
export async function serveDemo(
  through: (url: string) => string = (url) => url,
  smtpUrl: string | null = null,
  changes: Partial<Config> = {},
): Promise<Served> {
  const database = await testDatabase()
  const db = connect(database.url, { connections: 4 })
  const config = {
    port: 0,
    host: 'localhost',
    databaseUrl: database.url,
    redisUrl: null,
    production: false,
    trustProxy: false,
    limitFactor: 1_000_000,
    // The machine may be busy with other tests.
    mostLag: 60_000,
    mostWaiting: 1000,
    metricsToken: null,
    logLevel: 'fatal',
    mail:
      smtpUrl === null
        ? null
        : { smtpUrl, from: 'Postil <postil@postil.example>', publicUrl: 'https://postil.example' },
    auditKey: null,
    translate: null,
    fetchPrivate: false,
    oidcSecrets: new Map(),
    ...changes,
  }
  const node = await serve(config, database.url, through(database.url))
  const { app, port } = node
  const worker = await startWorker(database.url, {
    db,
    live: app.live,
    mail: config.mail,
    auditKey: null,
    fetchPrivate: config.fetchPrivate,
    mailed: app.metrics.mailed,
    // A test that cuts the database off is no news.
    onError: () => undefined,
  })
  await seedDemo(db, port)
  return {
    ...node,
    db,
    url: database.url,
    another: () => serve(config, database.url, database.url),
    async close() {
      await worker.stop()
      await node.close()
      await db.destroy()
      await database.drop()
    },
  }
}

/** @param reached where it finds the database; signals come past that */
async function serve(config: Config, url: string, reached: string): Promise<Node> {
  const db = connect(reached, { connections: 10 })
  const app = await buildApp(config, db)
  const signals = await app.live.join(url, config.redisUrl)
  await app.listen({ port: 0, host: 'localhost' })
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    app,
    port,
    origin: `http://localhost:${port}`,
    async close() {
      await app.close()
      await signals.stop()
      await db.destroy()
    },
  }
}
