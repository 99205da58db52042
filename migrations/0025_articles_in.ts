import { sql, type Kysely } from 'kysely'

/** The messages that sites' servers sent, so that none is taken twice; and when the server looked at an article's page. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table pushed_message (
      site_id uuid not null references site (id) on delete cascade,
      message_id text not null check (length(message_id) between 1 and 200),
      taken_at timestamptz not null default now(),
      primary key (site_id, message_id)
    );
    create table article_look (
      site_id uuid not null,
      article_id uuid not null,
      looked_at timestamptz not null default now(),
      -- As the page last said them, to be asked only whether it changed.
      etag text,
      last_modified text,
      -- What stood in the way the last time.
      problem text,
      primary key (site_id, article_id),
      foreign key (site_id, article_id) references article (site_id, id) on delete cascade
    );
    create index pushed_message_old on pushed_message (taken_at);
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table article_look, pushed_message`.execute(db)
}
