import { sql, type Kysely } from 'kysely'

/** The messages that sites' servers sent, so that none is taken twice. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table pushed_message (
      site_id uuid not null references site (id) on delete cascade,
      message_id text not null check (length(message_id) between 1 and 200),
      taken_at timestamptz not null default now(),
      primary key (site_id, message_id)
    );
    create index pushed_message_old on pushed_message (taken_at);
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table pushed_message`.execute(db)
}
