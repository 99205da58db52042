import { sql, type Kysely } from 'kysely'

/** What a site asks of comments, in versions; and sketches of texts, by which copies are found. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- The newest version holds. A version is never changed.
    create table rule_set (
      site_id uuid not null references site (id) on delete cascade,
      version integer not null check (version > 0),
      rules jsonb not null,
      word_count integer not null,
      -- Null: set from the command line, or taken over from the settings there were before.
      made_by uuid references account (id) on delete set null,
      created_at timestamptz not null default now(),
      primary key (site_id, version)
    );
    insert into rule_set (site_id, version, rules, word_count)
    select id, 1, settings, coalesce(jsonb_array_length(settings -> 'words'), 0) from site where settings <> '{}';
    alter table site drop column settings;

    -- Of each comment of the last hours, where the site looks for copies: bands of a MinHash. Alike texts share some.
    create table sketch (
      site_id uuid not null,
      band bigint not null,
      comment_id uuid not null,
      created_at timestamptz not null default now(),
      primary key (site_id, band, comment_id),
      foreign key (site_id, comment_id) references comment (site_id, id) on delete cascade
        deferrable initially deferred
    );
    create index sketch_comment on sketch (site_id, comment_id);
    create index sketch_age on sketch (created_at);
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop table sketch;
    alter table site add column settings jsonb not null default '{}';
    update site set settings = jsonb_strip_nulls(jsonb_build_object(
      'holdFirst', newest.rules -> 'holdFirst', 'words', newest.rules -> 'words'
    ))
    from (select distinct on (site_id) site_id, rules from rule_set order by site_id, version desc) as newest
    where newest.site_id = site.id;
    drop table rule_set;
  `.execute(db)
}
