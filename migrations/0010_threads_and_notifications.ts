import { sql, type Kysely } from 'kysely'

/** When something was last said in a thread. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- When the last comment that readers see was posted; kept with comment_count.
    alter table thread add column last_at timestamptz;
    update thread set last_at = (
      select max(comment.created_at) from comment
      where comment.site_id = thread.site_id and comment.thread_id = thread.id and comment.shown_revision is not null
    )
    where comment_count > 0;
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table thread drop column last_at;
  `.execute(db)
}
