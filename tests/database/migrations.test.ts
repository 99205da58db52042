import { sql } from 'kysely'
import { Migrator, NO_MIGRATIONS } from 'kysely/migration'
import { expect, test } from 'vitest'
import { appendThreadEvent } from '../../server/comments/index.ts'
import type { Database } from '../../server/database/connect.ts'
import { migrateToLatest, migrationFiles } from '../../server/database/migrate.ts'
import { serveDemo } from '../setup/serve.ts'

/** Every column, constraint and index of our own tables, as one sorted list. */
async function schemaOf(db: Database): Promise<string[]> {
  const { rows } = await sql<{ thing: string }>`
    select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') as thing
    from information_schema.columns where table_schema = 'public' and table_name not like 'kysely%'
    union all
    select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
    where connamespace = 'public'::regnamespace and conrelid::regclass::text not like 'kysely%'
    union all
    select indexdef from pg_indexes where schemaname = 'public' and tablename not like 'kysely%'
    order by thing
  `.execute(db)
  return rows.map(({ thing }) => thing)
}

test('each migration can be taken back, with data in the tables, and run again', async () => {
  const served = await serveDemo()
  const { db, url } = served
  const thread = await db
    .selectFrom('thread')
    .select(['site_id as siteId', 'article_id as articleId', 'id as threadId'])
    .limit(1)
    .executeTakeFirstOrThrow()
  // Kinds that older schemas do not know.
  for (const kind of ['placed', 'reacted', 'marked'] as const) await appendThreadEvent(db, thread, kind)
  // Both at once, which older schemas have no room for.
  for (const kind of ['question', 'typo'] as const) {
    await sql`
      insert into reaction (site_id, thread_id, account_id, id, kind)
      select site_id, id, created_by, gen_random_uuid(), ${kind} from thread where id = ${thread.threadId}
    `.execute(db)
  }
  const before = await schemaOf(db)
  const migrator = new Migrator({ db, provider: migrationFiles })
  const steps = (await migrator.getMigrations()).length
  for (let step = 0; step < steps; step += 1) {
    const { error } = await migrator.migrateDown()
    expect(error).toBeUndefined()
  }
  expect(await schemaOf(db)).toEqual([])
  await migrateToLatest(url)
  expect(await schemaOf(db)).toEqual(before)
  expect((await migrator.migrateTo(NO_MIGRATIONS)).error).toBeUndefined()
  await served.close()
})
