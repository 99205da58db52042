import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { withDatabase } from './url.ts'

/** A database of the test file's own, with the schema and nothing in it. */
export async function testDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const server = inject('postgres')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const ask = async (query: string) => {
    const client = new pg.Client(server)
    await client.connect()
    try {
      await client.query(query)
    } finally {
      await client.end()
    }
  }
  await ask(`create database ${name} template postil_template`)
  return { url: withDatabase(server, name), drop: () => ask(`drop database ${name} with (force)`) }
}
