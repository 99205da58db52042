import { sql, type Kysely } from 'kysely'

/** Counts the changes of a webhook, so that nobody writes over what somebody else has changed meanwhile. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table webhook add column version integer not null default 1`.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table webhook drop column version`.execute(db)
}
