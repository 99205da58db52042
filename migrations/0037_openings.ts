import { sql, type Kysely } from 'kysely'

/** How many readers opened the discussion of an article, by day. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table opened (
      site_id uuid not null,
      article_id uuid not null,
      -- In UTC.
      day date not null,
      -- Each counted once that day, as far as one process can tell. Who they were is kept nowhere.
      readers integer not null check (readers > 0),
      primary key (site_id, article_id, day),
      foreign key (site_id, article_id) references article (site_id, id) on delete cascade
    );
    create index opened_day on opened (site_id, day);
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table opened`.execute(db)
}
