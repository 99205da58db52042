import { readdir } from 'node:fs/promises'
import { Migrator, type Migration, type MigrationProvider } from 'kysely/migration'
import { Logger, runMigrations } from 'graphile-worker'
import { connect } from './connect.ts'

// It tells of each step, and throws where one fails.
const silent = new Logger(() => () => undefined)

const folder = new URL('../../migrations/', import.meta.url)

/** Migrations as files of the repository, run as they are: no build step. */
export const migrationFiles: MigrationProvider = {
  async getMigrations() {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.ts')).sort()
    const modules = await Promise.all(
      names.map(async (name): Promise<[string, Migration]> => {
        const migration = (await import(new URL(name, folder).href)) as Migration
        return [name.slice(0, -'.ts'.length), migration]
      }),
    )
    return Object.fromEntries(modules)
  },
}

/**
 * Brings the database at `url` to the newest schema. Safe to run from several processes at once:
 * Kysely's migrator holds a lock.
 * @returns the names of the migrations that ran
 * @throws the first migration's error; what ran before it stays
 */
export async function migrateToLatest(url: string): Promise<string[]> {
  const db = connect(url, { connections: 1 })
  try {
    // Before ours: they may add jobs.
    await runMigrations({ connectionString: url, maxPoolSize: 1, logger: silent })
    const { error, results = [] } = await new Migrator({ db, provider: migrationFiles }).migrateToLatest()
    if (error) throw error instanceof Error ? error : new Error('a migration failed', { cause: error })
    return results.map((result) => result.migrationName)
  } finally {
    await db.destroy()
  }
}
