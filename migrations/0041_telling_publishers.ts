import { sql, type Kysely } from 'kysely'

/**
 * Counts the changes of a webhook, so that nobody writes over what somebody else has changed meanwhile; and keeps the language in which
 * somebody reads, for mail that is about no article.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table webhook add column version integer not null default 1;
    -- As their browser said when they last signed in (BCP 47).
    alter table account add column language text;
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table webhook drop column version;
    alter table account drop column language;
  `.execute(db)
}
