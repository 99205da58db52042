import type { FastifyInstance } from 'fastify'
import { buildApp } from '../../server/app.ts'
import { seedDemo } from '../../server/cli/demo.ts'
import type { Config } from '../../server/config.ts'
import { connect, type Database } from '../../server/database/connect.ts'
import { startWorker } from '../../server/jobs/worker.ts'
import { testDatabase } from './database.ts'

/** The real application with its demo site, listening on a port of its own, on a database of its own. */
export interface Served {
  app: FastifyInstance
  db: Database
  /** Of its database, past anything it is reached through. */
  url: string
  port: number
  origin: string
  close(): Promise<void>
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
  const own = connect(through(database.url), { connections: 10 })
  const config = {
    port: 0,
    host: 'localhost',
    databaseUrl: database.url,
    production: false,
    trustProxy: false,
    limitFactor: 1_000_000,
    logLevel: 'fatal',
    mail:
      smtpUrl === null
        ? null
        : { smtpUrl, from: 'Postil <postil@postil.example>', publicUrl: 'https://postil.example' },
    auditKey: null,
    translate: null,
    fetchPrivate: false,
    ...changes,
  }
  const app = await buildApp(config, own)
  const worker = await startWorker(database.url, {
    db,
    live: app.live,
    mail: config.mail,
    auditKey: null,
    fetchPrivate: config.fetchPrivate,
    // A test that cuts the database off is no news.
    onError: () => undefined,
  })
  await app.listen({ port: 0, host: 'localhost' })
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await seedDemo(db, port)
  return {
    app,
    db,
    url: database.url,
    port,
    origin: `http://localhost:${port}`,
    async close() {
      await worker.stop()
      await app.close()
      await own.destroy()
      await db.destroy()
      await database.drop()
    },
  }
}
