import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import type { Database } from '../database/connect.ts'
import { ProblemError } from './problem.ts'

/** For whoever watches the process: `/healthz` it runs, `/readyz` it can work. */
export function health(app: FastifyInstance, db: Database): void {
  app.get('/healthz', () => ({ status: 'ok' }))
  app.get('/readyz', async () => {
    try {
      await sql`select 1`.execute(db)
    } catch {
      throw new ProblemError('unavailable', 'The database does not answer.')
    }
    return { status: 'ready' }
  })
}
