import { sql, type Kysely } from 'kysely'

/** How many readers opened a passage, by day: each passage by its oldest thread, which edits carry along. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table opened_passage (
      site_id uuid not null,
      thread_id uuid not null,
      -- In UTC.
      day date not null,
      -- Each counted once that day, as far as one process can tell. Who they were is kept nowhere.
      readers integer not null check (readers > 0),
      primary key (site_id, thread_id, day),
      foreign key (site_id, thread_id) references thread (site_id, id) on delete cascade
    );
    create index opened_passage_day on opened_passage (site_id, day);
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table opened_passage`.execute(db)
}
