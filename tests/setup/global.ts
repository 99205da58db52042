import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { embeddedPostgres } from '../../server/database/embedded.ts'
import { migrateToLatest } from '../../server/database/migrate.ts'
import { withDatabase } from './url.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server's address; its database `postil_template` has the schema. */
    postgres: string
  }
}

/** One real PostgreSQL for the whole run, with a template that each test file's database is made from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL']
  const directory = await mkdtemp(join(tmpdir(), 'postil-test-'))
  await chmod(directory, 0o755)
  const server = given
    ? { url: given, stop: () => Promise.resolve() }
    : await embeddedPostgres({ directory, durable: false })
  const client = new pg.Client(server.url)
  await client.connect()
  await client.query('drop database if exists postil_template')
  await client.query('create database postil_template')
  await client.end()
  await migrateToLatest(withDatabase(server.url, 'postil_template'))
  project.provide('postgres', server.url)
  return async () => {
    await server.stop()
    await rm(directory, { recursive: true, force: true })
  }
}
