import { readdir, readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { Migrator, NO_MIGRATIONS } from 'kysely/migration'
import { expect, test } from 'vitest'
import { appendThreadEvent } from '../../server/comments/index.ts'
import type { Database } from '../../server/database/connect.ts'
import { migrateToLatest, migrationFiles } from '../../server/database/migrate.ts'
import { serveDemo } from '../setup/serve.ts'

const folder = new URL('../../migrations/', import.meta.url)

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
  await proposeBan(db)
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

test('a new migration leaves the version before what it works with', async () => {
  const sources = await Promise.all(
    (await readdir(folder))
      .sort()
      .map(async (name) => ({ name, text: await readFile(new URL(name, folder), 'utf8') })),
  )
  // Those before this was asked.
  const asked = sources.filter(({ name }) => name > '0043')
  const breaking =
    /\b(?:drop (?:table|column)|rename|dropColumn|dropTable|renameTo|renameColumn|set not null)\b/i
  const faults = asked.filter(({ text }) => breaking.test(text.slice(0, text.indexOf('function down'))))
  expect(faults.map(({ name }) => name)).toEqual([])
})

/** A ban that waits, one that was confirmed and objected to, and rules that wait: all of which want two people. */
async function proposeBan(db: Database): Promise<void> {
  await sql`
    with one as materialized (
      select comment.site_id, comment.article_id, comment.id as comment_id, comment.author_id, gen_random_uuid() as case_id,
        gen_random_uuid() as proposal, gen_random_uuid() as ban, (select id from account where name = 'Mo') as mo,
        (select id from account where name = 'Pia') as pia
      from comment limit 1
    ), opened as (
      insert into moderation_case (site_id, id, article_id, comment_id, revision, cause, due_at, proposal_id,
        escalated_at, objected_to)
      select site_id, case_id, article_id, comment_id, 1, 'held', now(), proposal, now(), ban from one
    ), proposed as (
      insert into decision (site_id, id, case_id, comment_id, author_id, revision, action, reason, state_before, decided_by)
      select site_id, proposal, case_id, comment_id, author_id, 1, 'propose_ban', 'abuse', 'LIVE', mo from one
    ), confirmed as (
      insert into decision (site_id, id, case_id, comment_id, author_id, revision, action, reason, state_before, decided_by,
        confirms, proposed_by)
      select site_id, ban, case_id, comment_id, author_id, 1, 'ban', 'abuse', 'HELD', pia, proposal, mo from one
    ), objected as (
      insert into decision (site_id, id, case_id, comment_id, author_id, revision, action, note, state_before, decided_by)
      select site_id, gen_random_uuid(), case_id, comment_id, author_id, 1, 'object', 'No.', 'REJECTED', mo from one
    ), judged as (
      insert into decision (site_id, id, case_id, comment_id, author_id, revision, action, state_before, decided_by, reverses)
      select site_id, gen_random_uuid(), case_id, comment_id, author_id, 1, 'approve', 'REJECTED', pia, proposal from one
    )
    insert into rule_set (site_id, version, rules, word_count, made_by, state)
    select site_id, 2, '{}', 0, pia, 'waiting' from one
  `.execute(db)
}
