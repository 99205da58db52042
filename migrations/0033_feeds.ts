import { sql, type Kysely } from 'kysely'

/** Feeds and sitemaps of sites, read for articles that are new or have changed; and what they list. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table feed (
      site_id uuid not null references site (id) on delete cascade,
      id uuid not null,
      url text not null,
      created_at timestamptz not null default now(),
      -- As it last said them, to be asked only whether it changed.
      etag text,
      last_modified text,
      -- When it was last read; null until it was for the first time.
      read_at timestamptz,
      next_at timestamptz not null default now(),
      -- What stood in the way the last time, and how often in a row.
      problem text,
      failures int not null default 0,
      primary key (site_id, id),
      unique (site_id, url)
    );
    create index feed_due on feed (next_at);

    create table feed_entry (
      site_id uuid not null,
      feed_id uuid not null,
      url text not null,
      -- As the feed has it.
      changed_at timestamptz,
      -- When the page was looked at, or was found too old to be; null while it waits.
      looked_at timestamptz,
      problem text,
      primary key (site_id, feed_id, url),
      foreign key (site_id, feed_id) references feed (site_id, id) on delete cascade
    );
    create index feed_entry_waiting on feed_entry (site_id, feed_id, changed_at desc nulls last)
      where looked_at is null;
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table feed_entry, feed`.execute(db)
}
