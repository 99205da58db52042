import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'
import { countJobs } from '../jobs/index.ts'
import { countOpenCases } from '../moderation/index.ts'

/** What only the database knows. */
interface Stored {
  /** Whether it answered when it was asked last. */
  isThere: boolean
  cases: Record<string, number>
  jobs: Record<string, number>
  /** Seconds that the job has been due that has been due for the longest. */
  oldestJob: number
  /** The newest migration's name. */
  schema: string
}

/** Milliseconds that what was read is good for, however often it is asked for, and that asking waits for the database. */
const goodFor = 15_000
const longestWait = 2_000

/** Reads now and then what the database knows, whoever asks how often, and gives what was read last. */
export class StoredNumbers {
  now: Stored = { isThere: false, cases: {}, jobs: {}, oldestJob: 0, schema: '' }
  readonly #db: Database
  #readAt = -Infinity
  #reading: Promise<void> | null = null

  constructor(db: Database) {
    this.#db = db
  }

  /** @returns once they are fresh, or the database does not answer for a while */
  async refresh(): Promise<void> {
    if (performance.now() - this.#readAt < goodFor) return
    this.#reading ??= this.#read().finally(() => (this.#reading = null))
    const isLate = pause(longestWait, true, { ref: false })
    if (await Promise.race([this.#reading.then(() => false), isLate]))
      this.now = { ...this.now, isThere: false }
  }

  async #read(): Promise<void> {
    try {
      const [cases, { oldest, ...jobs }, schema] = await Promise.all([
        countOpenCases(this.#db),
        countJobs(this.#db),
        newestMigration(this.#db),
      ])
      this.now = { isThere: true, cases, jobs, oldestJob: oldest, schema }
      this.#readAt = performance.now()
    } catch {
      this.now = { ...this.now, isThere: false }
    }
  }
}

async function newestMigration(db: Database): Promise<string> {
  const { rows } = await sql<{ name: string | null }>`select max(name) as name from kysely_migration`.execute(
    db,
  )
  return rows[0]?.name ?? ''
}
