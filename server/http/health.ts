import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import type { Database } from '../database/connect.ts'
import { ProblemError } from './problem.ts'

/** Milliseconds that the database has to answer. */
const longestWait = 3_000

/**
 * For whoever watches the process: `/healthz` it runs, `/readyz` it can work.
 * @param isDraining whether it is about to stop, and others are to be asked
 */
export function health(app: FastifyInstance, db: Database, isDraining: () => boolean): void {
  app.get('/healthz', () => ({ status: 'ok' }))
  app.get('/readyz', async () => {
    if (isDraining()) throw new ProblemError('unavailable', 'This server is about to stop.')
    const answers = sql`select 1`.execute(db).then(
      () => true,
      () => false,
    )
    if (!(await Promise.race([answers, pause(longestWait, false, { ref: false })])))
      throw new ProblemError('unavailable', 'The database does not answer.')
    return { status: 'ready' }
  })
}
