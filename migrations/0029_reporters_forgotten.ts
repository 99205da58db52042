import { sql, type Kysely } from 'kysely'

/** A report without an account outlives the name and the address that came with it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table report
      drop constraint report_by_check,
      add constraint report_by_check check (reporter_id is null or email is null);
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Older schemas ask for an address: one that takes no mail (RFC 6761), of nobody.
    update report set name = '', email = id || '@erased.invalid', language = 'en'
      where reporter_id is null and email is null;
    alter table report
      drop constraint report_by_check,
      add constraint report_by_check check ((reporter_id is null) = (email is not null));
  `.execute(db)
}
