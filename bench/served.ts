import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { buildApp } from '../server/app.ts'
import { seedDemo } from '../server/cli/demo.ts'
import { readConfig } from '../server/config.ts'
import { connect, type Database } from '../server/database/connect.ts'
import { embeddedPostgres } from '../server/database/embedded.ts'
import { migrateToLatest } from '../server/database/migrate.ts'
import { findSite, type Site } from '../server/sites/index.ts'

/** Postil with its demo site on a database of its own, without limits on requests. */
export interface Served {
  app: FastifyInstance
  db: Database
  databaseUrl: string
  site: Site
  origin: string
}

/**
 * Serves the demo site as long as the work takes, and leaves nothing behind.
 * @param how whether what is written is waited for until it is on disk, and how many connections the server has
 */
export async function served(
  { durable, connections }: { durable: boolean; connections: number },
  work: (served: Served) => Promise<void>,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'postil-bench-'))
  await chmod(directory, 0o755)
  const postgres = await embeddedPostgres({ directory, durable })
  try {
    await migrateToLatest(postgres.url)
    const db = connect(postgres.url, { connections })
    const app = await buildApp({ ...readConfig({}), logLevel: 'fatal', limitFactor: 1_000_000 }, db)
    await app.listen({ port: 0, host: 'localhost' })
    const address = app.server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    await seedDemo(db, port)
    const site = await findSite(db, 'demo')
    if (!site) throw new Error('the demo site is missing')
    await work({ app, db, databaseUrl: postgres.url, site, origin: `http://localhost:${port}` })
    await app.close()
    await db.destroy()
  } finally {
    await postgres.stop()
    await rm(directory, { recursive: true, force: true })
  }
}
