import { sql, type Kysely } from 'kysely'

/** Links by which somebody shows that an address is theirs, to have the comments that were imported under it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table claim (
      -- SHA-256 of what the link has.
      id text primary key,
      account_id uuid not null references account (id) on delete cascade,
      expires_at timestamptz not null
    );
    create index claim_account on claim (account_id);
    create index claim_expiry on claim (expires_at);
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table claim`.execute(db)
}
