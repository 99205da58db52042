import { sql, type Kysely } from 'kysely'

/** Counts the changes of a site's settings, so that nobody writes over what somebody else has changed meanwhile. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table site add column version integer not null default 1`.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table site drop column version`.execute(db)
}
