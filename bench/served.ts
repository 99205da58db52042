import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { buildApp } from '../server/app.ts'
import { seedDemo } from '../server/cli/demo.ts'
import { readConfig } from '../server/config.ts'
import { connect, type Database } from '../server/database/connect.ts'
import { embeddedPostgres } from '../server/database/embedded.ts'
import { migrateToLatest } from '../server/database/migrate.ts'
import { findSite, type Site } from '../server/sites/index.ts'

/** Postil with its demo site on a database of its own, without limits on requests. */
interface Served {
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
  await onDatabase(durable, async (databaseUrl) => {
    const db = connect(databaseUrl, { connections })
    const app = await buildApp({ ...readConfig({}), logLevel: 'fatal', limitFactor: 1_000_000 }, db)
    await app.listen({ port: 0, host: 'localhost' })
    const address = app.server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    await seedDemo(db, port)
    const site = await findSite(db, 'demo')
    if (!site) throw new Error('the demo site is missing')
    await work({ app, db, databaseUrl, site, origin: `http://localhost:${port}` })
    await app.close()
    await db.destroy()
  })
}

/**
 * Gives work a database of its own with the schema, for as long as it takes: on a PostgreSQL of its own, or on the one that
 * benchmarks with small sizes share, since to start one takes longer than they do.
 */
export async function onDatabase(durable: boolean, work: (url: string) => Promise<void>): Promise<void> {
  const shared = process.env['BENCH_POSTGRES']
  if (shared !== undefined) return await work(await newDatabase(shared))
  await onPostgres(durable, async (url) => work(await newDatabase(url)))
}

/** Gives work a PostgreSQL of its own, for as long as it takes. */
export async function onPostgres(durable: boolean, work: (url: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'postil-bench-'))
  await chmod(directory, 0o755)
  const postgres = await embeddedPostgres({ directory, durable })
  try {
    await work(postgres.url)
  } finally {
    await postgres.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

/** @returns the address of a new database with the schema, which the first one is kept as a template for */
async function newDatabase(server: string): Promise<string> {
  const client = new pg.Client(server)
  await client.connect()
  const { rowCount } = await client.query(`select from pg_database where datname = 'schema'`)
  const template = addressOf(server, 'schema')
  if (rowCount === 0) {
    await client.query('create database schema')
    await migrateToLatest(template)
  }
  const name = `bench_${randomUUID().replaceAll('-', '')}`
  await client.query(`create database ${name} template schema`)
  await client.end()
  return addressOf(server, name)
}

function addressOf(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = database
  return url.href
}
