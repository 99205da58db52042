import { sql, type Kysely } from 'kysely'

/** Secrets that a site's own servers share with Postil: to push articles, and to sign readers in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table site_key (
      site_id uuid not null references site (id) on delete cascade,
      id uuid not null,
      purpose text not null check (purpose in ('push', 'sign_in')),
      -- Both sides compute with it, so a hash of it would not do. No answer and no log has it but the one that made it.
      secret bytea not null check (octet_length(secret) >= 32),
      made_by uuid references account (id) on delete set null,
      created_at timestamptz not null default now(),
      -- Set once a newer one has taken its place: both hold until then.
      expires_at timestamptz,
      used_at timestamptz,
      primary key (site_id, id)
    );
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table site_key`.execute(db)
}
