import { sql, type Kysely } from 'kysely'

/** Comments that say nearly the same belong together: in the queues, their open cases are one card. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Which comments it belongs to: by the name that the first of them had from one of its own bands.
    alter table sketch add column raid bigint;
    update sketch set raid = first.band from (
      select site_id, comment_id, min(band) as band from sketch group by site_id, comment_id
    ) as first
    where first.site_id = sketch.site_id and first.comment_id = sketch.comment_id;
    alter table sketch alter column raid set not null;

    -- Of its comment's sketch, which is kept for three days only. Null: the site looked for no copies, or the text is short.
    alter table moderation_case add column raid bigint;
    update moderation_case set raid = sketch.raid from sketch
    where moderation_case.status = 'open'
      and sketch.site_id = moderation_case.site_id and sketch.comment_id = moderation_case.comment_id;
    create index raid_cases on moderation_case (site_id, raid, due_at, id)
      where status = 'open' and raid is not null;
    -- It named a comment, of which nothing was known after three days.
    delete from saved_filter where filter #> '{filter,alike}' is not null;
  `.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop index raid_cases;
    alter table moderation_case drop column raid;
    alter table sketch drop column raid;
    delete from saved_filter where filter #> '{filter,raid}' is not null;
  `.execute(db)
}
