import { sql, type Kysely } from 'kysely'

/** Articles, their revisions, and the blocks (paragraphs, headings…) of each revision. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table article (
      site_id uuid not null references site (id) on delete cascade,
      id uuid not null,
      slug text not null,
      -- The canonical address on the publisher's site; null for an article that only Postil shows.
      url text,
      title text not null,
      byline text,
      excerpt text,
      published_at timestamptz,
      language text,
      direction text not null default 'auto' check (direction in ('ltr', 'rtl', 'auto')),
      -- The revision readers see now; 0 while the text is not known here.
      revision integer not null default 0,
      -- The number of the last event. Taken under this row's lock, so the log has no gaps.
      seq bigint not null default 0,
      created_at timestamptz not null default now(),
      primary key (site_id, id),
      unique (site_id, slug),
      unique (site_id, url)
    );

    create table article_revision (
      site_id uuid not null,
      article_id uuid not null,
      number integer not null check (number > 0),
      -- Of the blocks, so that importing the same text again makes no new revision.
      fingerprint text not null,
      report jsonb not null default '[]',
      created_at timestamptz not null default now(),
      primary key (site_id, article_id, number),
      foreign key (site_id, article_id) references article (site_id, id) on delete cascade
    );

    create table block (
      site_id uuid not null,
      article_id uuid not null,
      revision integer not null,
      position integer not null check (position >= 0),
      kind text not null,
      level smallint,
      text text not null,
      -- Allowed inline markup only, for the reading page; the text is what anchors speak of.
      html text,
      fingerprint text not null,
      primary key (site_id, article_id, revision, position),
      foreign key (site_id, article_id, revision)
        references article_revision (site_id, article_id, number) on delete cascade
    );
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table block, article_revision, article`.execute(db)
}
