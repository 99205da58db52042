import { sql, type Kysely } from 'kysely'

/** What is found by its id alone, because a link says no more; and the few revisions that wait for their publisher. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index article_by_id on article (id);
    create index thread_by_id on thread (id);
    create index comment_by_id on comment (id);
    create index revision_held on article_revision (site_id, created_at) where status = 'held';
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop index revision_held, comment_by_id, thread_by_id, article_by_id`.execute(db)
}
