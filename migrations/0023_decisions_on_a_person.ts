import { sql, type Kysely } from 'kysely'

/** Whose comment was decided, so that what was decided last about a person is found without a look at their comments. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table decision add column author_id uuid references account (id);
    update decision set author_id = comment.author_id from comment
      where comment.site_id = decision.site_id and comment.id = decision.comment_id;
    alter table decision alter column author_id set not null;
    create index decision_author on decision (site_id, author_id, id desc);
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop index decision_author;
    alter table decision drop column author_id
  `.execute(db)
}
