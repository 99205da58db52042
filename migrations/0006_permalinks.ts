import { sql, type Kysely } from 'kysely'

/** Pages for an article's discussion and for a comment are found by the id alone: a link says no more. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index article_by_id on article (id);
    create index thread_by_id on thread (id);
    create index comment_by_id on comment (id);
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop index comment_by_id, thread_by_id, article_by_id`.execute(db)
}
