import { sql, type Kysely } from 'kysely'

/** When something was last said in a thread; whether anybody follows an article; and which notifications are old. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- When the last comment that readers see was posted; kept with comment_count.
    alter table thread add column last_at timestamptz;
    update thread set last_at = (
      select max(comment.created_at) from comment
      where comment.site_id = thread.site_id and comment.thread_id = thread.id and comment.shown_revision is not null
    )
    where comment_count > 0;

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
    alter table thread drop column last_at;
  `.execute(db)
}
