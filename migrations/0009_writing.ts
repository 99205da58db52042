import { sql, type Kysely } from 'kysely'

/** Whom a comment may name; its language; and what a withdrawn text was before, so that it can be put back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Letters of any script in lower case, which the database's own collation need not know.
    create index account_name on account (lower(name collate "und-x-icu") text_pattern_ops);
    -- Whether somebody has a comment in an article, and their last one.
    create index comment_participant on comment (site_id, article_id, author_id, id);

    alter table comment_revision
      -- BCP 47, as the writer's page says; null: the article's.
      add column language text check (length(language) between 1 and 35),
      add column withdrawn_from text
        check (withdrawn_from in ('CHECKING', 'HELD', 'LIVE', 'APPROVED', 'REJECTED')),
      add column withdrawn_at timestamptz,
      add constraint withdrawn_whence_and_when check ((withdrawn_from is null) = (withdrawn_at is null));
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table comment_revision
      drop constraint withdrawn_whence_and_when,
      drop column withdrawn_at,
      drop column withdrawn_from,
      drop column language;
    drop index comment_participant, account_name;
  `.execute(db)
}
