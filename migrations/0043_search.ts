import { sql, type Kysely } from 'kysely'

/** PostgreSQL's own languages, as version 15 has them: those with a list of words that nobody looks for, and the others. */
const withStops =
  'danish dutch english finnish french german hungarian italian nepali norwegian portuguese russian spanish swedish turkish'
const withoutStops =
  'arabic armenian basque catalan greek hindi indonesian irish lithuanian romanian serbian tamil yiddish'
const stopped = withStops.split(' ')
const languages = [...stopped, ...withoutStops.split(' ')]

/** What comments, passages and people are found by. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`set local client_min_messages = warning`.execute(db)
  for (const extension of ['unaccent', 'pg_trgm']) await add(db, extension)
  for (const language of languages) await configure(db, language, stopped.includes(language))
  await sql`
    create text search configuration postil_simple (copy = pg_catalog.simple);
    alter text search configuration postil_simple alter mapping for word, numword with unaccent, pg_catalog.simple;

    -- Immutable as long as nobody changes the rules of unaccent; then the index has to be made anew.
    create function search_name(name text) returns text language sql immutable strict parallel safe
      return lower(unaccent('unaccent'::regdictionary, name) collate "und-x-icu");
    create index account_search_name on account using gin (search_name(name) gin_trgm_ops) where erased_at is null;

    -- How far an article's log was gone through.
    create table search_progress (
      site_id uuid not null,
      article_id uuid not null,
      seq bigint not null default 0 check (seq >= 0),
      primary key (site_id, article_id),
      foreign key (site_id, article_id) references article (site_id, id) on delete cascade
    );

    -- The words of what a comment says, and of an edit that waits. Who may find it is asked of the comment itself.
    create table search_text (
      site_id uuid not null,
      comment_id uuid not null,
      revision integer not null,
      article_id uuid not null,
      -- The name of its configuration, without "postil_".
      language text not null,
      words tsvector not null,
      primary key (site_id, comment_id, revision),
      foreign key (site_id, comment_id, revision) references comment_revision (site_id, comment_id, number) on delete cascade
    );
    create index search_text_article on search_text (site_id, article_id, comment_id);
    -- What is written by a job may take its time, so that what is asked does not.
    create index search_text_words on search_text using gin (words) with (fastupdate = off);

    create table search_passage (
      site_id uuid not null,
      thread_id uuid not null,
      article_id uuid not null,
      language text not null,
      words tsvector not null,
      primary key (site_id, thread_id),
      foreign key (site_id, thread_id) references thread (site_id, id) on delete cascade
    );
    create index search_passage_words on search_passage using gin (words) with (fastupdate = off);

    -- The languages of a site's texts: what is looked for is looked for in each of them.
    create table search_language (
      site_id uuid not null references site (id) on delete cascade,
      language text not null,
      primary key (site_id, language)
    );
  `.execute(db)
}

/** Trusted extensions: the database's owner may add them, where the server has them. */
async function add(db: Kysely<unknown>, extension: string): Promise<void> {
  try {
    await sql`create extension if not exists ${sql.id(extension)}`.execute(db)
  } catch (cause) {
    throw new Error(
      `Postil needs PostgreSQL's extension ${extension} and cannot add it: ${cause instanceof Error ? cause.message : ''}. ` +
        `Install PostgreSQL's contrib modules on the server, have somebody who may run "create extension ${extension}" in this database, and start again.`,
      { cause },
    )
  }
}

/** What nobody looks for goes first, while it has its accents: in German, "für" is such a word and "fur" is none. */
async function configure(db: Kysely<unknown>, language: string, hasStops: boolean): Promise<void> {
  const [configuration, stops, stem] = ['postil_#', 'postil_#_stops', 'pg_catalog.#_stem'].map((name) =>
    sql.raw(name.replace('#', language)),
  )
  if (hasStops)
    await sql`
      create text search dictionary ${stops} (template = pg_catalog.simple, stopwords = ${sql.raw(language)}, accept = false)
    `.execute(db)
  await sql`
    create text search configuration ${configuration} (copy = pg_catalog.${sql.raw(language)});
    alter text search configuration ${configuration} alter mapping for word
      with ${hasStops ? sql`${stops}, ` : sql``}unaccent, ${stem};
    alter text search configuration ${configuration} alter mapping for numword with unaccent, pg_catalog.simple;
  `.execute(db)
}

/** The extensions stay: others may use them. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop table search_language, search_passage, search_text, search_progress;
    drop index account_search_name;
    drop function search_name;
    drop text search configuration postil_simple;
  `.execute(db)
  for (const language of languages)
    await sql`drop text search configuration ${sql.raw(`postil_${language}`)}`.execute(db)
  for (const language of stopped)
    await sql`drop text search dictionary ${sql.raw(`postil_${language}_stops`)}`.execute(db)
}
