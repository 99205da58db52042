import { sql, type Kysely } from 'kysely'

/** Where imported comments came from, so that importing a file again changes nothing; and who wrote them there. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table import_source (
      site_id uuid not null references site (id) on delete cascade,
      -- The program that the comments came from, and a comment's id there.
      source text not null,
      source_id text not null,
      comment_id uuid not null,
      primary key (site_id, source, source_id),
      foreign key (site_id, comment_id) references comment (site_id, id) on delete cascade
    );
    create index import_source_comment on import_source (site_id, comment_id);

    create table import_author (
      site_id uuid not null references site (id) on delete cascade,
      source text not null,
      author_key text not null,
      account_id uuid not null references account (id),
      -- As it was typed there, verified by nobody: the account is its owner's once the address was verified here.
      email text,
      primary key (site_id, source, author_key)
    );
    create index import_author_account on import_author (account_id);
    create index import_author_email on import_author (lower(email)) where email is not null;
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table import_author, import_source`.execute(db)
}
