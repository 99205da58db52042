import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type pg from 'pg'

/** So many statements are prepared at the most, as each connection keeps all of them. */
const mostPrepared = 300
/** So many more are counted, until the count begins anew. */
const mostCounted = 2_000
/** What is asked less often than this is not worth a place. */
const often = 5

/** What `pg` says of a query that was not answered within `query_timeout`. */
const readTimeout = 'Query read timeout'

/**
 * A pool whose connections prepare the statements that are asked often, so that they are parsed once and, where a plan for
 * any values is as good as one for these (PostgreSQL weighs that itself, see `plan_cache_mode`), planned once: for a card of
 * the queue, planning takes many times as long as reading.
 */
export function preparing(pool: pg.Pool): PostgresPool {
  const names = new Names()
  return {
    options: pool.options,
    connect: async () => new PreparingClient(await pool.connect(), names),
    end: () => pool.end(),
  }
}

class PreparingClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient
  readonly #names: Names
  /** It gave no answer in time. Whatever is asked after that would wait for it. */
  #isStuck = false

  constructor(client: pg.PoolClient, names: Names) {
    this.#client = client
    this.#names = names
  }

  query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>
  query(asked: string | object, values: readonly unknown[] = []): unknown {
    if (typeof asked !== 'string') throw new Error('Nothing is read through a cursor here.')
    if (this.#isStuck) return Promise.reject(new Error(readTimeout))
    const name = this.#names.of(asked)
    return this.#client
      .query({ text: asked, values: [...values], ...(name !== null && { name }) })
      .catch((error: unknown) => {
        if (error instanceof Error && error.message === readTimeout) this.#isStuck = true
        throw error
      })
  }

  release(destroy?: boolean): void {
    this.#client.release(destroy === true || this.#isStuck)
  }
}

/** Which statements are prepared, and as what. */
class Names {
  readonly #names = new Map<string, string>()
  #counts = new Map<string, number>()

  /**
   * @param text a statement that is about to be asked
   * @returns null where it is to be planned for itself
   */
  of(text: string): string | null {
    const known = this.#names.get(text)
    if (known !== undefined) return known
    if (this.#names.size >= mostPrepared || !isPreparable(text)) return null
    const count = (this.#counts.get(text) ?? 0) + 1
    if (count < often) {
      if (this.#counts.size >= mostCounted) this.#counts = new Map()
      this.#counts.set(text, count)
      return null
    }
    this.#counts.delete(text)
    const name = `postil_${this.#names.size}`
    this.#names.set(text, name)
    return name
  }
}

/** Statements that a plan for any values cannot serve, or that are not worth one, as what begins and ends a transaction. */
const isPreparable = (text: string): boolean =>
  /^\s*(?:select|insert|update|delete|with)\b/i.test(text) &&
  // Would fail once a migration of a newer version adds a column while this server still runs.
  !/\b(?:select|returning) (?:"\w+"\.)?\*/i.test(text) &&
  // A partial index is recognised by the very value in its condition.
  !/\bon conflict \([^)]*\) where\b/i.test(text)
