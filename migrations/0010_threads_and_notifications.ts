import { sql, type Kysely } from 'kysely'

/** When something was last said in a thread; a typo beside a reaction; whether anybody follows an article; and which notifications are old. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- When the last comment that readers see was posted; kept with comment_count.
    alter table thread add column last_at timestamptz;
    update thread set last_at = (
      select max(comment.created_at) from comment
      where comment.site_id = thread.site_id and comment.thread_id = thread.id and comment.shown_revision is not null
    )
    where comment_count > 0;

    -- One reaction that readers see for each reader of a passage, and one typo.
    alter table reaction
      add column is_typo boolean not null generated always as (kind = 'typo') stored,
      drop constraint reaction_pkey,
      add primary key (site_id, thread_id, account_id, is_typo);

    -- Looked at by every post: those who follow an article are few beside those who follow a thread in it.
    create index follow_whole_article on follow (site_id, article_id) where kind = 'article' and following;

    -- What is deleted for its age; what waits for a mail is not.
    create index notification_read on notification (read_at) where read_at is not null;
    create index notification_never_read on notification (created_at) where read_at is null and follow_id is null;
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop index notification_never_read, notification_read, follow_whole_article;
    -- The older schema has room for one of the two: what is counted stays.
    delete from reaction as typo using reaction as other
    where typo.is_typo and not other.is_typo and other.site_id = typo.site_id
      and other.thread_id = typo.thread_id and other.account_id = typo.account_id;
    alter table reaction
      drop constraint reaction_pkey,
      drop column is_typo,
      add primary key (site_id, thread_id, account_id);
    alter table thread drop column last_at;
  `.execute(db)
}
