import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { preparing } from './prepared.ts'
import type { Schema } from './schema.ts'

/** A Kysely over Postil's schema; also what a transaction is. */
export type Database = Kysely<Schema>

// `bigint` columns here are counters (seq, audit number) that stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

interface PoolOptions {
  connections?: number
  longestWait?: number
}

/**
 * A pool of connections. Nothing is connected until the first query.
 * @param url a `postgres://` address
 * @param options.connections the most connections at once
 * @param options.longestWait milliseconds until a query has failed that is not answered, as where the network is cut; without it, it is
 *   waited for, as where somebody exports or restores a large site
 */
export function poolOf(url: string, options: PoolOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 20,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: 15_000,
    ...(options.longestWait !== undefined && { query_timeout: options.longestWait }),
    idle_in_transaction_session_timeout: 15_000,
  })
  // A connection that breaks is replaced at the next query, and the query under way fails by itself; without a
  // listener each would end the process: the pool hears of idle ones, the client of one between two queries.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

const pools = new WeakMap<object, pg.Pool>()

/** Kysely on a pool of its own, which plans what is asked often once for each connection. */
export function connect(url: string, options: PoolOptions = {}): Database {
  const pool = poolOf(url, options)
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: preparing(pool) }) })
  pools.set(db, pool)
  return db
}

/** How many connections of a database are busy and how many idle, and how many queries wait for one. */
export interface PoolLoad {
  busy: number
  idle: number
  waiting: number
}

/** @param db from `connect` */
export function loadOf(db: Database): PoolLoad {
  const { totalCount = 0, idleCount = 0, waitingCount = 0 } = pools.get(db) ?? {}
  return { busy: totalCount - idleCount, idle: idleCount, waiting: waitingCount }
}
