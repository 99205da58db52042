import { sql, type Kysely } from 'kysely'

/** What a withdrawn text was before, so that it can be put back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table comment_revision
      -- What a withdrawn text was before, so that it can be put back; and when it was withdrawn.
      add column withdrawn_from text
        check (withdrawn_from in ('CHECKING', 'HELD', 'LIVE', 'APPROVED', 'REJECTED')),
      add column withdrawn_at timestamptz,
      add constraint withdrawn_whence_and_when check ((withdrawn_from is null) = (withdrawn_at is null));
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table comment_revision
      drop constraint withdrawn_whence_and_when,
      drop column withdrawn_at,
      drop column withdrawn_from;
  `.execute(db)
}
